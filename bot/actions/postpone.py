"""*Later today* and *Not today*."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.actions.answer import find_item
from bot.context import AppContext
from bot.domain.delivery import Asking, Delivery, Slot
from bot.domain.delivery_note import Later, NotToday, TooLate
from bot.domain.delivery_subject import ItemMessage
from bot.domain.local_time import LATER_HOURS, LATER_UNTIL, local
from bot.domain.people import Learner
from bot.planning.learner_state import load, new_delivery, withdraw_pending
from bot.planning.next_due import update_next_due
from bot.store import askings, deliveries
from bot.store.database import Session


def later(
    session: Session,
    ctx: AppContext,
    learner: Learner,
    delivery_id: str,
    at: datetime,
    caused_by: str,
    asking_id: str = "",
) -> None:
    """Send the same item once more in three hours; after 17:00 local, on the next learning day instead.

    Raises:
        UnknownButtonError: no such message of this learner.
    """
    delivery, asking = find_item(session, ctx, learner, delivery_id, asking_id)
    if asking.outcome is not None or _pending(session, asking):
        return
    if local(at, learner.zone).time() >= LATER_UNTIL:
        _tomorrow(session, ctx, learner, delivery, asking, at, TooLate)
        return
    due = at + timedelta(hours=LATER_HOURS)
    withdraw_pending(session, asking)
    deliveries.add(
        session,
        new_delivery(learner, Slot.ASKED, due, caused_by=caused_by, asking=asking, about=ItemMessage(later=True)),
    )
    # no reminder comes before what was asked for
    askings.update(session, asking, again=False, not_before=local(at, learner.zone).date() + timedelta(days=1))
    update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at, planned=True)
    deliveries.touch(session, delivery, ctx.clock.real(), note=Later(due))


def not_today(
    session: Session, ctx: AppContext, learner: Learner, delivery_id: str, at: datetime, asking_id: str = ""
) -> None:
    """Leave the item for the next learning day.

    Raises:
        UnknownButtonError: no such message of this learner.
    """
    delivery, asking = find_item(session, ctx, learner, delivery_id, asking_id)
    if asking.outcome is None:
        _tomorrow(session, ctx, learner, delivery, asking, at, NotToday)


def _tomorrow(
    session: Session,
    ctx: AppContext,
    learner: Learner,
    delivery: Delivery,
    asking: Asking,
    at: datetime,
    kind: type[NotToday | TooLate],
) -> None:
    state = load(session, ctx, learner.workspace_id, learner.learner_id)
    assert state is not None
    tomorrow = state.hours.today(at) + timedelta(days=1)
    withdraw_pending(session, asking)
    askings.update(session, asking, again=True, reminders=0, not_before=tomorrow)
    day = update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at, planned=True)
    deliveries.touch(session, delivery, ctx.clock.real(), note=kind(day))


def _pending(session: Session, asking: Asking) -> bool:
    found = deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
    return any(d.put_off and d.claimable_at is not None for d in found)
