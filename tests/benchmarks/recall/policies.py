"""The policies that are compared: when an item first comes back, and by which rule afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.domain.spacing import CAP, FixedSteps, PastAnswer, Spacing, rights_in_a_row

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

CHECK = 24
"""Days after which a right first answer is checked once, after everything else."""
LEARNING_DAYS = (2, 2, 2, 4, 4)
"""Two learning days from a Monday, Tuesday and so on, in days."""


@dataclass(frozen=True, kw_only=True)
class FirstAnswer:
    """The answer to an item's question on the day of its lesson."""

    weekday: int
    asked_first: bool
    """Asked before the text, so that it was a guess unless the item was known."""
    right: bool
    recalled: bool
    """Right and sure."""


@dataclass(frozen=True)
class Opening:
    """How an item goes on after its lesson."""

    interval: int
    answers: tuple[PastAnswer, ...] = ()
    """What the rule of spacing knows so far."""
    check: bool = False
    """Only a check: it comes after all others, and a right answer ends it."""


@dataclass(frozen=True)
class Policy:
    """A rule of spacing, with how it opens. Without a rule nothing comes back."""

    name: str
    spacing: Spacing | None
    opening: Callable[[Spacing, FirstAnswer], Opening | None]


def from_a_miss(spacing: Spacing, first: FirstAnswer) -> Opening | None:
    """Open as the bot does: by the rule after a miss, unrated where it was asked first, with a check if right."""
    if first.asked_first:
        return Opening(LEARNING_DAYS[first.weekday])
    if first.right:
        return Opening(CHECK, check=True)
    return by_the_rule(spacing, first)


def by_the_rule(spacing: Spacing, first: FirstAnswer) -> Opening | None:
    """Open with the first answer as one like any other."""
    answers = (PastAnswer(0, first.recalled),)
    interval = spacing.next_interval(answers)
    return None if interval is None else Opening(interval, answers)


def only_wrong(spacing: Spacing, first: FirstAnswer) -> Opening | None:
    """Open where the first answer was wrong."""
    return None if first.right else by_the_rule(spacing, first)


@dataclass(frozen=True)
class TwelveOrTwentyFour:
    """Kerfoot's: 12 days after a wrong answer, 24 after a right one, and retired after two right in a row."""

    def next_interval(self, answers: Sequence[PastAnswer]) -> int | None:
        """Return the days to the next review."""
        rights = rights_in_a_row(answers)
        return None if rights >= 2 else 24 if rights else 12


@dataclass(frozen=True)
class Quarterly:
    """The physicians' trial's: a quarter later, twice. Within 180 days only the first one comes due."""

    def next_interval(self, answers: Sequence[PastAnswer]) -> int | None:
        """Return the days to the next review."""
        return 91 if len(answers) <= 2 else None


@dataclass(frozen=True)
class Fsrs:
    """The scheduler of the package fsrs with its default weights, in whole days. It is imported where it is used: the
    other benchmarks run without it.
    """

    retention: float

    def next_interval(self, answers: Sequence[PastAnswer]) -> int:
        """Return the days to the next review."""
        card = _card(self.retention, tuple(answers))
        assert card.last_review
        days: int = (card.due - card.last_review).days
        return days


@cache
def _scheduler(retention: float) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=CAP,
        enable_fuzzing=False,
    )


@cache
def _card(retention: float, answers: tuple[PastAnswer, ...]) -> Card:
    """Return the card after these answers. Histories are shared by many learners, hence the cache."""
    from fsrs import Card, Rating

    if not answers:
        return Card(card_id=1)
    *before, last = answers
    card = _card(retention, tuple(before))
    at = (card.last_review or datetime(2026, 1, 5, 12, tzinfo=UTC)) + timedelta(days=last.after if before else 0)
    return _scheduler(retention).review_card(card, Rating.Good if last.recalled else Rating.Again, at)[0]


NOTHING = Policy("no review", None, only_wrong)
OURS = Policy("steps 12, 24, 90, 180", FixedSteps(), from_a_miss)
FSRS = tuple(Policy(f"FSRS at {retention:.2f}", Fsrs(retention), from_a_miss) for retention in (0.80, 0.85, 0.90))
POLICIES = (
    NOTHING,
    Policy("a quarter later, as the physicians' trial", Quarterly(), only_wrong),
    Policy("12 days if wrong, 24 if right, every item", TwelveOrTwentyFour(), by_the_rule),
    Policy("12 days if wrong, 24 if right", TwelveOrTwentyFour(), from_a_miss),
    Policy("steps 2, 7, 24, 90, 180", FixedSteps((2, 7, 24, 90, 180)), from_a_miss),
    OURS,
    Policy("steps 12, 24, 90, 180, every item", FixedSteps(), by_the_rule),
    *FSRS,
)
"""From the simplest to the least simple. Where it doesn't say "every item", items open as the bot's do."""
