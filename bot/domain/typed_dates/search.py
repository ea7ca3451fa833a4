"""Search for a date inside a longer text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain import vocabulary as w
from bot.domain.typed_dates.dates import parse_date
from bot.domain.typed_dates.text import AmbiguousDateError, NoSuchDayError, ReadingError, bare

MOST_UNTIL, MOST_BESIDE = 3, 3
MOST_WORDS = 7
"""The most words in an hour, a day or a date."""


def parse_until(text: str, today: date) -> date | None:
    """Return the day after the last "until" that is followed by one; None if that day isn't ahead.

    With an evening behind it, it is the day after: "until monday evening" is past Monday's lesson.

    `today`: the local date.
    """
    words = bare(text).split()
    for place in [n for n, word in enumerate(words, 1) if word in w.UNTIL][: -MOST_UNTIL - 1 : -1]:
        following = words[place : place + 2 * MOST_WORDS]
        if following[:1] == ["tonight"]:
            return today + timedelta(days=1)
        found = _search(following, today)
        if found is not None:
            day, end = found
            day += timedelta(days=bool(w.LATE.intersection(following[end : end + 1])))
            return day if day > today else None
    return None


def find_date(words: Sequence[str], today: date) -> date | None:
    """Return the longest date among some words; None if none can be parsed for certain.

    "end of march" and "the monday after easter" are other days than the march and the monday in them.
    """
    found = _search(words, today)
    return None if found is None else found[0]


def _search(words: Sequence[str], today: date) -> tuple[date, int] | None:
    """Return the longest date, and the index of the word behind it."""
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            end = first + length
            try:
                day = parse_date(" ".join(words[first:end]), today)
            except (AmbiguousDateError, NoSuchDayError):
                return None
            except ReadingError:
                continue
            beside = {*words[max(0, first - MOST_BESIDE) : first], *words[end : end + 1]}
            return None if w.UNSURE.intersection(beside) else (day, end)
    return None
