"""Hours, days and dates as people type them: one reader for commands, the DM, dialogs and settings.

Pure: the local date comes in as `today`. Whatever can't be read is said in words that can be shown as the answer.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, time, timedelta
from difflib import get_close_matches

from bot.domain import vocabulary as w

_DASH, _APOSTROPHE = "-", "'"
_APOSTROPHES = str.maketrans(dict.fromkeys("ʼ’‘‛′`´ʹʻʽ՚‵׳", _APOSTROPHE))
_QUOTES = '"“”„‟«»‹›「」『』〈〉《》＂″‚״〝〞〟❝❞⹂❮❯'
_EDGES = " \t\n.,;:!?…·*_~()[]"
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?$")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?$|([0-9]{1,2})([0-9]{2})$")
_RANGE_SIGNS = re.compile(f"[-=]*(?:{'|'.join(map(re.escape, w.RANGE_SIGNS))})[-.>]*")
_BETWEEN = re.compile(r"\bbetween (\S+) and (\S+)")
_DAYS = re.compile(r"[^\s,;/&+|·•.-]+|-+")
_NUMERIC = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{1,2})?)?$")
_SUFFIX = re.compile(r"(?<=[0-9])\s*([ap])\.?\s?m\b\.?|(?<=[0-9])\s*([ap])$")
MOST_UNTIL, MOST_BESIDE = 3, 3
MOST_WORDS = 7
"""No hour, day or date takes more."""


class ReadingError(ValueError):
    """What was typed isn't what was asked for. The text says what is wrong with it, and how it would be right."""


class NoSuchDayError(ReadingError):
    """It is written as a date, of a day that doesn't exist."""


class AmbiguousDateError(ReadingError):
    """It could be either of two dates."""

    def __init__(self, text: str, readings: tuple[date, date]) -> None:
        super().__init__(text)
        self.readings = readings


def normal(text: str) -> str:
    """What was typed, in one spelling: signs composed (NFKC), plain dashes and quotes, single spaces, lower case."""
    return " ".join("".join(_plain(sign) for sign in composed(text)).casefold().split())


def composed(text: str) -> str:
    """Signs composed (NFKC), and one apostrophe. That comes first: NFKC takes an acute accent that somebody typed for
    one (German, Spanish keyboards) to pieces.
    """
    return unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Pd" or sign in "−﹘":
        return _DASH
    if sign in _QUOTES:
        return '"'
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    # what can't be seen: joiners, marks of direction, soft hyphens
    return " " if kind in {"Zs", "Cc"} else "" if kind == "Cf" else sign


def bare(text: str) -> str:
    """As `normal`, without the signs around it: "Help?" is help."""
    return normal(text).strip(_EDGES + "\"'")


def parse_hour(text: str) -> time:
    """A time of day: "8:30", "8.30", "8:30 am", "0830", "noon", "half past eight".

    Raises:
        ReadingError: it is none, or leaves open which half of the day is meant.
    """
    said = bare(text)
    left = _without_fillers(said)
    if left in w.NOON:
        return time(12)
    if left in w.MIDNIGHT:
        return time(0)
    left, half = _half_of_day(left)
    for word in sorted(w.OCLOCK, key=len, reverse=True):
        left = re.sub(rf"(?<![a-z]){word.replace(' ', chr(39) + '? ?')}$", "", left).strip()
    found = _spoken_hour(left) or _clock(left)
    if found is None or found[0] > 23 or found[1] > 59:
        raise ReadingError(f"“{_shown(text)}” isn't an hour I can read. Write it like 08:30 or 8:30 am.")
    hour, minute = found
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not half and 1 <= hour <= 6 and (":" not in left and not left.startswith("0")):
        raise ReadingError(
            f"Is “{_shown(text)}” in the morning or in the afternoon? Write it like {hour} am or {hour + 12}:00."
        )
    return time(hour, minute)


def _half_of_day(said: str) -> tuple[str, str]:
    suffix = _SUFFIX.search(said)
    if suffix:
        half = "am" if (suffix[1] or suffix[2]) == "a" else "pm"
        return (said[: suffix.start()] + said[suffix.end() :]).strip(), half
    for half, names in (("am", w.BEFORE_NOON), ("pm", w.AFTER_NOON)):
        for name in names:
            if said.endswith(f" {name}"):
                return said.removesuffix(name).strip(), half
    return said, ""


def _clock(said: str) -> tuple[int, int] | None:
    found = _CLOCK.match(said)
    if not found:
        return None
    hour, minute, joined_hour, joined_minute = found.groups()
    if hour is None:
        return (int(joined_hour), int(joined_minute))
    return int(hour), int(minute or 0)


def _spoken_hour(said: str) -> tuple[int, int] | None:
    words = said.replace("-", " ").split()
    numbers = {name: n for n, name in enumerate(w.NUMBERS) if n} | {str(n): n for n in range(1, 13)}
    match words:
        case [name] if name in w.NUMBERS and name in numbers:
            return numbers[name], 0
        case ["half", "past", name] if name in numbers:
            return numbers[name], 30
        case ["quarter", "past", name] if name in numbers:
            return numbers[name], 15
        case ["quarter", "to", name] if name in numbers:
            return (numbers[name] - 1) % 12 or 12, 45
        case [name, "thirty"] if name in numbers:
            return numbers[name], 30
    return None


def parse_days(text: str) -> frozenset[int]:
    """Weekdays as numbers, Monday 0: "mon-thu", "mon, thu", "Tuesdays and Thursdays", "every day except friday".

    Raises:
        ReadingError: a day isn't one, or there are none.
    """
    said = bare(text)
    for negation in sorted(w.EXCEPT, key=len, reverse=True):
        before, found, after = f" {said} ".partition(f" {negation} ")
        if found and after.strip():
            kept = _days(before, text) if before.strip() else frozenset(range(5))
            if kept - _days(after, text):
                return kept - _days(after, text)
    return _days(said, text)


def _days(said: str, text: str) -> frozenset[int]:
    tokens = _day_words(said)
    days: set[int] = set()
    at = 0
    while at < len(tokens):
        group, taken = _group(tokens, at)
        if group is None:
            raise ReadingError(_no_day(tokens[at].strip(_DASH), text))
        at += taken
        if at + 1 < len(tokens) and tokens[at] == _DASH:
            last, taken = _group(tokens, at + 1)
            if last is None or len(group) > 1 or len(last) > 1:
                raise ReadingError(_no_day("", text))
            at += 1 + taken
            start, end = min(group), min(last)
            group = {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}
        days |= group
    if not days:
        raise ReadingError(_no_day("", text))
    return frozenset(days)


def _day_words(said: str) -> list[str]:
    """The words that name days, and a dash for whatever stands for one: "until" is dropped nowhere."""
    plain = _BETWEEN.sub(r"\1 - \2", _RANGE_SIGNS.sub(" - ", said))
    words = (_DASH if word in w.RANGE or word.startswith(_DASH) else word for word in _DAYS.findall(plain))
    kept = [word for word in words if word not in w.FILLERS]
    return [word for n, word in enumerate(kept) if word != _DASH or kept[n - 1 : n] != [_DASH]]


def _group(tokens: Sequence[str], at: int) -> tuple[set[int] | None, int]:
    """The days that one or two words name, and how many words these are."""
    for taken in (2, 1):
        name = " ".join(tokens[at : at + taken])
        for form in (name, name.removesuffix("s")):
            if form in w.DAY_GROUPS:
                return set(w.DAY_GROUPS[form]), taken
    if at < len(tokens) and tokens[at] in {"everyday", "daily", "all"}:
        return set(range(7)), 1
    day = weekday(tokens[at]) if at < len(tokens) else None
    return (None, 0) if day is None else ({day}, 1)


def _no_day(word: str, text: str) -> str:
    known = [*w.WEEKDAYS, *(name[:3] for name in w.WEEKDAYS)]
    near = get_close_matches(word, known, 1, 0.7)
    hint = f" Did you mean {near[0]}?" if near else " Write days like mon-thu, or tue, thu."
    return f"“{_shown(word or text)}” isn't a day of the week I know.{hint}"


def weekday(word: str) -> int | None:
    """A weekday's name or its beginning, also in the plural, as a number; None for another word."""
    for form in (word.rstrip("."), word.rstrip(".").removesuffix("s")):
        if form in w.OTHER_WEEKDAYS:
            return w.OTHER_WEEKDAYS[form]
        for day, name in enumerate(w.WEEKDAYS):
            if form in {name, name[:3]}:
                return day
    return None


def parse_date(text: str, today: date) -> date:
    """A date: "2027-01-04", "4 january", "1.1.2027", "tomorrow", "next monday", "in two weeks", "the 3rd".

    A day without a year is the next one from today on, a weekday's name the next one after today.
    A date may have passed.

    Raises:
        AmbiguousDateError: "01/02/2027" could be either of two days.
        ReadingError: it is no date.
    """
    said = bare(text)
    for form in dict.fromkeys((said, _without_fillers(said))):
        found = (
            _named(form, today) or _counted(form, today) or _of_month(form, today, text) or _numeric(form, today, text)
        )
        if found is not None:
            return found
    if (day := _ordinal(said, today)) is not None:
        return day
    like = example(today)
    raise ReadingError(
        f"“{_shown(text)}” isn't a date I can read. Write it like monday, {like.day} {w.MONTHS[like.month - 1]} or "
        f"{like.isoformat()}."
    )


def example(today: date) -> date:
    """A date to show how one is written: a fortnight ahead, so that it is valid on the day it is read."""
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
    """ "in two weeks", "3 days", "a month from now"."""
    words = [word for word in said.split() if word not in {"in", "from", "now", "about", "another"}]
    if len(words) != 2:
        return None
    number = 1 if words[0] in w.ONE else w.NUMBERS.index(words[0]) if words[0] in w.NUMBERS else None
    if number is None and words[0].isdigit():
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
    """ "4 january", "jan 4th 2027", "monday 4 january"."""
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
                raise ReadingError(
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
        return _day_of(int(third or 1), int(second), int(first), today, text) if third else None
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
    raise AmbiguousDateError(f"“{_shown(text)}” could be {one} or {other}.", readings)


def _day_of(day: int, month: int, year: int | None, today: date, text: str) -> date:
    years = (year,) if year is not None else range(today.year, today.year + 9)
    try:
        for each in years:
            if month == 2 and day == 29 and year is None and monthrange(each, 2)[1] == 28:
                continue
            found = date(each, month, day)
            if year is not None or found >= today:
                return found
    except ValueError:
        pass
    raise NoSuchDayError(f"“{_shown(text)}” isn't a day that exists. Write it like {example(today).isoformat()}.")


def _ordinal(said: str, today: date) -> date | None:
    """ "the 3rd": the next day of that number."""
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


def parse_until(text: str, today: date) -> date | None:
    """The day after the last "until" in a text that names one; None when there is none ahead.

    `today`: the local date.
    """
    words = bare(text).split()
    for place in [n for n, word in enumerate(words, 1) if word in w.UNTIL][: -MOST_UNTIL - 1 : -1]:
        day = find_date(words[place : place + 2 * MOST_WORDS], today)
        if day is not None:
            return day if day > today else None
    return None


def find_date(words: Sequence[str], today: date) -> date | None:
    """The date that stands among some words, the longest if several do; None when none can be read for certain.

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


def _without_fillers(said: str) -> str:
    words = (word.strip(",;") for word in said.split())
    return " ".join(word for word in words if word and word not in w.FILLERS)


def _shown(text: str) -> str:
    """What was typed, short enough to be said back."""
    said = " ".join(text.split())
    return said if len(said) <= 40 else f"{said[:39]}…"
