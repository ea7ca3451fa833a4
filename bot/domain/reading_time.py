"""The time that a message takes: counted, not felt."""

from __future__ import annotations

from bot.domain.content import WORDS_A_MINUTE, Item, words
from bot.domain.questions import AnyQuestion

MOST_SECONDS = 90.0
"""The most that a message of the day takes, its reviews included."""
TAP_SECONDS = 3.0
"""A tap, the look for the button included: a working assumption."""
REVIEW_TAPS = 2
"""The choice, and how sure one is."""


def item_seconds(item: Item) -> float:
    """Return the seconds that an item takes in the longest case, with the tap on its question."""
    return _read(words(item)) + TAP_SECONDS


def review_seconds(question: AnyQuestion) -> float:
    """Return the seconds that a review takes in the longest case: stem, choices, the longest reasons, its taps."""
    count = sum(len(part.split()) for part in question.longest_reading())
    return _read(count) + REVIEW_TAPS * TAP_SECONDS


def _read(count: int) -> float:
    return count * 60 / WORDS_A_MINUTE
