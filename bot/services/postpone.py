"""*Later today* and *Not today*."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery import Asking, Delivery, Slot
from bot.domain.people import Learner
from bot.domain.timing import LATER_HOURS, LATER_UNTIL, local
from bot.services.answer import find
from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.services.standing import look, new, withdraw_pending
from bot.store import askings, deliveries
from bot.store.database import Session


def later(session: Session, house: House, learner: Learner, delivery_id: str, at: datetime, cause: str) -> None:
    """Send the same item once more in three hours; after 17:00 local, on the next learning day instead.

    Raises:
        UnknownButtonError: no such message of this learner.
    """
    delivery, asking = find(session, house, learner, delivery_id)
    if asking.outcome is not None or _pending(session, asking):
        return
    if local(at, learner.zone).time() >= LATER_UNTIL:
        _tomorrow(session, house, learner, delivery, asking, at, "too_late")
        return
    due = at + timedelta(hours=LATER_HOURS)
    withdraw_pending(session, asking)
    deliveries.add(session, new(learner, Slot.ASKED, due, cause=cause, asking=asking, about={"later": True}))
    # no reminder comes before what was asked for
    askings.update(session, asking, again=False, not_before=local(at, learner.zone).date() + timedelta(days=1))
    reschedule(session, house, learner.workspace_id, learner.learner_id, at, planned=True)
    deliveries.touch(session, delivery, house.clock.real(), note=f"later|{due.isoformat()}")


def not_today(session: Session, house: House, learner: Learner, delivery_id: str, at: datetime) -> None:
    """Leave the item for the next learning day.

    Raises:
        UnknownButtonError: no such message of this learner.
    """
    delivery, asking = find(session, house, learner, delivery_id)
    if asking.outcome is None:
        _tomorrow(session, house, learner, delivery, asking, at, "not_today")


def _tomorrow(
    session: Session, house: House, learner: Learner, delivery: Delivery, asking: Asking, at: datetime, kind: str
) -> None:
    standing = look(session, house, learner.workspace_id, learner.learner_id)
    assert standing is not None
    tomorrow = standing.hours.today(at) + timedelta(days=1)
    withdraw_pending(session, asking)
    askings.update(session, asking, again=True, reminders=0, not_before=tomorrow)
    day = reschedule(session, house, learner.workspace_id, learner.learner_id, at, planned=True)
    note = f"{kind}|{day.isoformat() if day else ''}"
    deliveries.touch(session, delivery, house.clock.real(), note=note)


def _pending(session: Session, asking: Asking) -> bool:
    found = deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
    return any(d.about.get("later") and d.claimable_at is not None for d in found)
