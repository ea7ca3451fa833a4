"""The instant at which planning must look at a learner next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain import agenda
from bot.domain.delivery import Delivery, State
from bot.domain.delivery_note import Later
from bot.domain.local_time import EARLIEST, instant
from bot.domain.people import HoldKind
from bot.planning.learner_state import LearnerState
from bot.planning.tidy import tidy
from bot.store import deliveries


def update_next_due(state: LearnerState, *, planned: bool = False) -> date | None:
    """Compute when the learner's next unasked message is due; return its local date, or None.

    A message that is due already is left to the tick, which catches it up or records it as missed. `planned`: the tick
    has done so.
    """
    # tidy first: a track that ended because its lessons were removed still has its closing to come
    tidy(state)
    at, learner = state.at, state.learner
    if not planned and learner.next_due_at is not None and learner.next_due_at <= at:
        return learner.next_due_on
    day, due = _next(state) or (None, None)
    today = state.today
    if not planned and learner.next_due_on == today and day != today:
        # today's message still comes if its hour was moved to one that has passed
        overdue = _overdue(state, today)
        day, due = (today, overdue) if overdue else (day, due)
    if (day, due) != (learner.next_due_on, learner.next_due_at):
        state.change_learner(next_due_on=day, next_due_at=due)
    return day


def zone_changed(state: LearnerState) -> None:
    """Plan for the learner's new zone: the same date is due at its hour there, even if that has passed.

    Messages that name an hour show it in the new zone.
    """
    for delivery in deliveries.noted(state.session, state.workspace_id, state.learner_id, Later):
        state.touch(delivery)
    for delivery in state.pending:
        if delivery.claimed_date is not None and delivery.claimable_at != delivery.due_at:
            # it waited for its hour in the learner's old zone
            state.change_delivery(delivery, claimable_at=delivery.due_at)
    if state.learner.next_due_on is None:
        return
    # a date that was over in the old zone may not have begun in the new one
    day = min(state.learner.next_due_on, _first_ahead(state))
    state.change_learner(next_due_on=day, next_due_at=state.hours.due(day))


def _first_ahead(state: LearnerState) -> date:
    """Return the first learning day whose hour is still ahead and whose date isn't claimed, but for a missed one."""
    taken = state.on_dates(state.today)
    days = state.hours.learning_days(state.today)
    return next((day for day in days if not _settled(taken.get(day)) and state.hours.due(day) > state.at), date.max)


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
    # the next message is more than a year ahead: look again then
    return day, state.hours.due(day)


def _overdue(state: LearnerState, today: date) -> datetime | None:
    """Return the instant at which today's message was due, if it hasn't come; else None."""
    if state.held(today) or not state.hours.taught_on(today) or state.on_dates(today):
        return None
    decision = agenda.decide(state.situation, state.catalogue, state.hours, today)
    return due_instant(state, decision, today) if decision is not None else None


def due_instant(state: LearnerState, decision: agenda.Decision, day: date) -> datetime:
    """Return the instant of a day's message: the learner's hour, but for a welcome, which may come at once from 07:00
    on.
    """
    due = state.hours.due(day)
    if isinstance(decision, agenda.Welcome) and day == state.today and state.at < state.hours.cutoff(day):
        return max(state.at, min(due, instant(day, EARLIEST, state.hours.tz)), state.away_until or state.at)
    return due


def _ever(state: LearnerState) -> bool:
    # what comes alone comes on some weekdays only: a whole week is asked, the last there is
    last = (date.max - timedelta(days=n) for n in range(7))
    return any(agenda.decide(state.situation, state.catalogue, state.hours, day) is not None for day in last)


def _settled(delivery: Delivery | None) -> bool:
    # a missed day is open again if a change of hour or zone puts its hour ahead
    return delivery is not None and delivery.state is not State.MISSED
