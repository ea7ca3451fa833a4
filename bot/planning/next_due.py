"""When planning must look at a learner next."""

from __future__ import annotations

from datetime import date, datetime

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.delivery import Delivery, State
from bot.domain.delivery_note import Later
from bot.domain.local_time import EARLIEST, instant
from bot.domain.people import HoldKind
from bot.planning.learner_state import LearnerState, load, tidy
from bot.store import deliveries, learners
from bot.store.database import Session


def update_next_due(
    session: Session, ctx: AppContext, workspace_id: str, learner_id: str, at: datetime, *, planned: bool = False
) -> date | None:
    """Compute anew when the learner's next unasked message is due; its local date, or None.

    A message that is due already is left to the tick, which catches it up or records it as missed;
    `planned` is how the tick says that it has done so.
    """
    # what was taken out of the lessons since is tidied up first: a track that ends by it still has its closing to come
    state = tidy(session, ctx, workspace_id, learner_id, at)
    if state is None:
        return None
    learner = state.learner
    if not planned and learner.next_due_at is not None and learner.next_due_at <= at:
        return learner.next_due_on
    day, due = _next(session, state, at) or (None, None)
    today = state.hours.today(at)
    if not planned and learner.next_due_on == today and day != today:
        # what was to come today still is, though its hour was moved to one that has passed
        overdue = _overdue(session, state, today, at)
        day, due = (today, overdue) if overdue else (day, due)
    if (day, due) != (learner.next_due_on, learner.next_due_at):
        learners.update(session, learner, next_due_on=day, next_due_at=due)
    return day


def zone_changed(session: Session, ctx: AppContext, workspace_id: str, learner_id: str, at: datetime) -> None:
    """The learner is in another zone: the same date is due, at its hour there, even where that has passed.

    An hour that a message names is said anew on the clock there.
    """
    for delivery in deliveries.noted(session, workspace_id, learner_id, Later):
        deliveries.touch(session, delivery, ctx.clock.real())
    for delivery in deliveries.pending(session, workspace_id, learner_id):
        if delivery.claimed_date is not None and delivery.claimable_at != delivery.due_at:
            # it waited for its hour where the learner was
            deliveries.update_row(session, delivery, claimable_at=delivery.due_at)
    state = load(session, ctx, workspace_id, learner_id)
    if state is None or state.learner.next_due_on is None:
        return
    # a date that was over where the learner was may not have begun where they are
    day = min(state.learner.next_due_on, _first_ahead(session, state, at))
    learners.update(session, state.learner, next_due_on=day, next_due_at=state.hours.due(day))


def _first_ahead(session: Session, state: LearnerState, at: datetime) -> date:
    """The first learning day whose hour is still to come and which nothing has claimed."""
    today = state.hours.today(at)
    taken = deliveries.by_claimed_date(session, state.learner.workspace_id, state.learner.learner_id, today)
    ahead = (day for day in state.hours.learning_days(today) if day not in taken and state.hours.due(day) > at)
    return next(ahead, date.max)


def _next(session: Session, state: LearnerState, at: datetime) -> tuple[date, datetime] | None:
    if state.holds.keys() & {HoldKind.SILENCE, HoldKind.UNREACHABLE}:
        return None
    pause = state.holds.get(HoldKind.PERSON)
    if (pause is not None and pause.until is None) or not _ever(state):
        return None
    today = state.hours.today(at)
    first = max(today, pause.until) if pause is not None and pause.until else today
    taken = deliveries.by_claimed_date(session, state.learner.workspace_id, state.learner.learner_id, first)
    day = first
    for day in state.hours.learning_days(first):
        decision = agenda.decide(state.situation, state.catalogue, state.hours, day)
        if decision is None or state.away_on(day):
            continue
        due = due_instant(state, decision, day, at)
        ahead = due > at or (isinstance(decision, agenda.Welcome) and due == at)
        if ahead and not _settled(taken.get(day)):
            return day, due
    # what comes lies more than a year ahead: look again then
    return day, state.hours.due(day)


def _overdue(session: Session, state: LearnerState, today: date, at: datetime) -> datetime | None:
    """When today's message was due, if it is owed and hasn't come."""
    learner = state.learner
    if state.held(today) or not state.hours.taught_on(today):
        return None
    if deliveries.by_claimed_date(session, learner.workspace_id, learner.learner_id, today):
        return None
    decision = agenda.decide(state.situation, state.catalogue, state.hours, today)
    return due_instant(state, decision, today, at) if decision is not None else None


def due_instant(state: LearnerState, decision: agenda.Decision, day: date, at: datetime) -> datetime:
    """When a day's message is due: at the learner's hour; a welcome on the day it is decided, at once from 07:00."""
    due = state.hours.due(day)
    if isinstance(decision, agenda.Welcome) and day == state.hours.today(at) and at < state.hours.cutoff(day):
        return max(at, min(due, instant(day, EARLIEST, state.hours.tz)), state.away_until or at)
    return due


def _ever(state: LearnerState) -> bool:
    return agenda.decide(state.situation, state.catalogue, state.hours, date.max) is not None


def _settled(delivery: Delivery | None) -> bool:
    # a missed day is open again when its hour is still to come, which only a change of hour can bring about
    return delivery is not None and delivery.state is not State.MISSED
