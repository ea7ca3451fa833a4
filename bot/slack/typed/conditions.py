"""The conditions of an admin's command: first day, hour, days, *restart*, an item's number.

Each begins with a word of its own, such as *from* or *at*. The words that no condition takes name the track.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import TypeVar

from bot.domain import vocabulary as w
from bot.domain.allowed_times import DayFault, admins_may_set, first_day_fault
from bot.domain.ambiguous_day import AmbiguousDay, read_day
from bot.domain.typed_dates import MOST_WORDS, ReadingError, bare, example, parse_days, parse_hour

NO_LAST_DAY = (
    "An assignment has a first day, such as `from monday`, and no last one. For days of the week write `on mon-fri`."
)
MOST_DAY_WORDS = 15
"""Seven days with signs between them."""
_BEGINNINGS = w.FROM | w.AT | w.ON | {"restart"}
Parsed = TypeVar("Parsed")


class Conditions:
    """The conditions taken so far out of one command. `today`: the admin's local date."""

    def __init__(self, verb: str, today: date) -> None:
        self._verb, self._today = verb, today
        self._assigns = verb == "assign"
        self.first_day: date | None = None
        self.either: AmbiguousDay | None = None
        """The first day, where it could be either of two."""
        self.at: time | None = None
        self.days: frozenset[int] | None = None
        self.number: int | None = None
        self.restart = False

    def take(self, left: list[str]) -> list[str]:
        """Take the conditions out of some words; return the words that are left.

        Raises:
            ReadingError: a condition has begun and can't be parsed.
        """
        names: list[str] = []
        while left:
            word = left.pop(0)
            said = bare(word)
            if self._assigns and self._begins(said, left):
                self._from(said, left)
            elif self._assigns and said in w.RANGE and _longest(left, self._date)[0]:
                raise ReadingError(NO_LAST_DAY)
            elif self._assigns and said in w.AT:
                self._hour(self._taken(left, parse_hour, self._hour_problem()))
            elif self._assigns and said in w.ON:
                self._on(left)
            elif self._assigns and said == "restart":
                self.restart = True
            elif said.removeprefix("#").isdecimal() and self._verb in {"preview", "status"}:
                self.number = int(said.removeprefix("#")[:4])
            else:
                names.append(word)
        return names

    def _begins(self, said: str, left: list[str]) -> bool:
        """Return True for a word that begins the first day."""
        if said in w.START:
            return _next_of(left) in w.AT or _longest(left, self._date)[0] > 0 or _next_of(left) in w.ON
        return said in w.FROM or (said == "as" and _next_of(left) == "of")

    def _from(self, said: str, left: list[str]) -> None:
        """Take the first day. "Starting at 8:30" has none: it names an hour."""
        if said != "from" and _next_of(left) in w.AT:
            return
        while len(left) > 1 and _next_of(left) in w.FROM | w.ON | {"of"}:
            del left[0]
        _, several = _longest(left, parse_days, MOST_DAY_WORDS)
        _, first = _longest(left, self._date)
        if first is None and several is not None:
            raise ReadingError(NO_LAST_DAY)
        self._begin(self._taken(left, self._date))
        # "from monday on"
        ends = not names_something(left[1:]) or _next_of(left[1:]) in _BEGINNINGS
        if _next_of(left) in w.ONWARDS or (_next_of(left) in w.ON and ends):
            del left[0]

    def _on(self, left: list[str]) -> None:
        """Take the days of the week, or the first day: "on mon, thu", "on 9 march"."""
        if (self.first_day or self.either) and not names_something(left):
            return
        while len(left) > 1 and _next_of(left) in w.ON:
            del left[0]
        length, days = _longest(left, parse_days, MOST_DAY_WORDS)
        longer, day = _longest(left, self._date_after_on)
        if day is not None and longer > length:
            self._begin(day)
            del left[:longer]
        elif days is not None:
            self.days = days
            del left[:length]
        elif left and any(map(str.isdecimal, left[0])) and (len(left) == 1 or bare(left[1]) not in w.SPANS):
            self._begin(self._taken(left, self._date))
        else:
            self._taken(left, parse_days)

    def _taken(self, left: list[str], reader: Callable[[str], Parsed], missing: str = "") -> Parsed:
        """Take the longest run of the next words that can be parsed, and return its value.

        Raises:
            ReadingError: none can.
        """
        length, found = _longest(left, reader)
        if found is not None:
            del left[:length]
            return found
        if not (following := _until_next(left)):
            raise ReadingError(missing or self._missing(reader))
        # parse the next words alone: the error says what is wrong with them
        first = next((n for n, word in enumerate(left[:following]) if bare(word) not in w.FILLERS), following - 1)
        reader(" ".join(left[: first + (2 if left[first][0].isdecimal() and following > first + 1 else 1)]))
        raise ReadingError(missing or self._missing(reader))

    def _missing(self, reader: object) -> str:
        if reader is parse_days:
            return "Please add days after *on*, such as `on mon-thu` or `on tue,thu`."
        return f"Please add a day after *from*, such as `from monday` or `from {example(self._today).isoformat()}`."

    def _date(self, text: str) -> date | AmbiguousDay:
        return read_day(text, self._today, self._today)

    def _date_after_on(self, text: str) -> date | AmbiguousDay:
        if w.SPANS.intersection(bare(text).split()):
            return self._date("")
        return self._date(text)

    def _begin(self, day: date | AmbiguousDay) -> None:
        if isinstance(day, AmbiguousDay):
            self.first_day, self.either = None, day
            return
        fault = first_day_fault(day, self._today)
        if fault is DayFault.TOO_FAR:
            raise ReadingError(f"{day.isoformat()} is more than a year ahead. Give me a day within a year.")
        if fault is DayFault.PASSED:
            raise ReadingError(f"{day.isoformat()} has passed. Leave the day out to begin now.")
        self.first_day, self.either = day, None

    def _hour(self, at: time) -> None:
        if not admins_may_set(at):
            raise ReadingError(self._hour_problem(at))
        self.at = at

    def _hour_problem(self, at: time | None = None) -> str:
        given = f"{at:%H:%M} is too early or too late for that. " if at else ""
        return (
            f"{given}Please add an hour between 07:00 and 19:00 after *at*, such as `at 08:30`. "
            "Only learners themselves can choose an earlier or later one."
        )


def _next_of(left: Sequence[str]) -> str:
    return bare(left[0]) if left else ""


def _until_next(left: Sequence[str]) -> int:
    """Return the number of words before the next condition."""
    return next((n for n, word in enumerate(left) if bare(word) in _BEGINNINGS), len(left))


def _longest(left: Sequence[str], reader: Callable[[str], Parsed], most: int = MOST_WORDS) -> tuple[int, Parsed | None]:
    """Return (how many of the next words can be parsed at most, their value)."""
    for length in range(_until_next(left[:most]), 0, -1):
        if bare(left[length - 1]) in w.RANGE:
            # the words before an end are no first day
            continue
        try:
            return length, reader(" ".join(left[:length]))
        except ReadingError:
            continue
    return 0, None


def names_something(names: Sequence[str]) -> bool:
    said = map(bare, names)
    return any(word not in w.BETWEEN_NAMES and any(map(str.isalnum, word)) for word in said)
