"""Parse some days, such as "21 december to 2 january". Pure."""

from __future__ import annotations

from datetime import date

from bot.domain import vocabulary as w
from bot.domain.allowed_times import DayFault, first_day_fault
from bot.domain.ambiguous_day import AmbiguousDay, read_day
from bot.domain.typed_dates import ReadingError, bare

LONGEST_DAYS = 92


def parse_span(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last of some days; one day alone is both.

    `today`: the local date.

    Raises:
        ReadingError: they can't be read, or can't be chosen; the text says why and what helps.
    """
    words = [word for word in text.replace("–", " - ").replace("—", " - ").split() if bare(word) not in w.FROM]
    at = next((n for n, word in enumerate(words) if word == "-" or bare(word) in w.RANGE), len(words))
    first = _day(" ".join(words[:at]), today)
    last = _day(" ".join(words[at + 1 :]), today) if at < len(words) else first
    if last < first:
        raise ReadingError(f"{last.isoformat()} comes before {first.isoformat()}. Give the first day first.")
    if first_day_fault(last, today) is DayFault.PASSED:
        raise ReadingError(f"{last.isoformat()} has passed. Give me days from today on.")
    if first_day_fault(last, today) is DayFault.TOO_FAR:
        raise ReadingError(f"{last.isoformat()} is more than a year ahead. Give me days within a year.")
    if (last - first).days >= LONGEST_DAYS:
        raise ReadingError(f"That is more than {LONGEST_DAYS} days. Set them in two parts.")
    return first, last


def _day(text: str, today: date) -> date:
    day = read_day(text, today, today)
    if isinstance(day, AmbiguousDay):
        raise ReadingError(f"{day.said} Write it like {day.days[0].isoformat()}.")
    return day
