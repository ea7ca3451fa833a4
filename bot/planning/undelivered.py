"""Undelivered messages: their content is planned again."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.delivery import Asking, Delivery, Slot, State
from bot.domain.delivery_subject import Closing
from bot.domain.local_time import LATEST, instant, local
from bot.planning.learner_state import LearnerState

WAITS = timedelta(hours=1)
"""The shortest time that a requested item waits for Slack."""


def miss_stale(state: LearnerState) -> bool:
    """Retire unsent messages whose time has passed, before anything new is decided; return True if there were any."""
    stale = [d for d in state.pending if out_of_time(state, d)]
    for delivery in stale:
        retire_unsent(state, delivery, State.MISSED, "its time had passed")
    return bool(stale)


def out_of_time(state: LearnerState, delivery: Delivery) -> bool:
    """Return True if it is too late to send a message, whose content then comes on the next learning day.

    An unasked message ends with the hours of its date, *Later today* with those of that day. A requested item ends with
    its day, but not within an hour of the request.
    """
    at, zone = state.at, state.learner.zone
    day = local(delivery.due_at, zone).date()
    if delivery.put_off:
        return at >= max(state.hours.cutoff(day), instant(day, LATEST, zone))
    if delivery.unasked:
        return delivery.claimed_date is not None and at >= state.hours.cutoff(delivery.claimed_date)
    asked_for = delivery.slot is Slot.ASKED and delivery.asking_id is not None
    return asked_for and local(at, zone).date() > day and at - delivery.due_at >= WAITS


def retire_unsent(state: LearnerState, delivery: Delivery, end: State, reason: str) -> None:
    """Retire a delivery, and let its content come again unless something else brings it."""
    state.retire(delivery, end, reason)
    if delivery.asking_id is not None:
        asking = state.asking(delivery.asking_id)
        if asking is None or asking.outcome is not None:
            return
        if delivery.slot is Slot.REMINDER:
            state.change_asking(asking, reminders=max(0, asking.reminders - 1))
        elif not _brought_otherwise(state, delivery, asking):
            state.change_asking(asking, again=True)
    elif isinstance(delivery.about, Closing):
        enrolment = state.enrolment(delivery.about.track_id)
        if enrolment is not None:
            state.change_enrolment(enrolment, closed=False)


def _brought_otherwise(state: LearnerState, delivery: Delivery, asking: Asking) -> bool:
    return any(
        other.claimable_at or other.lease_real or (other.ts and _comes_later(other, delivery))
        for other in _others(state, delivery, asking)
    )


def asked_for_since(state: LearnerState, delivery: Delivery, asking: Asking) -> bool:
    """Return True if a later message brings what this one, whose reply was lost, was to bring."""
    return delivery.slot is not Slot.REMINDER and any(
        (other.ts or other.claimable_at or other.lease_real) and _comes_later(other, delivery)
        for other in _others(state, delivery, asking)
    )


def _others(state: LearnerState, delivery: Delivery, asking: Asking) -> list[Delivery]:
    bringing = state.messages_of(asking)
    return [d for d in bringing if d.slot is not Slot.REMINDER and d.delivery_id != delivery.delivery_id]


def _comes_later(other: Delivery, delivery: Delivery) -> bool:
    # of two at the same instant, the one with fewer attempts counts as later; of two alike, one must come
    if (other.due_at, other.attempt) == (delivery.due_at, delivery.attempt):
        return other.ts is not None or other.delivery_id > delivery.delivery_id
    return (other.due_at, -other.attempt) > (delivery.due_at, -delivery.attempt)
