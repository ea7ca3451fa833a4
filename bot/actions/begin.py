"""*Start* and *next*: the item now, whatever the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.delivery import Asking, Delivery, Slot, State
from bot.domain.people import HoldKind, Learner
from bot.planning.folding import is_full
from bot.planning.holds import bring_again
from bot.planning.learner_state import LearnerState, load, new_delivery, open_item, tidy
from bot.planning.next_due import update_next_due
from bot.store import askings, deliveries, enrolments, learners
from bot.store.database import Session


@dataclass(frozen=True)
class Begun:
    """An item is on its way."""

    delivery: Delivery


@dataclass(frozen=True)
class Waiting:
    """An item is open already. `delivery`: the message it stands in, None if it is being sent right now."""

    title: str
    delivery: Delivery | None


@dataclass(frozen=True)
class NothingLeft:
    """There is nothing to bring. `finished`: because all is done, not because nothing was ever assigned."""

    finished: bool


Beginning = Begun | Waiting | NothingLeft


def begin(
    session: Session,
    ctx: AppContext,
    learner: Learner,
    at: datetime,
    caused_by: str,
    *,
    only: str | None = None,
    resumes: bool = False,
) -> Beginning:
    """Bring the open item if it is owed, lead back to it if it is there, else bring the next one.

    Claims today's date when today's message hasn't come. A repeated request finds what it did.

    Args:
        session: the caller's transaction.
        house: the running bot.
        learner: who asks.
        at: business time.
        caused_by: the request's id.
        only: the id of the track whose item is asked for.
        resumes: *Start* ends a pause; *next* is one item in it.
    """
    workspace_id, learner_id = learner.workspace_id, learner.learner_id
    before = deliveries.by_request(session, workspace_id, learner_id, caused_by)
    if before is not None:
        return Begun(before)
    if resumes and learners.release(session, learner, HoldKind.PERSON):
        bring_again(session, ctx, learner, resumed=True)
    state = tidy(session, ctx, workspace_id, learner_id, at)
    assert state is not None
    result = _bring(session, ctx, state, at, caused_by, only)
    update_next_due(session, ctx, workspace_id, learner_id, at, planned=True)
    return result


def recall(session: Session, learner: Learner, caused_by: str) -> Beginning:
    """What a request that came before brought about, or where the open item is now. Nothing is brought again.

    Args:
        session: the caller's transaction.
        learner: who asked.
        caused_by: the request's id.
    """
    workspace_id, learner_id = learner.workspace_id, learner.learner_id
    before = deliveries.by_request(session, workspace_id, learner_id, caused_by)
    if before is not None:
        return Begun(before)
    waiting = askings.open_of(session, workspace_id, learner_id)
    if waiting is not None:
        title = askings.wording(session, workspace_id, waiting.content_hash).title
        return _lead_back(session, waiting) or Waiting(title, None)
    return NothingLeft(finished=any(e.finished_at for e in enrolments.of(session, workspace_id, learner_id)))


def _bring(
    session: Session, ctx: AppContext, state: LearnerState, at: datetime, caused_by: str, only: str | None
) -> Beginning:
    waiting = state.situation.open
    if waiting is not None and not waiting.again:
        led = _lead_back(session, waiting)
        if led is not None:
            return led
    if waiting is None:
        chosen = _choose(state, at, only)
        if chosen is None:
            return NothingLeft(finished=any(e.finished_at for e in state.situation.enrolments))
        waiting = open_item(session, ctx, state, chosen, at)
    else:
        askings.update(session, waiting, again=False, reminders=0, not_before=None)
    return Begun(_send_now(session, state, waiting, at, caused_by))


def _choose(state: LearnerState, at: datetime, only: str | None) -> agenda.NewItem | None:
    """What is due by now; a track with a later first day comes early only when nothing else is left."""
    situation, catalogue = state.situation, state.catalogue
    if only is not None and (asked := agenda.next_item(situation, catalogue, None, only)) is not None:
        return asked
    today = state.hours.today(at)
    return agenda.next_item(situation, catalogue, today) or agenda.next_item(situation, catalogue, None)


def _send_now(session: Session, state: LearnerState, asking: Asking, at: datetime, caused_by: str) -> Delivery:
    learner = state.learner
    today = state.hours.today(at)
    for pending in deliveries.pending(session, learner.workspace_id, learner.learner_id):
        if pending.asking_id == asking.asking_id:
            deliveries.retire(session, pending, State.WITHDRAWN, "asked for sooner")
    deliveries.drop_missed(session, learner.workspace_id, learner.learner_id, today)
    taken = deliveries.by_claimed_date(session, learner.workspace_id, learner.learner_id, today)
    delivery = new_delivery(
        learner, Slot.ASKED, at, claimed_date=None if today in taken else today, caused_by=caused_by, asking=asking
    )
    deliveries.add(session, delivery)
    return delivery


def _lead_back(session: Session, asking: Asking) -> Waiting | None:
    """Where the open item stands, or that it is on its way; None when it may never have arrived."""
    brought = [d for d in deliveries.of_asking(session, asking.workspace_id, asking.asking_id) if d.brings_item]
    sent = [d for d in brought if d.ts]
    if not sent and not any(d.claimable_at or d.lease_real for d in brought):
        return None
    item = askings.wording(session, asking.workspace_id, asking.content_hash)
    return Waiting(item.title, next((d for d in reversed(sent) if is_full(d)), sent[-1]) if sent else None)


def bring_lost(session: Session, ctx: AppContext, learner: Learner, at: datetime, caused_by: str) -> Beginning:
    """The open item's message is gone from Slack: bring it once more."""
    before = deliveries.by_request(session, learner.workspace_id, learner.learner_id, caused_by)
    state = load(session, ctx, learner.workspace_id, learner.learner_id)
    if before is not None or state is None or state.situation.open is None:
        return Begun(before) if before else NothingLeft(finished=False)
    return Begun(_send_now(session, state, state.situation.open, at, caused_by))
