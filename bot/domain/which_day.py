"""A date that two readers read differently, such as 01/02/2027: which days could be meant, so that it can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.reading import AmbiguousDateError, parse_date

FAR = timedelta(days=366)
"""Nobody means a day further ahead."""


@dataclass(frozen=True)
class Either:
    """What was typed and the two days it could be, in words; `days` are those that can be chosen."""

    said: str
    days: tuple[date, ...]


def read_day(text: str, first: date, today: date) -> date | Either:
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
        near = tuple(day for day in ahead if day <= today + FAR)
        return Either(str(asked), near) if near else ahead[0]
