"""A date that two readers read differently, such as 01/02/2027: which days could be meant, so that it can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.domain.allowed_times import MAX_AHEAD
from bot.domain.typed_dates import AmbiguousDateError, ReadingError, bare, parse_date
from bot.domain.vocabulary import UNTIL


@dataclass(frozen=True)
class AmbiguousDay:
    """What was typed and the two days it could be, in words; `days` are those that can be chosen."""

    said: str
    days: tuple[date, ...]


def read_day(text: str, first: date, today: date) -> date | AmbiguousDay:
    """Return the day that is meant, or both where it could be either.

    `first`: the earliest day that makes sense. Of two readings one of which is before it, the other is meant; but one
    that is too far ahead may be what was typed by mistake, and so isn't left out in silence.

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
    """The day that is written in one word after "until", such as 04/05; None where none is.

    `today`: the local date; the day is ahead of it.
    """
    words = bare(text).split()
    for before, word in pairwise(words):
        if before in UNTIL:
            try:
                return read_day(word, today + timedelta(days=1), today)
            except ReadingError:
                continue
    return None
