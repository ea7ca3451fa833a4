"""A lesson stands in full in one of its messages: the newest, or the one in which it was asked to be shown."""

from __future__ import annotations

from dataclasses import replace

from bot.context import AppContext
from bot.domain.delivery import Delivery
from bot.domain.delivery_subject import ItemMessage, Reminder, Subject
from bot.store import deliveries
from bot.store.database import Session


def is_full(delivery: Delivery) -> bool:
    """True for a message that shows the whole item."""
    return delivery.brings_item and not delivery.folded


def show_here(session: Session, ctx: AppContext, delivery: Delivery) -> None:
    """Let this message show the whole item, and the others lead to it."""
    deliveries.touch(session, delivery, ctx.clock.real(), about=_unfolded(delivery.about))
    fold_others(session, ctx, delivery)


def fold_others(session: Session, ctx: AppContext, shown: Delivery) -> None:
    """The item stands in this message now: those that showed it before become a line and a button."""
    if shown.asking_id is None:
        return
    for other in deliveries.of_asking(session, shown.workspace_id, shown.asking_id):
        if other.delivery_id != shown.delivery_id and other.ts is not None and is_full(other):
            deliveries.touch(session, other, ctx.clock.real(), about=_folded(other.about))


def _unfolded(about: Subject) -> Subject:
    match about:
        case Reminder():
            return replace(about, opened=True, folded=False)
        case ItemMessage():
            return replace(about, folded=False)
        case _:
            return about


def _folded(about: Subject) -> Subject:
    return replace(about, folded=True) if isinstance(about, ItemMessage | Reminder) else about
