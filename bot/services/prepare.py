"""The last look before a message goes out: is it still due, still wanted, still in time?"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery import UNASKED, Asking, Delivery, Slot, State
from bot.domain.people import HoldKind
from bot.domain.timing import EARLIEST, LATER_HOURS, LATEST, instant, local
from bot.domain.views import View, WelcomeView
from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.services.show import show
from bot.services.standing import Standing, plan_anew, settle
from bot.store import askings, deliveries, enrolments
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
    retire_unsent(session, delivery, state, reason)
    if reason in {DEALT_WITH, ITEM_OWED}:
        plan_anew(session, delivery)
    else:
        reschedule(session, house, delivery.workspace_id, delivery.learner_id, at, planned=True)


def miss_stale(session: Session, standing: Standing, at: datetime) -> bool:
    """Retire what was placed, never sent, and whose time has passed, before anything new is decided; True if any."""
    learner = standing.learner
    pending = deliveries.pending(session, learner.workspace_id, learner.learner_id)
    stale = [d for d in pending if d.place is not None and at >= standing.hours.cutoff(d.place)]
    for delivery in stale:
        retire_unsent(session, delivery, State.MISSED, "its time had passed")
    return bool(stale)


def retire_unsent(session: Session, delivery: Delivery, state: State, reason: str) -> None:
    """End a delivery, and owe again what it would have brought, unless something else brings that."""
    deliveries.retire(session, delivery, state, reason)
    if delivery.asking_id is not None:
        asking = askings.get(session, delivery.workspace_id, delivery.asking_id)
        if asking is None or asking.outcome is not None:
            return
        if delivery.slot is Slot.REMINDER:
            askings.update(session, asking, reminders=max(0, asking.reminders - 1))
        elif not _brought_otherwise(session, delivery, asking):
            askings.update(session, asking, again=True)
    elif delivery.slot is Slot.CLOSING:
        enrolment = enrolments.get(session, delivery.workspace_id, delivery.learner_id, str(delivery.about["track"]))
        if enrolment is not None:
            enrolments.update(session, enrolment, closed=False)


def _came_since(session: Session, delivery: Delivery, asking: Asking) -> bool:
    """True when a later message has brought what this one, whose reply was lost, was to bring."""
    return delivery.slot is not Slot.REMINDER and any(
        other.ts and other.due_at > delivery.due_at and other.slot is not Slot.REMINDER
        for other in deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
    )


def _brought_otherwise(session: Session, delivery: Delivery, asking: Asking) -> bool:
    return any(
        other.slot is not Slot.REMINDER
        and (other.claimable_at or other.lease_real or (other.ts and other.due_at > delivery.due_at))
        for other in deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
        if other.delivery_id != delivery.delivery_id
    )


def _withdrawn(session: Session, delivery: Delivery, standing: Standing) -> str:
    if delivery.asking_id is not None:
        asking = askings.get(session, delivery.workspace_id, delivery.asking_id)
        if asking is None or asking.outcome is not None:
            return DEALT_WITH
        if delivery.slot is Slot.REMINDER and asking.again:
            # a hold ended since it was placed
            return ITEM_OWED
        if delivery.attempt > 1 and _came_since(session, delivery, asking):
            return "it came in another message since"
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


def _too_late(delivery: Delivery, standing: Standing, at: datetime) -> bool:
    if delivery.about.get("later"):
        day = local(delivery.due_at, standing.learner.zone).date()
        return at >= max(standing.hours.cutoff(day), instant(day, LATEST, standing.learner.zone))
    return delivery.unasked and delivery.place is not None and at >= standing.hours.cutoff(delivery.place)
