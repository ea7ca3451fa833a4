"""Reminders of an open item: how many come, and what follows the last one. Pure, as the agenda is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.delivery import Asking

REMINDERS = 2
"""The number of reminders of one item. Without a sign of life after the last, nothing more comes by itself."""


@dataclass(frozen=True)
class BringAgain:
    """Send the open item itself again: it was put off, or a hold ended."""

    asking: Asking


@dataclass(frozen=True)
class Remind:
    """Remind of the open item. `last`: nothing more comes until the learner does something."""

    asking: Asking
    last: bool


@dataclass(frozen=True)
class FallSilent:
    """Send nothing: two reminders brought no sign of life."""


OfOpenItem = BringAgain | Remind | FallSilent | None
"""A decision about the open item; None: nothing on that day."""


def decide(waiting: Asking, day: date) -> OfOpenItem:
    """Decide what comes of an open item on a local date."""
    if waiting.not_before is not None and day < waiting.not_before:
        return None
    if waiting.again:
        return BringAgain(waiting)
    if waiting.reminders >= REMINDERS:
        return FallSilent()
    return Remind(waiting, last=waiting.reminders == REMINDERS - 1)
