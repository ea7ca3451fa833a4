"""The one extra line that a message may carry beside its item and reviews. Pure: what is known in, one rider out.

In this order: what is new about privacy, what has changed in something they had, whether an item was worth the minute.
What isn't taken up lapses: nothing is brought a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

LATEST_NOTICE = 1
"""The number of notices about privacy so far; `bot/messages/privacy.py` has their words."""
ONE_IN = 4
"""Of so many items, one is asked about."""


@dataclass(frozen=True)
class PrivacyNotice:
    """A notice about privacy, by its number in the list of them; the first is 1."""

    number: int


@dataclass(frozen=True)
class ChangedFact:
    """A change in something that they had: the item, and the day that its author gave to the change."""

    item_id: str
    day: date


@dataclass(frozen=True)
class Worth:
    """A question on the worth of the message's item. `said`: None until they said so."""

    said: bool | None = None


@dataclass(frozen=True)
class UnknownRider:
    """A rider of another release, as it is stored; nothing is shown of it."""

    stored: str


Rider = PrivacyNotice | ChangedFact | Worth | UnknownRider


def next_rider(
    *, notices: int, told: int, brought: Collection[Rider], changed: Sequence[ChangedFact], asks_worth: bool
) -> Rider | None:
    """Return what the next message carries.

    Args:
        notices: how many notices about privacy there are.
        told: how many of them were there already when the person was welcomed.
        brought: the riders of earlier messages that came, or are about to.
        changed: the changes in items that they had before, in the order in which they are told.
        asks_worth: the message's item is one of those that are asked about.
    """
    for number in range(told + 1, notices + 1):
        if PrivacyNotice(number) not in brought:
            return PrivacyNotice(number)
    for change in changed:
        if change not in brought:
            return change
    return Worth() if asks_worth else None


def asks_worth(learner_id: str, number: int) -> bool:
    """Return True for every fourth asking of a learner. Who is asked about which item differs from one to the next.

    `number`: of the asking, among those of the learner.
    """
    first = hashlib.sha256(f"worth {learner_id}".encode()).digest()[0]
    return (number + first) % ONE_IN == 0
