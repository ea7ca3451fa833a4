"""The one extra line that a message may carry beside its item and reviews. Pure: what is known in, one rider out.

In this order: what is new about privacy, what has changed in something they had, how comfortable they would be with a
track's subject, whether their before and after may stand on their group's page, whether an item was worth the minute.
What isn't taken up lapses: nothing is brought a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LATEST_NOTICE = 3
"""The number of notices about privacy so far; `bot/messages/privacy.py` has their words."""
FIGURES_NOTICE = 2
"""The notice that says what reports tell: what was answered before it is in none."""
LOOK_UPS_NOTICE = 3
"""The notice that says that look-ups are counted: nobody's are before it."""
LATER_DAYS = 60
"""Days after the end of a track until it is asked about once more."""
LATER_SPAN = 30
"""Days for which that may wait for a message without another line."""
MOST_COMFORT = 5
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


class Moment(StrEnum):
    """The moments at which somebody is asked how comfortable they would be."""

    START = "start"
    """With the first item of a track."""
    END = "end"
    """With its closing message."""
    LATER = "later"
    """Sixty days after that."""


@dataclass(frozen=True)
class Comfort:
    """A question about a track: how comfortable somebody would be to discuss it with their board.

    `said`: 1 to 5, None until they said so.
    """

    track_id: str
    moment: Moment
    said: int | None = None

    def same(self, other: Rider) -> bool:
        """Return True for the same question, answered or not."""
        return isinstance(other, Comfort) and (self.track_id, self.moment) == (other.track_id, other.moment)


@dataclass(frozen=True)
class GroupPage:
    """A question whether somebody adds their before and after of a track to their group's page.

    `said`: None until they said so.
    """

    track_id: str
    said: bool | None = None

    def same(self, other: Rider) -> bool:
        """Return True for the same question, answered or not."""
        return isinstance(other, GroupPage) and self.track_id == other.track_id


@dataclass(frozen=True)
class UnknownRider:
    """A rider of another release, as it is stored; nothing is shown of it."""

    stored: str


Rider = PrivacyNotice | ChangedFact | Comfort | GroupPage | Worth | UnknownRider


def next_rider(
    *,
    notices: int,
    told: int,
    brought: Collection[Rider],
    changed: Sequence[ChangedFact],
    asks_worth: bool,
    comforts: Sequence[Comfort] = (),
    pages: Sequence[GroupPage] = (),
) -> Rider | None:
    """Return what the next message carries.

    Args:
        notices: how many notices about privacy there are.
        told: how many of them were there already when the person was welcomed.
        brought: the riders of earlier messages that came, or are about to.
        changed: the changes in items that they had before, in the order in which they are told.
        comforts: what may be asked about their tracks, in its order.
        pages: the groups' pages to which they may add theirs.
        asks_worth: the message's item is one of those that are asked about.
    """
    for number in range(told + 1, notices + 1):
        if PrivacyNotice(number) not in brought:
            return PrivacyNotice(number)
    for change in changed:
        if change not in brought:
            return change
    questions: tuple[Comfort | GroupPage, ...] = (*comforts, *pages)
    for question in questions:
        if not any(question.same(other) for other in brought):
            return question
    return Worth() if asks_worth else None


def comfort_after(finished_on: date, today: date) -> bool:
    """Return True on the days on which somebody is asked once more about a track that they finished."""
    return LATER_DAYS <= (today - finished_on).days <= LATER_DAYS + LATER_SPAN


def asks_worth(learner_id: str, number: int) -> bool:
    """Return True for every fourth asking of a learner. Who is asked about which item differs from one to the next.

    `number`: of the asking, among those of the learner.
    """
    first = hashlib.sha256(f"worth {learner_id}".encode()).digest()[0]
    return (number + first) % ONE_IN == 0
