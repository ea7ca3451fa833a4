"""Folding: an item is shown in full in one of its messages, the newest or the one in which it was requested."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.delivery import Delivery
from bot.domain.delivery_subject import ItemMessage, Reminder, Subject
from bot.planning.learner_state import LearnerState


def is_full(delivery: Delivery) -> bool:
    """Return True for a message that shows the whole item."""
    return delivery.brings_item and not delivery.folded


def show_here(state: LearnerState, delivery: Delivery) -> None:
    """Show the whole item in this message, and let the others link to it."""
    state.touch(delivery, about=_unfolded(delivery.about))
    fold_others(state, delivery)


def fold_others(state: LearnerState, shown: Delivery) -> None:
    """Fold the earlier messages of an item into a line and a button, since this one shows it now."""
    asking = state.asking(shown.asking_id) if shown.asking_id else None
    if asking is None:
        return
    for other in state.messages_of(asking):
        if other.delivery_id != shown.delivery_id and other.ts is not None and is_full(other):
            state.touch(other, about=_folded(other.about))


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
