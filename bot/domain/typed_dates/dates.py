"""Dates as people type them: named, counted from today, with a month, in numbers."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

from bot.domain import vocabulary as w
from bot.domain.typed_dates.text import AmbiguousDateError, NoSuchDayError, ReadingError, bare, quoted, without_fillers
from bot.domain.typed_dates.weekdays import weekday

_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?$")
_NUMERIC = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{1,2})?)?$")


def parse_date(text: str, today: date) -> date:
    """Parse a date: "2027-01-04", "4 january", "1.1.2027", "tomorrow", "next monday", "in two weeks", "the 3rd".

    A day without a year is the next one from today on; a weekday is the next one after today. A date with a year may
    have passed.

    Raises:
        AmbiguousDateError: it could be either of two days, such as "01/02/2027".
        ReadingError: it is no date.
    """
    said = bare(text)
    for form in dict.fromkeys((said, without_fillers(said))):
        found = (
            _named(form, today) or _counted(form, today) or _of_month(form, today, text) or _numeric(form, today, text)
        )
        if found is not None:
            return found
    if (day := _ordinal(said, today)) is not None:
        return day
    like = example(today)
    raise ReadingError(
        f"“{quoted(text)}” isn't a date I can read. Write it like monday, {like.day} {w.MONTHS[like.month - 1]} or "
        f"{like.isoformat()}."
    )


def example(today: date) -> date:
    """Return an example date, a fortnight ahead, so that it is valid when it is read."""
    return today + timedelta(days=14)


def _named(said: str, today: date) -> date | None:
    if said in w.TODAY:
        return today
    if said in w.TOMORROW:
        return today + timedelta(days=1)
    if said in w.OVERMORROW:
        return today + timedelta(days=2)
    words = [word for word in said.split() if word not in w.NEXT]
    if len(words) == 1 and (day := weekday(words[0])) is not None:
        return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    if len(words) == 1 and (month := _month(words[0])) is not None:
        return date(today.year + (month <= today.month), month, 1)
    match said.split():
        case ["next" | "following", "week"]:
            return today + timedelta(days=7 - today.weekday())
        case ["next" | "following", "month"]:
            return _months_on(today.replace(day=1), 1)
        case ["next" | "following", "year"] | ["new", "year"]:
            return date(today.year + 1, 1, 1)
        case ["end", *_, "month"]:
            return today.replace(day=monthrange(today.year, today.month)[1])
        case ["end", *_, "year"]:
            return date(today.year, 12, 31)
    return None


def _counted(said: str, today: date) -> date | None:
    """Parse "in two weeks", "3 days", "a month from now"."""
    words = [word for word in said.split() if word not in {"in", "from", "now", "about", "another"}]
    if len(words) != 2:
        return None
    number = 1 if words[0] in w.ONE else w.NUMBERS.index(words[0]) if words[0] in w.NUMBERS else None
    # not isdigit, which is also true of signs that no number is made of, such as ፩
    if number is None and words[0].isdecimal():
        number = int(words[0][:4])
    unit = words[1].removesuffix("s")
    if not number or number > 400:
        return None
    if unit == "month":
        return _months_on(today, min(number, 24))
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    return None if days is None else today + timedelta(days=days * number)


def _months_on(day: date, number: int) -> date:
    month = day.month - 1 + number
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month(word: str) -> int | None:
    word = word.rstrip(".")
    if word in w.OTHER_MONTHS:
        return w.OTHER_MONTHS[word]
    return next((n for n, name in enumerate(w.MONTHS, 1) if word in {name, name[:3]}), None)


def _of_month(said: str, today: date, text: str) -> date | None:
    """Parse "4 january", "jan 4th 2027", "monday 4 january"."""
    words = said.replace(",", " ").split()
    named = weekday(words[0]) if words else None
    words = words[1:] if named is not None else words
    words = [word for word in words if word not in w.FILLERS]
    year = int(words.pop()) if len(words) == 3 and re.fullmatch("[0-9]{4}", words[-1]) else None
    if len(words) != 2:
        return None
    for number, name in (words, reversed(words)):
        day, month = _ORDINAL.match(number), _month(name)
        if day and month:
            found = _day_of(int(day[1]), month, year, today, text)
            if named is not None and found.weekday() != named:
                month_name, is_, said_ = w.MONTHS[month - 1].title(), w.WEEKDAYS[found.weekday()], w.WEEKDAYS[named]
                raise NoSuchDayError(
                    f"{found.day} {month_name} {found.year} is a {is_.title()}, not a {said_.title()}. Which is meant?"
                )
            return found
    return None


def _numeric(said: str, today: date, text: str) -> date | None:
    if re.fullmatch("[0-9]{8}", said):
        return _day_of(int(said[6:]), int(said[4:6]), int(said[:4]), today, text)
    found = _NUMERIC.match(said)
    if not found:
        return None
    first, sign, second, third = found[1], found[2], found[3], found[4]
    if len(first) == 4:
        return _day_of(int(third), int(second), int(first), today, text) if third else None
    if len(first) == 3 or (third and len(third) == 1):
        return None
    year = None if third is None else int(third) + (2000 if len(third) == 2 else 0)
    if sign == "." or int(first) > 12:
        return _day_of(int(first), int(second), year, today, text)
    if int(second) > 12:
        return _day_of(int(second), int(first), year, today, text)
    readings = (
        _day_of(int(first), int(second), year, today, text),
        _day_of(int(second), int(first), year, today, text),
    )
    if readings[0] == readings[1]:
        return readings[0]
    one, other = (f"{d.day} {w.MONTHS[d.month - 1].title()} {d.year}" for d in readings)
    raise AmbiguousDateError(f"“{quoted(text)}” could be {one} or {other}.", readings)


def _day_of(day: int, month: int, year: int | None, today: date, text: str) -> date:
    years = (year,) if year is not None else range(today.year, today.year + 9)
    for each in years:
        # 29 February is a day of some years only
        with suppress(ValueError):
            found = date(each, month, day)
            if year is not None or found >= today:
                return found
    raise NoSuchDayError(f"“{quoted(text)}” isn't a day that exists. Write it like {example(today).isoformat()}.")


def _ordinal(said: str, today: date) -> date | None:
    """Parse "the 3rd", the next day of that number."""
    words = [word for word in said.split() if word not in w.FILLERS]
    if len(words) != 1 or not re.fullmatch("[0-9]{1,2}(st|nd|rd|th)", words[0]):
        if not re.fullmatch(r"the [0-9]{1,2}", said):
            return None
        words = [said.rsplit(" ", 1)[1]]
    number = int(re.sub("[a-z]", "", words[0]))
    for ahead in range(62):
        day = today + timedelta(days=ahead)
        if day.day == number:
            return day
    return None
