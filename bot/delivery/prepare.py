"""The last look before a message goes out: is it still due, still wanted, still in time?"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.context import AppContext
from bot.domain.delivery import UNASKED, Delivery, Slot, State
from bot.domain.delivery_subject import Closing
from bot.domain.local_time import EARLIEST, LATER_HOURS, instant
from bot.domain.people import HoldKind
from bot.planning.learner_state import LearnerState, load, pass_on_date, plan_anew, tidy
from bot.planning.next_due import update_next_due
from bot.planning.undelivered import asked_for_since, out_of_time, retire_unsent
from bot.queries.message_view import message_view
from bot.store import askings, deliveries
from bot.store.database import Session
from bot.view_models import View, WelcomeView

DEALT_WITH = "dealt with before"
ITEM_OWED = "the item itself comes instead"


def prepare(session: Session, ctx: AppContext, delivery: Delivery, at: datetime) -> View | None:
    """What to send; None when the delivery was retired instead."""
    state = tidy(session, ctx, delivery.workspace_id, delivery.learner_id, at)
    assert state is not None
    reason = _withdrawn(session, delivery, state)
    if reason:
        give_up(session, ctx, delivery, State.WITHDRAWN, reason, at)
        return None
    if out_of_time(delivery, state, at):
        give_up(session, ctx, delivery, State.MISSED, "its time had passed", at)
        return None
    if _too_early(session, delivery, state, at):
        return None
    view = message_view(session, ctx, delivery)
    if isinstance(view, WelcomeView) and view.state in {"withdrawn", "left"}:
        give_up(session, ctx, delivery, State.WITHDRAWN, "its tracks were withdrawn or left", at)
        return None
    return view


def give_up(session: Session, ctx: AppContext, delivery: Delivery, end: State, reason: str, at: datetime) -> None:
    """Retire a delivery that isn't sent, and owe its content again; one whose time is over was missed."""
    state = load(session, ctx, delivery.workspace_id, delivery.learner_id)
    if state is not None and out_of_time(delivery, state, at):
        end = State.MISSED
    retire_unsent(session, delivery, end, reason)
    if end is not State.MISSED and reason in {DEALT_WITH, ITEM_OWED}:
        plan_anew(session, delivery)
    else:
        if end is State.WITHDRAWN and state is not None:
            pass_on_date(session, state.learner, delivery)
        update_next_due(session, ctx, delivery.workspace_id, delivery.learner_id, at, planned=True)


def _withdrawn(session: Session, delivery: Delivery, state: LearnerState) -> str:
    if delivery.asking_id is not None:
        asking = askings.get(session, delivery.workspace_id, delivery.asking_id)
        if asking is None or asking.outcome is not None:
            return DEALT_WITH
        if delivery.slot is Slot.REMINDER and asking.again:
            # a hold ended since it was placed
            return ITEM_OWED
        if delivery.attempt > 1 and asked_for_since(session, delivery, asking):
            return "another message brings it"
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


def _too_early(session: Session, delivery: Delivery, state: LearnerState, at: datetime) -> bool:
    """The learner crossed a zone since this was placed, and it is night there: it waits for its hour."""
    if delivery.claimed_date is None or delivery.slot not in UNASKED or at >= state.hours.due(delivery.claimed_date):
        return False
    if delivery.slot is Slot.WELCOME and at >= instant(delivery.claimed_date, EARLIEST, state.learner.zone):
        return False
    deliveries.update_row(
        session, delivery, state=State.DUE, claimable_at=state.hours.due(delivery.claimed_date), lease_real=None
    )
    return True
