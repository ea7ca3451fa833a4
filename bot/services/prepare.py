"""The last look before a message goes out: is it still due, still wanted, still in time?"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.delivery import UNASKED, Delivery, Slot, State
from bot.domain.people import HoldKind
from bot.domain.timing import EARLIEST, LATER_HOURS, LATEST, instant, local
from bot.domain.views import View, WelcomeView
from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.services.show import show
from bot.services.standing import Standing, plan_anew, settle
from bot.store import askings, deliveries, enrolments

DEALT_WITH = "dealt with before"


def prepare(session: Session, house: House, delivery: Delivery, at: datetime) -> View | None:
    """What to send; None when the delivery was retired instead."""
    standing = settle(session, house, delivery.workspace_id, delivery.learner_id, at)
    assert standing is not None
    reason = _withdrawn(session, delivery, standing)
    if reason:
        give_up(session, house, delivery, State.WITHDRAWN, reason, at)
        return None
    if _too_late(delivery, standing, at):
        give_up(session, house, delivery, State.MISSED, "its time had passed", at)
        return None
    if _too_early(session, delivery, standing, at):
        return None
    view = show(session, house, delivery)
    if isinstance(view, WelcomeView) and view.state == "withdrawn":
        give_up(session, house, delivery, State.WITHDRAWN, "its tracks were withdrawn", at)
        return None
    return view


def give_up(session: Session, house: House, delivery: Delivery, state: State, reason: str, at: datetime) -> None:
    """Retire a delivery that isn't sent, and owe its content again."""
    deliveries.retire(session, delivery, state, reason)
    if delivery.asking_id is not None:
        asking = askings.get(session, delivery.workspace_id, delivery.asking_id)
        if asking is not None and asking.outcome is None:
            if delivery.slot is Slot.REMINDER:
                askings.update(session, asking, reminders=max(0, asking.reminders - 1))
            else:
                askings.update(session, asking, again=True)
    elif delivery.slot is Slot.CLOSING:
        enrolment = enrolments.get(session, delivery.workspace_id, delivery.learner_id, str(delivery.about["track"]))
        if enrolment is not None:
            enrolments.update(session, enrolment, closed=False)
    if reason == DEALT_WITH:
        plan_anew(session, delivery)
    else:
        reschedule(session, house, delivery.workspace_id, delivery.learner_id, at, planned=True)


def _withdrawn(session: Session, delivery: Delivery, standing: Standing) -> str:
    if delivery.asking_id is not None:
        asking = askings.get(session, delivery.workspace_id, delivery.asking_id)
        if asking is None or asking.outcome is not None:
            return DEALT_WITH
    unasked = delivery.slot in UNASKED or (delivery.slot is Slot.CLOSING and delivery.place is not None)
    if unasked and standing.held(delivery.place or standing.hours.today(delivery.due_at)):
        return "held"
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
    if delivery.slot is Slot.WELCOME and at >= instant(delivery.place, EARLIEST, standing.learner.tz):
        return False
    deliveries.update_row(
        session, delivery, state=State.DUE, claimable_at=standing.hours.due(delivery.place), lease_real=None
    )
    return True


def _too_late(delivery: Delivery, standing: Standing, at: datetime) -> bool:
    if delivery.about.get("later"):
        day = local(delivery.due_at, standing.learner.tz).date()
        return at >= max(standing.hours.cutoff(day), instant(day, LATEST, standing.learner.tz))
    unasked = delivery.slot in UNASKED or (delivery.slot is Slot.CLOSING and delivery.place is not None)
    return unasked and delivery.place is not None and at >= standing.hours.cutoff(delivery.place)
