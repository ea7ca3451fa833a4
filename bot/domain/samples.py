"""The sample of a track's items by which it is told whether the track worked: the same items before and after. Pure.

Two items of each track and learner are drawn at its start, and asked again after 30 and 60 days in wordings that nobody
has shown them, whatever was answered. Reviews come from misses, so that comparing those would sell regression to the
mean (Barnett, van der Pols and Dobson 2005, International Journal of Epidemiology 34(1), 215; looked up 2026-11-29).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

CHECK_AFTER = (30, 60)
"""Days from the item to its first and to its second check."""
DRAWN = 2
"""Items drawn of each track."""
FEWEST_WORDINGS = 3
"""The wordings an item needs to be drawn: one for the day, and one for each check."""
LAPSED = "-"
"""In the place of a check's asking: it couldn't be asked in words that are new."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An item drawn of a learner's track. A check is the id of its asking; None until it was asked, or `LAPSED`."""

    workspace_id: str
    learner_id: str
    track_id: str
    item_id: str
    drawn_on: date
    first_check: str | None = None
    second_check: str | None = None

    @property
    def open_checks(self) -> int:
        """Return how many of its checks are still to come."""
        return (self.first_check is None) + (self.second_check is None)

    def checked(self, asking_id: str) -> Sample:
        """Return it with its next check asked, or lapsed."""
        if self.first_check is None:
            return replace(self, first_check=asking_id)
        return replace(self, second_check=asking_id)

    def due_on(self, done_on: date) -> date | None:
        """Return the first day of its next check, from the day on which the item was done; None if none is left."""
        if not self.open_checks:
            return None
        return done_on + timedelta(days=CHECK_AFTER[len(CHECK_AFTER) - self.open_checks])


def draw(learner_id: str, track_id: str, wordings: Mapping[str, int]) -> tuple[str, ...]:
    """Return the items drawn of a track: by a hash, so that each is as likely as any other, and the same each time.

    `wordings`: how many wordings each item of the track has.
    """

    def place(item_id: str) -> bytes:
        return hashlib.sha256(f"sample {learner_id} {track_id} {item_id}".encode()).digest()

    able = [item_id for item_id, count in wordings.items() if count >= FEWEST_WORDINGS]
    return tuple(sorted(able, key=place)[:DRAWN])


def kept_for_checks(samples: Sequence[Sample], item_id: str) -> int:
    """Return how many of an item's last wordings are kept for checks that are still to come."""
    return max((sample.open_checks for sample in samples if sample.item_id == item_id), default=0)
