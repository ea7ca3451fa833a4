"""When planning must look at a learner next."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain import agenda
from bot.domain.delivery import Delivery, State
from bot.domain.delivery_note import Later
from bot.domain.local_time import EARLIEST, instant
from bot.domain.people import HoldKind
from bot.planning.learner_state import LearnerState
from bot.planning.tidy import tidy
from bot.store import deliveries


def update_next_due(state: LearnerState, *, planned: bool = False) -> date | None:
    """Compute anew when the learner's next unasked message is due; its local date, or None.

    A message that is due already is left to the tick, which catches it up or records it as missed;
    `planned` is how the tick says that it has done so.
    """
    # what was taken out of the lessons since is tidied up first: a track that ends by it still has its closing to come
    tidy(state)
    at, learner = state.at, state.learner
    if not planned and learner.next_due_at is not None and learner.next_due_at <= at:
        return learner.next_due_on
    day, due = _next(state) or (None, None)
    today = state.today
    if not planned and learner.next_due_on == today and day != today:
        # what was to come today still is, though its hour was moved to one that has passed
        overdue = _overdue(state, today)
        day, due = (today, overdue) if overdue else (day, due)
    if (day, due) != (learner.next_due_on, learner.next_due_at):
        state.change_learner(next_due_on=day, next_due_at=due)
    return day


def zone_changed(state: LearnerState) -> None:
    """The learner is in another zone: the same date is due, at its hour there, even where that has passed.

    An hour that a message names is said anew on the clock there.
    """
    for delivery in deliveries.noted(state.session, state.workspace_id, state.learner_id, Later):
        state.touch(delivery)
    for delivery in state.pending:
        if delivery.claimed_date is not None and delivery.claimable_at != delivery.due_at:
            # it waited for its hour where the learner was
            state.change_delivery(delivery, claimable_at=delivery.due_at)
    if state.learner.next_due_on is None:
        return
    # a date that was over where the learner was may not have begun where they are
    day = min(state.learner.next_due_on, _first_ahead(state))
    state.change_learner(next_due_on=day, next_due_at=state.hours.due(day))


def _first_ahead(state: LearnerState) -> date:
    """The first learning day whose hour is still to come and whose place is free."""
    taken = state.on_dates(state.today)
    days = state.hours.learning_days(state.today)
    return next((day for day in days if day not in taken and state.hours.due(day) > state.at), date.max)


def _next(state: LearnerState) -> tuple[date, datetime] | None:
    if state.holds.keys() & {HoldKind.SILENCE, HoldKind.UNREACHABLE}:
        return None
    pause = state.holds.get(HoldKind.PERSON)
    if (pause is not None and pause.until is None) or not _ever(state):
        return None
    at, today = state.at, state.today
    first = max(today, pause.until) if pause is not None and pause.until else today
    taken = state.on_dates(first)
    day = first
    for day in state.hours.learning_days(first):
        decision = agenda.decide(state.situation, state.catalogue, state.hours, day)
        if decision is None or state.away_on(day):
            continue
        due = due_instant(state, decision, day)
        ahead = due > at or (isinstance(decision, agenda.Welcome) and due == at)
        if ahead and not _settled(taken.get(day)):
            return day, due
    # what comes lies more than a year ahead: look again then
    return day, state.hours.due(day)


def _overdue(state: LearnerState, today: date) -> datetime | None:
    """When today's message was due, if it is owed and hasn't come."""
    if state.held(today) or not state.hours.taught_on(today) or state.on_dates(today):
        return None
    decision = agenda.decide(state.situation, state.catalogue, state.hours, today)
    return due_instant(state, decision, today) if decision is not None else None


def due_instant(state: LearnerState, decision: agenda.Decision, day: date) -> datetime:
    """When a day's message is due: at the learner's hour; a welcome on the day it is decided, at once from 07:00."""
    due = state.hours.due(day)
    if isinstance(decision, agenda.Welcome) and day == state.today and state.at < state.hours.cutoff(day):
        return max(state.at, min(due, instant(day, EARLIEST, state.hours.tz)), state.away_until or state.at)
    return due


def _ever(state: LearnerState) -> bool:
    return agenda.decide(state.situation, state.catalogue, state.hours, date.max) is not None


def _settled(delivery: Delivery | None) -> bool:
    # a missed day is open again when its hour is still to come, which only a change of hour can bring about
    return delivery is not None and delivery.state is not State.MISSED
