"""A learner's date: plan its one message, or record that it was missed."""

from __future__ import annotations

from datetime import date, datetime

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.delivery import Asking, Slot, State
from bot.domain.delivery_subject import Reminder
from bot.domain.people import HoldKind, Learner
from bot.planning.holds import end_expired
from bot.planning.learner_state import LearnerState, closing_about, load, new_delivery, open_item, tidy
from bot.planning.next_due import due_instant, update_next_due
from bot.planning.undelivered import miss_stale
from bot.store import askings, deliveries, enrolments, learners
from bot.store.database import Session


def plan_day(session: Session, ctx: AppContext, workspace_id: str, learner_id: str, at: datetime) -> None:
    """Settle every date of a learner up to `at` that isn't settled yet. Placing twice is impossible: see the store."""
    state = tidy(session, ctx, workspace_id, learner_id, at)
    if state is None or state.learner.next_due_at is None or state.learner.next_due_at > at:
        return
    if miss_stale(session, state, at):
        state = load(session, ctx, workspace_id, learner_id) or state
    state = _end_expired(session, ctx, state, at)
    today = state.hours.today(at)
    first = min(state.learner.next_due_on or today, today)
    if not state.held(today):
        _settle_dates(session, ctx, state, first, today, at)
    update_next_due(session, ctx, workspace_id, learner_id, at, planned=True)


def catch_up(session: Session, ctx: AppContext, learner: Learner | None, at: datetime) -> None:
    """Settle what the tick hasn't come to yet, before something else changes what is due.

    A host that has slept may hear of a tap before its first tick.
    """
    if learner is not None and learner.next_due_at is not None and learner.next_due_at <= at:
        plan_day(session, ctx, learner.workspace_id, learner.learner_id, at)


def _end_expired(session: Session, ctx: AppContext, state: LearnerState, at: datetime) -> LearnerState:
    if not end_expired(session, ctx, state.learner, state.holds, at):
        return state
    return load(session, ctx, state.learner.workspace_id, state.learner.learner_id) or state


def _settle_dates(
    session: Session, ctx: AppContext, state: LearnerState, first: date, today: date, at: datetime
) -> None:
    learner = state.learner
    taken = deliveries.by_claimed_date(session, learner.workspace_id, learner.learner_id, first)
    for day in state.hours.learning_days(first):
        if day > today:
            return
        known = taken.get(day)
        if known is not None and known.state is not State.MISSED:
            continue
        decision = agenda.decide(state.situation, state.catalogue, state.hours, day)
        if decision is None or due_instant(state, decision, day, at) > at:
            continue
        if isinstance(decision, agenda.Remind) and _came_on(session, state, decision.asking) >= day:
            # the learner flew, and where they are now the item came on this very date
            continue
        if isinstance(decision, agenda.FallSilent):
            learners.hold(session, learner, HoldKind.SILENCE, at)
            return
        if at >= state.hours.cutoff(day):
            if known is None:
                _miss(session, state, day, at)
            continue
        if known is not None:
            deliveries.drop_missed(session, learner.workspace_id, learner.learner_id, day)
        _place(session, ctx, state, decision, day, at)
        return


def _came_on(session: Session, state: LearnerState, asking: Asking) -> date:
    """The last date, where the learner is now, on which an item came or was to come."""
    sent = deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
    comes = (d for d in sent if d.slot is not Slot.REMINDER and (d.ts or d.claimable_at or d.lease_real))
    return max((state.hours.today(d.due_at) for d in comes), default=date.min)


def _miss(session: Session, state: LearnerState, day: date, at: datetime) -> None:
    delivery = new_delivery(state.learner, Slot.DAILY, at, claimed_date=day)
    if deliveries.add(session, delivery):
        deliveries.retire(session, delivery, State.MISSED, "nothing could be sent in time")


def _place(
    session: Session, ctx: AppContext, state: LearnerState, decision: agenda.Decision, day: date, at: datetime
) -> None:
    learner = state.learner
    match decision:
        case agenda.Welcome():
            deliveries.add(
                session, new_delivery(learner, Slot.WELCOME, at, claimed_date=day, unique_key=Slot.WELCOME.value)
            )
            for enrolment, _ in agenda.active(state.situation, state.catalogue):
                enrolments.update(session, enrolment, announced=True)
        case agenda.BringAgain(asking):
            deliveries.add(session, new_delivery(learner, Slot.DAILY, at, claimed_date=day, asking=asking))
            askings.update(session, asking, again=False, reminders=0, not_before=None)
        case agenda.Remind(asking):
            deliveries.add(
                session,
                new_delivery(
                    learner, Slot.REMINDER, at, claimed_date=day, asking=asking, about=Reminder(decision.last)
                ),
            )
            askings.update(session, asking, reminders=asking.reminders + 1)
        case agenda.Close(track_id):
            about = closing_about(state, track_id, ctx.defaults_of(learner.workspace_id))
            deliveries.add(session, new_delivery(learner, Slot.CLOSING, at, claimed_date=day, about=about))
            enrolment = next(e for e in state.situation.enrolments if e.track_id == track_id)
            enrolments.update(session, enrolment, closed=True)
        case agenda.NewItem():
            asking = open_item(session, ctx, state, decision, at)
            deliveries.add(session, new_delivery(learner, Slot.DAILY, at, claimed_date=day, asking=asking))
