"""Search for a date inside a longer text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain import vocabulary as w
from bot.domain.typed_dates.dates import parse_date
from bot.domain.typed_dates.text import AmbiguousDateError, NoSuchDayError, ReadingError, bare

MOST_UNTIL, MOST_BESIDE = 3, 3
MOST_WORDS = 7
"""The most words in an hour, a day or a date."""


def parse_until(text: str, today: date) -> date | None:
    """Return the day after the last "until" that is followed by one; None if that day isn't ahead.

    `today`: the local date.
    """
    words = bare(text).split()
    for place in [n for n, word in enumerate(words, 1) if word in w.UNTIL][: -MOST_UNTIL - 1 : -1]:
        day = find_date(words[place : place + 2 * MOST_WORDS], today)
        if day is not None:
            return day if day > today else None
    return None


def find_date(words: Sequence[str], today: date) -> date | None:
    """Return the longest date among some words; None if none can be parsed for certain.

    "end of march" and "the monday after easter" are other days than the march and the monday in them.
    """
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            try:
                day = parse_date(" ".join(words[first : first + length]), today)
            except (AmbiguousDateError, NoSuchDayError):
                return None
            except ReadingError:
                continue
            beside = {*words[max(0, first - MOST_BESIDE) : first], *words[first + length : first + length + 1]}
            return None if w.UNSURE.intersection(beside) else day
    return None
