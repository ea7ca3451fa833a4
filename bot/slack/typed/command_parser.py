"""What people type after a slash command, read. Pure: text in, a parsed command or a problem out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TypeVar

from bot.domain import vocabulary as w
from bot.domain.allowed_times import DayFault, admins_may_set, first_day_fault
from bot.domain.ambiguous_day import AmbiguousDay, read_day
from bot.domain.content import Catalogue, Track
from bot.domain.typed_dates import MOST_WORDS, ReadingError, bare, example, parse_days, parse_hour
from bot.slack.typed.command_text import NAME_THEM, no_channel, no_person, not_by_name, people_in, typed
from bot.slack.typed.track_names import SIGNS, known_tracks, named_track, no_track, track_key, trimmed

NO_LAST_DAY = (
    "An assignment has a first day, such as `from monday`, and no last one. For days of the week write `on mon-fri`."
)
MOST_DAY_WORDS = 15
"""Seven days with signs between them."""
_BEGINNINGS = w.FROM | w.AT | w.ON | {"restart"}
Read = TypeVar("Read")


@dataclass(frozen=True)
class ParsedCommand:
    """A command taken apart. `problem` is what is wrong with it, worded for the person; "" when nothing is."""

    verb: str
    people: tuple[str, ...] = ()
    track: Track | None = None
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    number: int | None = None
    problem: str = ""
    near: tuple[str, ...] = field(default_factory=tuple)
    either: AmbiguousDay | None = None
    """The first day, where that has to be asked."""


def parse_command(verb: str, text: str, catalogue: Catalogue, today: date) -> ParsedCommand:
    """The people, track and conditions of `/track assign`, `remove`, `status` or `preview`, in any order."""
    if nobody := no_person(text):
        return ParsedCommand(verb, problem=nobody)
    parsed = _parse(verb, text, catalogue, today)
    if (parsed.track is None or parsed.problem) and (channel := no_channel(text)):
        # but for a title with a # in it
        return ParsedCommand(verb, problem=channel)
    return parsed


def _parse(verb: str, text: str, catalogue: Catalogue, today: date) -> ParsedCommand:
    people, said = people_in(text)
    raw = next((word for word in said.split() if word.startswith("@") and len(word) > 1), "")
    if raw:
        return ParsedCommand(
            verb,
            problem=f"I don't know who {raw.rstrip(SIGNS)} is. {NAME_THEM} "
            "Pick each from the list that opens as you type it. I can't take groups yet.",
        )
    return _Conditions(verb, catalogue, today).read(people, said.split())


class _Conditions:
    """One line of an admin, word by word: conditions begin with a word of their own, what is left names the track."""

    def __init__(self, verb: str, catalogue: Catalogue, today: date) -> None:
        self._verb, self._catalogue, self._today = verb, catalogue, today
        self._assigns = verb == "assign"
        self.first_day: date | None = None
        self.either: AmbiguousDay | None = None
        self.at: time | None = None
        self.days: frozenset[int] | None = None
        self.number: int | None = None
        self.restart = False

    def read(self, people: tuple[str, ...], words: Sequence[str]) -> ParsedCommand:
        track, rest = named_track(words, self._catalogue)
        try:
            names = self._conditions(rest)
        except ReadingError as unreadable:
            return ParsedCommand(self._verb, people, problem=str(unreadable))
        problem, near = self._unread(names, people, track)
        return ParsedCommand(
            self._verb,
            people,
            track,
            self.first_day,
            self.at,
            self.days,
            self.restart,
            self.number,
            problem,
            near,
            self.either,
        )

    def _unread(self, names: list[str], people: Sequence[str], track: Track | None) -> tuple[str, tuple[str, ...]]:
        """What is wrong with the words that no condition took, and the nearest tracks."""
        ignored = w.BETWEEN_NAMES if self._assigns else w.BETWEEN_NAMES | w.AROUND_A_TRACK
        said = [word for name in names if (word := bare(name)) not in ignored and any(map(str.isalnum, word))]
        if not people and said and (w.WHOLE_GROUPS.issuperset(said) or w.EVERYBODY.intersection(said)):
            # a status of everybody is one of all
            everybody = "" if self._verb == "status" else not_by_name(f"“{' '.join(said)}”")
            return everybody, ()
        if not said:
            return "", ()
        if track is not None:
            # "henrik", without his @
            instead = (
                "`/track help` shows what can be added."
                if people or self._verb not in {"assign", "remove"}
                else NAME_THEM
            )
            return f"I didn't understand “{trimmed(names)}” there. {instead}", ()
        while bare(names[0]) in ignored:
            del names[0]
        return no_track(trimmed(names), self._catalogue)

    def _conditions(self, left: list[str]) -> list[str]:
        """Take the conditions out of the words, and leave the names."""
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
        """Whether a word begins the first day."""
        if said in w.START:
            return _next_of(left) in w.AT or _longest(left, self._date)[0] > 0 or _next_of(left) in w.ON
        return said in w.FROM or (said == "as" and _next_of(left) == "of")

    def _from(self, said: str, left: list[str]) -> None:
        """The first day. "Starting at 8:30" names an hour."""
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
        ends = not _names_something(left[1:]) or _next_of(left[1:]) in _BEGINNINGS
        if _next_of(left) in w.ONWARDS or (_next_of(left) in w.ON and ends):
            del left[0]

    def _on(self, left: list[str]) -> None:
        """The days of the week, or the first day: "on mon, thu", "on 9 march"."""
        if (self.first_day or self.either) and not _names_something(left):
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

    def _taken(self, left: list[str], reader: Callable[[str], Read], missing: str = "") -> Read:
        """The longest run of the next words that can be read, taken out of them.

        Raises:
            ReadingError: none can.
        """
        length, found = _longest(left, reader)
        if found is not None:
            del left[:length]
            return found
        if not (following := _until_next(left)):
            raise ReadingError(missing or self._missing(reader))
        # it says what is wrong with what was given
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
    """How many words there are before the next condition."""
    return next((n for n, word in enumerate(left) if bare(word) in _BEGINNINGS), len(left))


def _longest(left: Sequence[str], reader: Callable[[str], Read], most: int = MOST_WORDS) -> tuple[int, Read | None]:
    """How many of the next words can be read at most, and as what."""
    for length in range(_until_next(left[:most]), 0, -1):
        if bare(left[length - 1]) in w.RANGE:
            # something is said to end then
            continue
        try:
            return length, reader(" ".join(left[:length]))
        except ReadingError:
            continue
    return 0, None


def _names_something(names: Sequence[str]) -> bool:
    said = map(bare, names)
    return any(word not in w.BETWEEN_NAMES and any(map(str.isalnum, word)) for word in said)


def find_track(name: str, catalogue: Catalogue) -> ParsedCommand:
    """One track by its id or title."""
    words = typed(name).split()
    track = known_tracks(catalogue).get(track_key(" ".join(words)))
    if track is not None or not _names_something(words):
        return ParsedCommand("track", track=track)
    problem, near = no_track(trimmed(words), catalogue)
    return ParsedCommand("track", problem=problem, near=near)
