"""The plan of a learner's date: its one message, or the record that it was missed."""

from __future__ import annotations

from datetime import date

from bot.domain import agenda, reminders
from bot.domain.delivery import Asking, Slot, State
from bot.domain.delivery_subject import Reminder, Reviews
from bot.domain.people import HoldKind
from bot.domain.rider import LATEST_NOTICE, Comfort, Moment
from bot.planning.holds import end_expired
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import due_instant, update_next_due
from bot.planning.open_item import open_item
from bot.planning.reviews import ask, choose, settle_picks
from bot.planning.riders import choose_rider
from bot.planning.tidy import closing_about, tidy
from bot.planning.undelivered import miss_stale


def plan_day(state: LearnerState) -> None:
    """Plan every date of a learner up to now that isn't planned yet. It is idempotent: a date can be claimed only
    once.
    """
    tidy(state)
    if not is_due(state):
        return
    miss_stale(state)
    end_expired(state)
    today = state.today
    first = min(state.learner.next_due_on or today, today)
    if not state.held(today):
        _settle_dates(state, first, today)
    update_next_due(state, planned=True)


def is_due(state: LearnerState) -> bool:
    """Return True if planning must look at the learner by now."""
    return state.learner.next_due_at is not None and state.learner.next_due_at <= state.at


def catch_up(state: LearnerState) -> None:
    """Plan what the tick hasn't come to yet, before something else changes what is due.

    A suspended host may get a tap before its first tick.
    """
    if is_due(state):
        plan_day(state)


def _settle_dates(state: LearnerState, first: date, today: date) -> None:
    taken = state.on_dates(first)
    for day in state.hours.learning_days(first):
        if day > today:
            return
        known = taken.get(day)
        if known is not None and known.state is not State.MISSED:
            continue
        decision = agenda.decide(state.situation, state.catalogue, state.hours, day)
        if decision is None or due_instant(state, decision, day) > state.at:
            continue
        if isinstance(decision, reminders.Remind) and _came_on(state, decision.asking) >= day:
            # after a change of zone, the item may have come on this very date in the new zone
            continue
        if isinstance(decision, reminders.FallSilent):
            state.hold(HoldKind.SILENCE)
            return
        if state.at >= state.hours.cutoff(day):
            if known is None:
                _miss(state, day)
            continue
        if known is not None:
            drop_missed(state, day)
        _place(state, decision, day)
        return


def drop_missed(state: LearnerState, day: date) -> None:
    """Undo that a day was missed, since its hour is ahead again."""
    known = state.on_dates(day).get(day)
    if known is not None and known.state is State.MISSED:
        state.change_delivery(known, claimed_date=None, state=State.WITHDRAWN, problem="its hour came again")


def _came_on(state: LearnerState, asking: Asking) -> date:
    """Return the last date, in the learner's present zone, on which an item came or was to come."""
    sent = (d for d in state.messages_of(asking) if d.slot is not Slot.REMINDER)
    comes = (d for d in sent if d.ts or d.claimable_at or d.lease_real)
    return max((state.hours.today(d.due_at) for d in comes), default=date.min)


def _miss(state: LearnerState, day: date) -> None:
    delivery = state.add(Slot.DAILY, claimed_date=day)
    state.retire(delivery, State.MISSED, "nothing could be sent in time")


def _place(state: LearnerState, decision: agenda.Decision, day: date) -> None:
    settle_picks(state)
    match decision:
        case agenda.Welcome():
            state.add(Slot.WELCOME, claimed_date=day, unique_key=Slot.WELCOME.value)
            for enrolment, _ in agenda.active(state.situation, state.catalogue):
                state.change_enrolment(enrolment, announced=True)
            # it says who sees what, as that is now
            state.change_learner(privacy_told=LATEST_NOTICE)
        case reminders.BringAgain(asking):
            state.add(Slot.DAILY, claimed_date=day, asking=asking)
            state.change_asking(asking, again=False, reminders=0, not_before=None)
        case reminders.Remind(asking):
            state.add(Slot.REMINDER, claimed_date=day, asking=asking, about=Reminder(decision.last))
            state.change_asking(asking, reminders=asking.reminders + 1)
        case agenda.Close(track_id):
            about, comfort = closing_about(state, track_id), Comfort(track_id, Moment.END)
            state.add(Slot.CLOSING, claimed_date=day, about=about, rider=comfort)
            enrolment = next(e for e in state.situation.enrolments if e.track_id == track_id)
            state.change_enrolment(enrolment, closed=True)
        case agenda.LoneReviews():
            chosen = choose(state)
            if chosen is not None:
                rider = choose_rider(state, None)
                ask(state, state.add(Slot.DAILY, claimed_date=day, about=Reviews(), rider=rider), chosen)
                state.change_learner(lone_unanswered=state.learner.lone_unanswered + 1)
        case agenda.NewItem():
            asking = open_item(state, decision)
            state.add(Slot.DAILY, claimed_date=day, asking=asking, rider=choose_rider(state, asking))
