"""What becomes of a message that isn't sent: its content is owed again."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery import Asking, Delivery, Slot, State
from bot.domain.delivery_subject import Closing
from bot.domain.local_time import LATEST, instant, local
from bot.planning.learner_state import LearnerState
from bot.store import askings, deliveries, enrolments
from bot.store.database import Session

WAITS = timedelta(hours=1)
"""How long at least an item that was asked for waits for Slack."""


def miss_stale(session: Session, state: LearnerState, at: datetime) -> bool:
    """Retire what was placed, never sent, and whose time has passed, before anything new is decided; True if any."""
    learner = state.learner
    pending = deliveries.pending(session, learner.workspace_id, learner.learner_id)
    stale = [d for d in pending if out_of_time(d, state, at)]
    for delivery in stale:
        retire_unsent(session, delivery, State.MISSED, "its time had passed")
    return bool(stale)


def out_of_time(delivery: Delivery, state: LearnerState, at: datetime) -> bool:
    """True when it is too late to send a message: its content comes on the next learning day instead.

    What nobody asked for ends with the hours of its date; *Later today* with those of that day; an item that was asked
    for with its day, or an hour after it was asked for.
    """
    zone = state.learner.zone
    day = local(delivery.due_at, zone).date()
    if delivery.put_off:
        return at >= max(state.hours.cutoff(day), instant(day, LATEST, zone))
    if delivery.unasked:
        return delivery.claimed_date is not None and at >= state.hours.cutoff(delivery.claimed_date)
    asked_for = delivery.slot is Slot.ASKED and delivery.asking_id is not None
    return asked_for and local(at, zone).date() > day and at - delivery.due_at >= WAITS


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
    elif isinstance(delivery.about, Closing):
        enrolment = enrolments.get(session, delivery.workspace_id, delivery.learner_id, delivery.about.track_id)
        if enrolment is not None:
            enrolments.update(session, enrolment, closed=False)


def _brought_otherwise(session: Session, delivery: Delivery, asking: Asking) -> bool:
    return any(
        other.claimable_at or other.lease_real or (other.ts and _comes_later(other, delivery))
        for other in _others(session, delivery, asking)
    )


def asked_for_since(session: Session, delivery: Delivery, asking: Asking) -> bool:
    """True when a later message has brought, or brings, what this one, whose reply was lost, was to bring."""
    return delivery.slot is not Slot.REMINDER and any(
        (other.ts or other.claimable_at or other.lease_real) and _comes_later(other, delivery)
        for other in _others(session, delivery, asking)
    )


def _others(session: Session, delivery: Delivery, asking: Asking) -> list[Delivery]:
    bringing = deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
    return [d for d in bringing if d.slot is not Slot.REMINDER and d.delivery_id != delivery.delivery_id]


def _comes_later(other: Delivery, delivery: Delivery) -> bool:
    # of two in the same moment the one that was tried less often is the later one; of two alike, one must come
    if (other.due_at, other.attempt) == (delivery.due_at, delivery.attempt):
        return other.ts is not None or other.delivery_id > delivery.delivery_id
    return (other.due_at, -other.attempt) > (delivery.due_at, -delivery.attempt)
