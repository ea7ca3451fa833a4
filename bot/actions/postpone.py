"""*Later today* and *Not today*."""

from __future__ import annotations

from datetime import timedelta

from bot.actions.answer import find_item
from bot.domain.delivery import Asking, Delivery, Slot
from bot.domain.delivery_note import Later, NotToday, TooLate
from bot.domain.delivery_subject import ItemMessage
from bot.domain.local_time import LATER_HOURS, LATER_UNTIL, local
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.planning.open_item import withdraw_pending


def later(state: LearnerState, delivery_id: str, caused_by: str, asking_id: str = "") -> None:
    """Send the same item again in three hours; after 17:00 local, on the next learning day instead.

    Raises:
        UnknownButtonError: no such message of this learner.
    """
    delivery, asking = find_item(state, delivery_id, asking_id)
    if asking.outcome is not None or _pending(state, asking):
        return
    now = local(state.at, state.learner.zone)
    if now.time() >= LATER_UNTIL:
        _tomorrow(state, delivery, asking, TooLate)
        return
    due = state.at + timedelta(hours=LATER_HOURS)
    withdraw_pending(state, asking)
    state.add(Slot.ASKED, due, caused_by=caused_by, asking=asking, about=ItemMessage(later=True))
    # no reminder comes before the requested item
    state.change_asking(asking, again=False, not_before=now.date() + timedelta(days=1))
    update_next_due(state, planned=True)
    state.touch(delivery, note=Later(due))


def not_today(state: LearnerState, delivery_id: str, asking_id: str = "") -> None:
    """Leave the item for the next learning day.

    Raises:
        UnknownButtonError: no such message of this learner.
    """
    delivery, asking = find_item(state, delivery_id, asking_id)
    if asking.outcome is None:
        _tomorrow(state, delivery, asking, NotToday)


def _tomorrow(state: LearnerState, delivery: Delivery, asking: Asking, kind: type[NotToday | TooLate]) -> None:
    tomorrow = state.today + timedelta(days=1)
    withdraw_pending(state, asking)
    state.change_asking(asking, again=True, reminders=0, not_before=tomorrow)
    day = update_next_due(state, planned=True)
    state.touch(delivery, note=kind(day))


def _pending(state: LearnerState, asking: Asking) -> bool:
    return any(d.put_off and d.claimable_at is not None for d in state.messages_of(asking))
