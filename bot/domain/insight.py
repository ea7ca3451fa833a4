"""Figures about knowledge that admins may be told: bands, of ten people or more, with chance mixed in. Pure.

Each answer goes into one figure at most, so that no two can be subtracted; besides, a small group's page, by choice.
To each count a number is added that is drawn once: heads before the first tail of one run of tosses of a coin, less
those of another, which is the geometric mechanism of differential privacy with alpha = 1/2 (explained by Coleman 2020,
"Releasing Counts with Differential Privacy", randorithms.com; looked up 2026-11-29). So whatever somebody knows, and
whoever tells them their own answers, a figure at most doubles the odds of any one answer
(docs/adr/0055-figures-about-knowledge.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

FEWEST_PEOPLE = 10
FEWEST_FOR_OWN = 20
"""The fewest people where the company wrote one of the questions itself."""
FEWEST_ANSWERS = 20
"""The fewest answers of a figure: with fewer, chance would decide too often which band is shown."""
FEWEST_QUESTIONS = 5
"""The fewest different questions of a figure about knowledge."""
FEWEST_VOLUNTEERS = 5
"""The fewest people who have added theirs to their group's page, before it shows anything."""
FEWEST_ACTIVE = 20
"""The fewest people assigned anything, below whom nobody is told how many were active."""
LOW, HIGH = 4, 7
"""In tenths: fewer than so many, and more than so many."""
COMFORTABLE = 4
"""From so many of five on, somebody is counted as comfortable."""

Toss = Callable[[], bool]
"""A fair coin: True for heads."""


class Band(IntEnum):
    """The part of the answers that were right: all that is told of it."""

    LOW = 0
    """Fewer than 4 in 10."""
    MIDDLE = 1
    """4 to 7 in 10."""
    HIGH = 2
    """More than 7 in 10."""


class FigureKind(StrEnum):
    """The kinds of figures. In each, a person is counted once for a track."""

    BEFORE_AFTER = "before_after"
    """The drawn items: when they were first asked, and thirty days later, by the same people."""
    LATER = "later"
    """The drawn items, sixty days later."""
    CONFIDENCE = "confidence"
    """How comfortable the same people were at the beginning and at the end."""
    CONFIDENCE_LATER = "confidence_later"
    """And sixty days after the end."""
    WORTH = "worth"
    """Whether items were worth the minute, of those who were asked."""
    MISSED = "missed"
    """The items that few knew when they were first asked; drawn ones aside."""
    GROUP = "group"
    """Before and after of those who chose to add theirs, made anew each month."""
    ACTIVE = "active"
    """How many of the whole workspace did something in the month before: a count, and nothing about knowledge."""


ABOUT_KNOWLEDGE = frozenset({FigureKind.BEFORE_AFTER, FigureKind.LATER, FigureKind.MISSED})


@dataclass(frozen=True)
class Tally:
    """So many answers, and so many of them right (or comfortable, or worth it)."""

    answers: int
    right: int


@dataclass(frozen=True, kw_only=True)
class Batch:
    """The people who are counted next in a figure, and their answers. Nobody in it was counted in one like it."""

    track_id: str
    kind: FigureKind
    people: frozenset[str]
    tallies: Mapping[str, Tally]
    """By moment (`before`, `after`); of the kind MISSED by item."""
    items: frozenset[str] = frozenset()
    """The items that the answers are about."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure as it is frozen. `bands`: by moment, or by item, each a `Band`."""

    workspace_id: str
    month: date
    """The first of the month in which it was made: of answers before that day, UTC."""
    track_id: str
    kind: FigureKind
    bands: Mapping[str, int]


def bands_of(batch: Batch, own_items: Collection[str], toss: Toss) -> dict[str, Band] | None:
    """Return the bands of a batch; None where too few people, answers or questions are in it, whatever they are.

    Of the kind MISSED only items with answers enough are in it.

    Args:
        batch: those who are counted next.
        own_items: the items that the company wrote itself.
        toss: a fair coin, tossed anew for each count.
    """
    if batch.kind is FigureKind.GROUP:
        # they have chosen it, and were told that others might work theirs out
        few = len(batch.people) < FEWEST_VOLUNTEERS
        return None if few else {name: exact_band(tally) for name, tally in sorted(batch.tallies.items())}
    fewest = FEWEST_FOR_OWN if batch.items & frozenset(own_items) else FEWEST_PEOPLE
    if len(batch.people) < fewest:
        return None
    told = {name: tally for name, tally in batch.tallies.items() if tally.answers >= FEWEST_ANSWERS}
    if batch.kind is FigureKind.MISSED:
        questions = len(told)
    else:
        questions = len(batch.items)
        if len(told) < len(batch.tallies):
            return None
    if not told or (batch.kind in ABOUT_KNOWLEDGE and questions < FEWEST_QUESTIONS):
        return None
    return {name: band(tally, toss) for name, tally in sorted(told.items())}


def band(tally: Tally, toss: Toss) -> Band:
    """Return the band of a count with chance mixed in."""
    return exact_band(Tally(tally.answers, tally.right + _heads(toss) - _heads(toss)))


def exact_band(tally: Tally) -> Band:
    """Return the band of a count as it is."""
    tenths = 10 * tally.right
    if tenths < LOW * tally.answers:
        return Band.LOW
    return Band.HIGH if tenths > HIGH * tally.answers else Band.MIDDLE


def _heads(toss: Toss) -> int:
    """Return how many heads come before the first tail."""
    heads = 0
    while toss():
        heads += 1
    return heads
