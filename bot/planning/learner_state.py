"""Where a learner stands, read under a lock, and the tidying that keeps it true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import uuid4

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.agenda import Situation
from bot.domain.content import Catalogue, version
from bot.domain.delivery import Asking, Delivery, Outcome, Slot, State
from bot.domain.delivery_subject import PLAIN, Closing, Subject
from bot.domain.local_time import Hours, instant, local
from bot.domain.people import Hold, HoldKind, Learner
from bot.planning.preface import preface
from bot.store import askings, deliveries, enrolments, learners
from bot.store.database import Session


@dataclass(frozen=True)
class LearnerState:
    """All that decides about one learner, at one moment of one transaction."""

    situation: Situation
    holds: Mapping[HoldKind, Hold]
    catalogue: Catalogue
    hours: Hours

    @property
    def learner(self) -> Learner:
        """The learner."""
        return self.situation.learner

    def held(self, day: date) -> bool:
        """True when nothing unasked may come on `day`."""
        pause = self.holds.get(HoldKind.PERSON)
        paused = pause is not None and (pause.until is None or day < pause.until)
        return paused or self.away_on(day) or bool(self.holds.keys() & {HoldKind.SILENCE, HoldKind.UNREACHABLE})

    @property
    def away_until(self) -> datetime | None:
        """When the learner is back whose Slack status says that they are away; None when nothing waits for that."""
        away = self.holds.get(HoldKind.AWAY)
        return away.ends_at if away is not None and away.lifted_at is None else None

    def away_on(self, day: date) -> bool:
        """True when `day`'s hour comes before the learner is back."""
        return self.away_until is not None and self.hours.due(day) < self.away_until

    @property
    def idle(self) -> bool:
        """True when nothing is left to teach."""
        return not agenda.active(self.situation, self.catalogue)


def load(
    session: Session, ctx: AppContext, workspace_id: str, learner_id: str, *, lock: bool = True
) -> LearnerState | None:
    """Where a learner stands; None for somebody the bot has never met. `lock`: False for whoever changes nothing."""
    learner = learners.get(session, workspace_id, learner_id, lock=lock)
    if learner is None:
        return None
    enrolled = tuple(e for e in enrolments.of(session, workspace_id, learner_id) if e.removed_at is None)
    situation = Situation(
        learner,
        enrolled,
        enrolments.done(session, workspace_id, learner_id),
        askings.open_of(session, workspace_id, learner_id),
        learner.welcome_done or deliveries.welcome(session, workspace_id, learner_id) is not None,
        set_aside(session, ctx, workspace_id),
    )
    hours = agenda.hours(learner, enrolled, ctx.defaults_of(workspace_id))
    return LearnerState(
        situation, learners.holds(session, workspace_id, learner_id), ctx.catalogue_of(workspace_id), hours
    )


def set_aside(session: Session, ctx: AppContext, workspace_id: str) -> frozenset[str]:
    """The ids of items whose present wording Slack refused."""
    items = ctx.catalogue_of(workspace_id).items
    return frozenset(
        item_id
        for content_hash, item_id in askings.quarantined(session, workspace_id).items()
        if item_id in items and version(items[item_id]) == content_hash
    )


def tidy(
    session: Session, ctx: AppContext, workspace_id: str, learner_id: str, at: datetime, caused_by: str | None = None
) -> LearnerState | None:
    """Skip an open item that no track brings any more, finish tracks that have nothing left, then look.

    `caused_by`: the id of the tap that may have finished a track, whose closing message then comes at once.
    """
    state = load(session, ctx, workspace_id, learner_id)
    if state is None:
        return None
    waiting = state.situation.open
    obsolete = waiting is not None and not _brought(state, waiting)
    if waiting is not None and obsolete:
        skip(session, ctx, waiting)
    ended = [
        (enrolment, track)
        for enrolment, track in agenda.active(state.situation, state.catalogue)
        if not agenda.remaining(track, enrolment, state.situation.done)
    ]
    if not obsolete and not ended:
        return state
    for enrolment, _ in ended:
        enrolments.update(session, enrolment, finished_at=at, closed=caused_by is not None)
    after = load(session, ctx, workspace_id, learner_id)
    if after is not None and caused_by is not None:
        for _, track in ended:
            about = closing_about(after, track.id, ctx.defaults_of(workspace_id))
            deliveries.add(
                session, new_delivery(after.learner, Slot.CLOSING, at, caused_by=f"{caused_by}:{track.id}", about=about)
            )
    return after


def closing_about(state: LearnerState, track_id: str, defaults: agenda.Defaults) -> Closing:
    """What a closing message speaks of: the track, and the new hour where the old one went with it."""
    before = tuple(replace(e, finished_at=None) if e.track_id == track_id else e for e in state.situation.enrolments)
    had = agenda.hours(state.learner, before, defaults).at
    if state.idle or had == state.hours.at:
        return Closing(track_id)
    return Closing(track_id, new_hour=state.hours.at)


def _brought(state: LearnerState, asking: Asking) -> bool:
    return asking.item_id in state.catalogue.items and any(
        asking.item_id in agenda.remaining(track, enrolment, state.situation.done)
        for enrolment, track in agenda.active(state.situation, state.catalogue)
    )


def skip(session: Session, ctx: AppContext, asking: Asking) -> None:
    """Close an open item without a result, so that it holds nothing back."""
    askings.update(session, asking, outcome=Outcome.SKIPPED, again=False)
    withdraw_pending(session, asking)
    for delivery in deliveries.of_asking(session, asking.workspace_id, asking.asking_id):
        if delivery.ts is not None:
            deliveries.touch(session, delivery, ctx.clock.real(), note=None)


def withdraw_pending(session: Session, asking: Asking) -> None:
    """Take back what would bring an item that needn't come any more; its date may bring something else."""
    for delivery in deliveries.of_asking(session, asking.workspace_id, asking.asking_id):
        if delivery.claimable_at is not None:
            deliveries.retire(session, delivery, State.WITHDRAWN, "dealt with before")
            plan_anew(session, delivery)


def plan_anew(session: Session, delivery: Delivery) -> None:
    """A date's message was withdrawn unsent: let the tick decide once more what that date brings."""
    learner = learners.get(session, delivery.workspace_id, delivery.learner_id)
    if learner is not None and delivery.claimed_date is not None and not pass_on_date(session, learner, delivery):
        learners.update(session, learner, next_due_on=delivery.claimed_date, next_due_at=delivery.due_at)


def pass_on_date(session: Session, learner: Learner, withdrawn: Delivery) -> bool:
    """The date of a message that was withdrawn is used up by an item that was asked for on it; True if there is one.

    A message of unknown fate keeps its date, so that what is asked for meanwhile has none to use up.
    """
    if withdrawn.claimed_date is None:
        return False
    midnight = instant(withdrawn.claimed_date, time(0), learner.zone)
    for other in deliveries.asked_since(session, learner.workspace_id, learner.learner_id, midnight):
        comes = other.ts or other.claimable_at or other.lease_real
        if comes and local(other.due_at, learner.zone).date() == withdrawn.claimed_date:
            deliveries.update_row(session, other, claimed_date=withdrawn.claimed_date)
            return True
    return False


def new_delivery(
    learner: Learner,
    slot: Slot,
    due_at: datetime,
    *,
    claimed_date: date | None = None,
    caused_by: str | None = None,
    unique_key: str | None = None,
    asking: Asking | None = None,
    about: Subject = PLAIN,
) -> Delivery:
    """A delivery that can be claimed from `due_at` on."""
    return Delivery(
        learner.workspace_id,
        uuid4().hex,
        learner.learner_id,
        slot,
        State.DUE,
        due_at,
        claimed_date=claimed_date,
        caused_by=caused_by,
        unique_key=unique_key,
        asking_id=asking.asking_id if asking else None,
        about=about,
        channel_id=learner.channel_id,
        claimable_at=due_at,
    )


def open_item(session: Session, ctx: AppContext, state: LearnerState, chosen: agenda.NewItem, at: datetime) -> Asking:
    """Begin to bring an item: from now on it is the learner's open one."""
    learner = state.learner
    item = state.catalogue.items[chosen.item_id]
    number = learner.askings + 1
    enrolment = next(e for e in state.situation.enrolments if e.track_id == chosen.track_id)
    track = state.catalogue.tracks[chosen.track_id]
    asking = Asking(
        learner.workspace_id,
        uuid4().hex,
        learner.learner_id,
        number,
        item.id,
        chosen.track_id,
        askings.keep(session, learner.workspace_id, item),
        at,
        again=False,
        preface=preface(track, enrolment, state.situation.done) if chosen.announce else "",
    )
    askings.save(session, asking)
    learners.update(session, learner, askings=number, welcome_done=True)
    welcome = deliveries.welcome(session, learner.workspace_id, learner.learner_id)
    if welcome is not None and not learner.welcome_done:
        deliveries.touch(session, welcome, ctx.clock.real())
    enrolments.save(session, replace(enrolment, last_asking=number, announced=True))
    return asking
