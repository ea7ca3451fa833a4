"""A lesson stands in full in one of its messages: the newest, or the one in which it was asked to be shown."""

from __future__ import annotations

from bot.context import AppContext
from bot.domain.delivery import Delivery, Slot
from bot.store import deliveries
from bot.store.database import Session

FOLDED, OPENED = "folded", "opened"
"""In what a delivery speaks of: it leads to another message; a reminder shows the item in its place."""


def is_full(delivery: Delivery) -> bool:
    """True for a message that shows the whole item."""
    return not delivery.about.get(FOLDED) and (delivery.slot is not Slot.REMINDER or bool(delivery.about.get(OPENED)))


def show_here(session: Session, ctx: AppContext, delivery: Delivery) -> None:
    """Let this message show the whole item, and the others lead to it."""
    about = {name: value for name, value in delivery.about.items() if name != FOLDED}
    if delivery.slot is Slot.REMINDER:
        about[OPENED] = True
    deliveries.touch(session, delivery, ctx.clock.real(), about=about)
    fold_others(session, ctx, delivery)


def fold_others(session: Session, ctx: AppContext, shown: Delivery) -> None:
    """The item stands in this message now: those that showed it before become a line and a button."""
    if shown.asking_id is None:
        return
    for other in deliveries.of_asking(session, shown.workspace_id, shown.asking_id):
        if other.delivery_id != shown.delivery_id and other.ts is not None and is_full(other):
            deliveries.touch(session, other, ctx.clock.real(), about={**other.about, FOLDED: True})
