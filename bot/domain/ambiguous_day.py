"""Dates that two readers read differently, such as 01/02/2027, and the days each could mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.domain.allowed_times import MAX_AHEAD
from bot.domain.typed_dates import AmbiguousDateError, ReadingError, bare, parse_date
from bot.domain.vocabulary import UNTIL


@dataclass(frozen=True)
class AmbiguousDay:
    """An ambiguous date in words, and the days that can be chosen."""

    said: str
    days: tuple[date, ...]


def read_day(text: str, first: date, today: date) -> date | AmbiguousDay:
    """Parse a date; return both readings if it could be either.

    `first`: the earliest day that makes sense. If only one reading is on or after it, that one is meant. A reading too
    far ahead isn't dropped silently, since the typed date itself may be a mistake.

    Raises:
        ReadingError: it is no date.
    """
    try:
        return parse_date(text, today)
    except AmbiguousDateError as asked:
        ahead = [day for day in asked.readings if day >= first]
        if len(ahead) < len(asked.readings):
            return (ahead or asked.readings)[0]
        near = tuple(day for day in ahead if day <= today + MAX_AHEAD)
        return AmbiguousDay(str(asked), near) if near else ahead[0]


def written_until(text: str, today: date) -> date | AmbiguousDay | None:
    """Return the day written in one word after "until", such as 04/05; None if there is none.

    `today`: the local date, which the day must follow.
    """
    words = bare(text).split()
    for before, word in pairwise(words):
        # a weekday is never written so: "until tuesday 9 march" may contradict itself
        if before in UNTIL and any(map(str.isdecimal, word)):
            try:
                return read_day(word, today + timedelta(days=1), today)
            except ReadingError:
                continue
    return None
