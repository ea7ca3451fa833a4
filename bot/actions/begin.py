"""*Start* and *next*: the item now, at any hour."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import agenda
from bot.domain.delivery import Asking, Delivery, Slot, State
from bot.domain.people import HoldKind
from bot.domain.rider import Rider
from bot.planning.full_message import is_full
from bot.planning.holds import bring_again
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.planning.open_item import open_item
from bot.planning.plan_day import drop_missed
from bot.planning.riders import choose_rider
from bot.planning.tidy import tidy
from bot.store import askings, deliveries


@dataclass(frozen=True)
class Begun:
    """An item is on its way."""

    delivery: Delivery


@dataclass(frozen=True)
class Waiting:
    """An item is open already. `delivery`: the message that shows it, None while it is being sent."""

    title: str
    delivery: Delivery | None


@dataclass(frozen=True)
class NothingLeft:
    """There is nothing to bring. `finished`: all is done, rather than nothing assigned."""

    finished: bool


Beginning = Begun | Waiting | NothingLeft


def begin(state: LearnerState, caused_by: str, *, only: str | None = None, resumes: bool = False) -> Beginning:
    """Bring the open item if it must be sent, link to it if it is there, else bring the next one.

    It claims today's date if today's message hasn't come. A repeated request returns the first result.

    Args:
        state: the state of the learner who asks.
        caused_by: the request's id.
        only: the id of the track whose item is requested.
        resumes: True for *Start*, which ends a pause; *next* is one item within it.
    """
    before = deliveries.by_request(state.session, state.workspace_id, state.learner_id, caused_by)
    if before is not None:
        return Begun(before)
    if resumes and state.release(HoldKind.PERSON):
        bring_again(state, resumed=True)
    tidy(state)
    result = _bring(state, caused_by, only)
    update_next_due(state, planned=True)
    return result


def recall(state: LearnerState, caused_by: str) -> Beginning:
    """Return the result of an earlier request, or the place of the open item. Nothing is sent again.

    `caused_by`: the request's id.
    """
    before = deliveries.by_request(state.session, state.workspace_id, state.learner_id, caused_by)
    if before is not None:
        return Begun(before)
    waiting = state.open
    if waiting is not None:
        return _lead_back(state, waiting) or Waiting(_title(state, waiting), None)
    return NothingLeft(finished=any(e.finished_at for e in state.enrolments))


def _bring(state: LearnerState, caused_by: str, only: str | None) -> Beginning:
    waiting = state.open
    if waiting is not None and not waiting.again:
        led = _lead_back(state, waiting)
        if led is not None:
            return led
    if waiting is None:
        chosen = _choose(state, only)
        if chosen is None:
            return NothingLeft(finished=any(e.finished_at for e in state.situation.enrolments))
        waiting = open_item(state, chosen)
        rider = choose_rider(state, waiting)
    else:
        waiting, rider = state.change_asking(waiting, again=False, reminders=0, not_before=None), None
    return Begun(_send_now(state, waiting, caused_by, rider))


def _choose(state: LearnerState, only: str | None) -> agenda.NewItem | None:
    """Return the item that is due by now; a track with a later first day comes early only if nothing else is left."""
    situation, catalogue = state.situation, state.catalogue
    if only is not None and (asked := agenda.next_item(situation, catalogue, None, only)) is not None:
        return asked
    return agenda.next_item(situation, catalogue, state.today) or agenda.next_item(situation, catalogue, None)


def _send_now(state: LearnerState, asking: Asking, caused_by: str, rider: Rider | None = None) -> Delivery:
    for pending in state.pending:
        if pending.asking_id == asking.asking_id:
            state.retire(pending, State.WITHDRAWN, "asked for sooner")
    today = state.today
    drop_missed(state, today)
    claimed_date = None if today in state.on_dates(today) else today
    return state.add(Slot.ASKED, claimed_date=claimed_date, caused_by=caused_by, asking=asking, rider=rider)


def _lead_back(state: LearnerState, asking: Asking) -> Waiting | None:
    """Return the place of the open item, or that it is on its way; None if it may never have arrived."""
    brought = [d for d in state.messages_of(asking) if d.brings_item]
    sent = [d for d in brought if d.ts]
    if not sent and not any(d.claimable_at or d.lease_real for d in brought):
        return None
    return Waiting(_title(state, asking), next((d for d in reversed(sent) if is_full(d)), sent[-1]) if sent else None)


def _title(state: LearnerState, asking: Asking) -> str:
    return askings.asked_item(state.session, asking).title


def bring_lost(state: LearnerState, caused_by: str) -> Beginning:
    """Bring the open item once more, since its message is gone from Slack."""
    before = deliveries.by_request(state.session, state.workspace_id, state.learner_id, caused_by)
    if before is not None or state.open is None:
        return Begun(before) if before else NothingLeft(finished=False)
    return Begun(_send_now(state, state.open, caused_by))
