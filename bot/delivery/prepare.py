"""The last check before a message goes out: still due, still wanted, still in time."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.delivery import UNASKED, Delivery, Slot, State
from bot.domain.delivery_subject import Closing, Reviews
from bot.domain.local_time import EARLIEST, LATER_HOURS, instant
from bot.domain.people import HoldKind
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.planning.open_item import pass_on_date, plan_anew
from bot.planning.tidy import tidy
from bot.planning.undelivered import asked_for_since, out_of_time, retire_unsent
from bot.queries.message_view import message_view
from bot.view_models import View, WelcomeState, WelcomeView

DEALT_WITH = "dealt with before"
ITEM_OWED = "the item itself comes instead"


def prepare(state: LearnerState, delivery: Delivery) -> View | None:
    """Return the view to send; None if the delivery was retired or put off instead."""
    tidy(state)
    reason = _withdrawn(state, delivery)
    if reason:
        give_up(state, delivery, State.WITHDRAWN, reason)
        return None
    if out_of_time(state, delivery):
        give_up(state, delivery, State.MISSED, "its time had passed")
        return None
    if _too_early(state, delivery):
        return None
    view = message_view(state, delivery)
    if isinstance(view, WelcomeView) and view.state in {WelcomeState.WITHDRAWN, WelcomeState.LEFT}:
        give_up(state, delivery, State.WITHDRAWN, "its tracks were withdrawn or left")
        return None
    return view


def give_up(state: LearnerState, delivery: Delivery, end: State, reason: str) -> None:
    """Retire a delivery without sending it, and plan its content anew. One whose time is over counts as missed."""
    if out_of_time(state, delivery):
        end = State.MISSED
    retire_unsent(state, delivery, end, reason)
    if end is not State.MISSED and reason in {DEALT_WITH, ITEM_OWED}:
        plan_anew(state, delivery)
    else:
        if end is State.WITHDRAWN:
            pass_on_date(state, delivery)
        update_next_due(state, planned=True)


def _withdrawn(state: LearnerState, delivery: Delivery) -> str:
    if delivery.asking_id is not None:
        asking = state.asking(delivery.asking_id)
        if asking is None or asking.outcome is not None:
            return DEALT_WITH
        if delivery.slot is Slot.REMINDER and asking.again:
            # a hold has ended since it was planned
            return ITEM_OWED
        if delivery.attempt > 1 and asked_for_since(state, delivery, asking):
            return "another message brings it"
    if isinstance(delivery.about, Reviews) and delivery.unasked and not state.idle:
        # a track has begun since: reviews ride in its message
        return ITEM_OWED
    if delivery.slot is Slot.WELCOME and state.learner.welcome_done:
        return "the first item came before it"
    if delivery.unasked and state.held(delivery.claimed_date or state.hours.today(delivery.due_at)):
        return "held"
    if delivery.unasked and delivery.claimed_date and not state.hours.taught_on(delivery.claimed_date):
        return "its date is no learning day any more"
    enrolled = {e.track_id for e in state.situation.enrolments}
    if isinstance(delivery.about, Closing) and delivery.about.track_id not in enrolled:
        return "its track was removed"
    pause = state.holds.get(HoldKind.PERSON)
    if delivery.put_off and pause and pause.since >= delivery.due_at - timedelta(hours=LATER_HOURS):
        return "paused since it was asked for"
    return ""


def _too_early(state: LearnerState, delivery: Delivery) -> bool:
    """Put the delivery off until its hour if the learner has moved to a zone where that is still ahead; return True if
    so.
    """
    if (
        delivery.claimed_date is None
        or delivery.slot not in UNASKED
        or state.at >= state.hours.due(delivery.claimed_date)
    ):
        return False
    if delivery.slot is Slot.WELCOME and state.at >= instant(delivery.claimed_date, EARLIEST, state.learner.zone):
        return False
    state.change_delivery(
        delivery, state=State.DUE, claimable_at=state.hours.due(delivery.claimed_date), lease_real=None
    )
    return True
