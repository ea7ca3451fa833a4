"""The last look before a message goes out: is it still due, still wanted, still in time?"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery import UNASKED, Delivery, Slot, State
from bot.domain.people import HoldKind
from bot.domain.timing import EARLIEST, LATER_HOURS, instant
from bot.domain.views import View, WelcomeView
from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.services.show import show
from bot.services.standing import Standing, look, pass_on_date, plan_anew, settle
from bot.services.unsent import asked_for_since, out_of_time, retire_unsent
from bot.store import askings, deliveries
from bot.store.database import Session

DEALT_WITH = "dealt with before"
ITEM_OWED = "the item itself comes instead"


def prepare(session: Session, house: House, delivery: Delivery, at: datetime) -> View | None:
    """What to send; None when the delivery was retired instead."""
    standing = settle(session, house, delivery.workspace_id, delivery.learner_id, at)
    assert standing is not None
    reason = _withdrawn(session, delivery, standing)
    if reason:
        give_up(session, house, delivery, State.WITHDRAWN, reason, at)
        return None
    if out_of_time(delivery, standing, at):
        give_up(session, house, delivery, State.MISSED, "its time had passed", at)
        return None
    if _too_early(session, delivery, standing, at):
        return None
    view = show(session, house, delivery)
    if isinstance(view, WelcomeView) and view.state in {"withdrawn", "left"}:
        give_up(session, house, delivery, State.WITHDRAWN, "its tracks were withdrawn or left", at)
        return None
    return view


def give_up(session: Session, house: House, delivery: Delivery, state: State, reason: str, at: datetime) -> None:
    """Retire a delivery that isn't sent, and owe its content again; one whose time is over was missed."""
    standing = look(session, house, delivery.workspace_id, delivery.learner_id)
    if standing is not None and out_of_time(delivery, standing, at):
        state = State.MISSED
    retire_unsent(session, delivery, state, reason)
    if state is not State.MISSED and reason in {DEALT_WITH, ITEM_OWED}:
        plan_anew(session, delivery)
    else:
        if state is State.WITHDRAWN and standing is not None:
            pass_on_date(session, standing.learner, delivery)
        reschedule(session, house, delivery.workspace_id, delivery.learner_id, at, planned=True)


def _withdrawn(session: Session, delivery: Delivery, standing: Standing) -> str:
    if delivery.asking_id is not None:
        asking = askings.get(session, delivery.workspace_id, delivery.asking_id)
        if asking is None or asking.outcome is not None:
            return DEALT_WITH
        if delivery.slot is Slot.REMINDER and asking.again:
            # a hold ended since it was placed
            return ITEM_OWED
        if delivery.attempt > 1 and asked_for_since(session, delivery, asking):
            return "another message brings it"
    if delivery.slot is Slot.WELCOME and standing.learner.welcome_done:
        return "the first item came before it"
    if delivery.unasked and standing.held(delivery.place or standing.hours.today(delivery.due_at)):
        return "held"
    if delivery.unasked and delivery.place and not standing.hours.taught_on(delivery.place):
        return "its date is no learning day any more"
    if delivery.slot is Slot.CLOSING and str(delivery.about.get("track")) not in {
        e.track_id for e in standing.situation.enrolments
    }:
        return "its track was removed"
    pause = standing.holds.get(HoldKind.PERSON)
    if delivery.about.get("later") and pause and pause.since >= delivery.due_at - timedelta(hours=LATER_HOURS):
        return "paused since it was asked for"
    return ""


def _too_early(session: Session, delivery: Delivery, standing: Standing, at: datetime) -> bool:
    """The learner crossed a zone since this was placed, and it is night there: it waits for its hour."""
    if delivery.place is None or delivery.slot not in UNASKED or at >= standing.hours.due(delivery.place):
        return False
    if delivery.slot is Slot.WELCOME and at >= instant(delivery.place, EARLIEST, standing.learner.zone):
        return False
    deliveries.update_row(
        session, delivery, state=State.DUE, claimable_at=standing.hours.due(delivery.place), lease_real=None
    )
    return True
