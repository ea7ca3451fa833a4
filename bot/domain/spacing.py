"""The spacing of reviews: how many days until an item comes back. Pure: the answers so far in, whole days out.

Why fixed steps, and these: docs/adr/0043-spacing-by-fixed-steps.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

CAP = 180
"""The longest interval in days, whatever a rule says: half a year is about as long as people stay in a course."""

STEPS = (12, 24, 90, CAP)
"""Days after a miss, after the first right answer since, after the second, and so on; the last one repeats."""


@dataclass(frozen=True)
class PastAnswer:
    """One answer to an item's question, as a rule of spacing sees it."""

    after: int
    """Whole local days since the answer before it, 0 for the first."""
    recalled: bool
    """Right and sure. A right guess counts as a miss here, and is shown to the learner as right."""


class Spacing(Protocol):
    """A rule of spacing. The same answers always give the same interval."""

    def next_interval(self, answers: Sequence[PastAnswer]) -> int | None:
        """Return the days from the last of these answers to the next review, at most CAP; None retires the item."""


@dataclass(frozen=True)
class FixedSteps:
    """Grow the interval step by step with each right answer in a row, and begin anew on a miss."""

    steps: tuple[int, ...] = STEPS

    def next_interval(self, answers: Sequence[PastAnswer]) -> int:
        """Return the step that belongs to the number of right answers since the last miss."""
        return self.steps[min(rights_in_a_row(answers), len(self.steps) - 1)]


def rights_in_a_row(answers: Sequence[PastAnswer]) -> int:
    """Return how many of the last answers were recalled, without a miss between them."""
    count = 0
    for answer in reversed(answers):
        if not answer.recalled:
            break
        count += 1
    return count
