"""What people type after a slash command, read. Pure: text in, a parsed command or a problem out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TypeVar

from rapidfuzz import fuzz, process

from bot.domain import words as w
from bot.domain.content import Catalogue, Track
from bot.domain.reading import MOST_WORDS, ReadingError, bare, example, normal, parse_days, parse_hour
from bot.domain.timing import EARLIEST, LAST_FOR_ADMINS
from bot.domain.which_day import FAR, Either, read_day
from bot.slack.spelling import PERSON, as_typed, without_emoji

OTHER_VERBS = {
    "unassign": "remove",
    "delete": "remove",
    "enrol": "assign",
    "enroll": "assign",
    "stop": "pause",
    "quit": "pause",
    "continue": "resume",
    "who": "status",
    "figures": "status",
    "stats": "status",
    "lesson": "add",
    "lessons": "add",
    "create": "add",
    "write": "add",
    "reports": "report",
    "reporting": "report",
}
"""Words that mean one of the verbs, and that must not be taken for the one spelled most like them."""
ABOUT = frozenset({"add", "report"})
"""Verbs that change nothing without a person, and that a whole sentence may be about."""
MOST_TITLE = 20
"""No title has more words."""
NAME_THEM = "Name the people, each with an @."
_EVERYBODY = re.compile(r"<!(here|channel|everyone)(?:\|[^>]*)?>|(?:^|\s)@(here|channel|everyone)\b")
_GROUP = re.compile(r"<!subteam\^[A-Z0-9]+(?:\|@?([^>]*))?>")
_CHANNEL = re.compile(r"<#C[A-Z0-9]+(?:\|([^>]*))?>|(?:^|\s)#([\w-]+)")
_MAIL = re.compile(r"<mailto:([^|>]+)(?:\|[^>]*)?>|(?:^|[\s,;])([\w.+-]+@[\w-]+\.[\w.-]+)")
_SIGNS = " ,;.&+·•"
_DIRECTIONS = dict.fromkeys((0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
_BEGINNINGS = w.FROM | w.AT | w.ON | {"restart"}
Read = TypeVar("Read", date | Either, time, frozenset[int])


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
    either: Either | None = None
    """The first day, where that has to be asked."""


def verb_of(text: str, verbs: Sequence[str]) -> tuple[str, str, str]:
    """(verb, the rest, the nearest verb): the verb is "" when the first word isn't one. "Help?" is help."""
    first, *rest = text.split(maxsplit=1)[:2] if text.strip() else [""]
    left = rest[0].strip() if rest else ""
    word = bare(first)
    if not word:
        return "", left, ""
    word = OTHER_VERBS.get(word, word) if OTHER_VERBS.get(word) in verbs else word
    if word in verbs:
        return word, left, ""
    return "", left, nearest(word, verbs)


def about(text: str, verbs: Sequence[str]) -> str:
    """The verb that a question is about, such as "how do I add our own lesson?"; "" when it is about none."""
    if names_somebody(text):
        return ""
    meant = (OTHER_VERBS.get(word, word) for word in map(bare, text.split()))
    return next((verb for verb in meant if verb in ABOUT and verb in verbs), "")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; "" when none is."""
    found = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=55)
    return str(found[0]) if found else ""


def parse_command(verb: str, text: str, catalogue: Catalogue, today: date) -> ParsedCommand:
    """The people, track and conditions of `/track assign`, `remove`, `status` or `preview`, in any order."""
    if nobody := _no_person(text):
        return ParsedCommand(verb, problem=nobody)
    parsed = _parse(verb, text, catalogue, today)
    if (parsed.track is None or parsed.problem) and (found := _CHANNEL.search(text)):
        # but for a title with a # in it
        named = found[1] or found[2]
        return ParsedCommand(verb, problem=f"I can't take channels{f' (#{named})' if named else ''} yet. {NAME_THEM}")
    return parsed


def _parse(verb: str, text: str, catalogue: Catalogue, today: date) -> ParsedCommand:
    people = tuple(dict.fromkeys(PERSON.findall(text)))
    # Slack puts marks of direction around names
    said = as_typed(PERSON.sub(" ", text)).translate(_DIRECTIONS)
    raw = next((word for word in said.split() if word.startswith("@") and len(word) > 1), "")
    if raw:
        return ParsedCommand(
            verb,
            problem=f"I don't know who {raw.rstrip(_SIGNS)} is. Pick the name from the list that opens as you type @.",
        )
    return _Conditions(verb, catalogue, today).read(people, said.split())


def names_somebody(text: str) -> bool:
    """True where people are meant, whether they can be told who or not."""
    return "@" in text or bool(PERSON.search(text) or _CHANNEL.search(text) or _no_person(text))


def _no_person(text: str) -> str:
    """What stands where people should, in words; "" when nothing does."""
    if found := _EVERYBODY.search(text):
        return f"@{found[1] or found[2]} isn't a person, and I only assign to people by name. {NAME_THEM}"
    if found := _GROUP.search(text):
        named = f" (@{found[1]})" if found[1] else ""
        return f"I can't take groups{named} yet. {NAME_THEM}"
    if found := _MAIL.search(text):
        return f"I can't look people up by e-mail address ({found[1] or found[2]}). {NAME_THEM}"
    return ""


class _Conditions:
    """One line of an admin, word by word: conditions begin with a word of their own, what is left names the track."""

    def __init__(self, verb: str, catalogue: Catalogue, today: date) -> None:
        self._verb, self._catalogue, self._today = verb, catalogue, today
        self._assigns = verb == "assign"
        self.first_day: date | None = None
        self.either: Either | None = None
        self.at: time | None = None
        self.days: frozenset[int] | None = None
        self.number: int | None = None
        self.restart = False

    def read(self, people: tuple[str, ...], words: Sequence[str]) -> ParsedCommand:
        track, rest = _named_track(words, self._catalogue)
        try:
            names = self._conditions(rest)
        except ReadingError as unreadable:
            return ParsedCommand(self._verb, people, problem=str(unreadable))
        problem, near = "", tuple[str, ...]()
        if _names_something(names) and track is not None:
            problem = f"I didn't understand “{_trimmed(names)}” there. `/track help` shows what can be added."
        elif _names_something(names):
            problem, near = _no_track(_trimmed(names), self._catalogue)
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

    def _conditions(self, left: list[str]) -> list[str]:
        """Take the conditions out of the words, and leave the names."""
        names: list[str] = []
        while left:
            word = left.pop(0)
            said = bare(word)
            if self._assigns and said in w.FROM:
                self._begin(self._taken(left, self._date))
            elif self._assigns and said in w.AT:
                self._hour(self._taken(left, parse_hour, self._hour_problem()))
            elif self._assigns and said in w.ON and (left or not (self.first_day or self.either)):
                # but for "from monday on"
                self.days = self._taken(left, parse_days)
            elif self._assigns and said == "restart":
                self.restart = True
            elif said.isdecimal() and self._verb in {"preview", "status"}:
                self.number = int(said[:4])
            else:
                names.append(word)
        return names

    def _taken(self, left: list[str], reader: Callable[[str], Read], missing: str = "") -> Read:
        """The longest run of the next words that can be read, taken out of them.

        Raises:
            ReadingError: none can.
        """
        following = next((n for n, word in enumerate(left) if bare(word) in _BEGINNINGS), len(left))
        for length in range(min(MOST_WORDS, following), 0, -1):
            try:
                found = reader(" ".join(left[:length]))
            except ReadingError:
                continue
            del left[:length]
            return found
        if not following:
            raise ReadingError(missing or self._missing(reader))
        # it says what is wrong with what was given
        reader(" ".join(left[: 2 if left[0][0].isdecimal() and following > 1 else 1]))
        raise ReadingError(missing or self._missing(reader))

    def _missing(self, reader: object) -> str:
        if reader is parse_days:
            return "Please add days after *on*, such as `on mon-thu` or `on tue,thu`."
        return f"Please add a day after *from*, such as `from monday` or `from {example(self._today).isoformat()}`."

    def _date(self, text: str) -> date | Either:
        return read_day(text, self._today, self._today)

    def _begin(self, day: date | Either) -> None:
        if isinstance(day, Either):
            self.first_day, self.either = None, day
            return
        if day > self._today + FAR:
            raise ReadingError(f"{day.isoformat()} is more than a year ahead. Give me a day within a year.")
        if day < self._today:
            raise ReadingError(f"{day.isoformat()} has passed. Leave *from* out to begin now.")
        self.first_day, self.either = day, None

    def _hour(self, at: time) -> None:
        if not EARLIEST <= at <= LAST_FOR_ADMINS:
            raise ReadingError(self._hour_problem(at))
        self.at = at

    def _hour_problem(self, at: time | None = None) -> str:
        given = f"{at:%H:%M} is too early or too late for that. " if at else ""
        return (
            f"{given}Please add an hour between 07:00 and 19:00 after *at*, such as `at 08:30`. "
            "Only learners themselves can choose an earlier or later one."
        )


def _names_something(names: Sequence[str]) -> bool:
    return any(bare(name) not in w.BETWEEN_NAMES | {""} for name in names)


def _key(name: str) -> str:
    """A track's id or title as it is compared: no signs, no emoji, no words that name nothing."""
    said = "".join(sign if sign.isalnum() else " " for sign in normal(without_emoji(name)))
    words = said.split()
    return "-".join([word for word in words if word not in w.BETWEEN_NAMES] or words)


def _known(catalogue: Catalogue) -> dict[str, Track]:
    tracks = catalogue.tracks.values()
    return {**{_key(track.title): track for track in tracks}, **{_key(track.id): track for track in tracks}}


def _named_track(words: Sequence[str], catalogue: Catalogue) -> tuple[Track | None, list[str]]:
    """The track whose id or title stands among the words, the longest if several do, and the other words.

    It is looked for first: a title may hold a word that would else begin a condition, such as "At a glance".
    """
    known = _known(catalogue)
    for length in range(min(len(words), MOST_TITLE), 0, -1):
        for first in range(len(words) - length + 1):
            track = known.get(_key(" ".join(words[first : first + length])))
            if track is not None:
                return track, [*words[:first], *words[first + length :]]
    return None, list(words)


def _no_track(name: str, catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    """That there is no such track, and the nearest."""
    close = [
        str(match[0]) for match in process.extract(_key(name), list(catalogue.tracks), scorer=fuzz.WRatio, limit=3)
    ]
    return f"There is no track “{name}”.", tuple(close)


def _trimmed(names: Sequence[str]) -> str:
    return " ".join(name for name in names if name.strip(_SIGNS)).strip(_SIGNS)


def find_track(name: str, catalogue: Catalogue) -> ParsedCommand:
    """One track by its id or title."""
    words = as_typed(name).split()
    track = _known(catalogue).get(_key(" ".join(words)))
    if track is not None or not _names_something(words):
        return ParsedCommand("track", track=track)
    problem, near = _no_track(_trimmed(words), catalogue)
    return ParsedCommand("track", problem=problem, near=near)


def parse_pause(text: str, today: date) -> date | Either | None:
    """Return the date of `/learn pause [until DATE]`, None where none was named.

    Raises:
        ReadingError: it is none, or none that a pause can have.
    """
    said = bare(as_typed(text))
    if not said or said in {"please", "all", "all messages"} or said in w.UNTIL:
        return None
    until = next((word for word in w.UNTIL if said.startswith(f"{word} ")), "")
    when = read_day(said.removeprefix(until), today + timedelta(days=1), today)
    if isinstance(when, Either):
        return when
    if when <= today:
        raise ReadingError(f"{when.isoformat()} isn't ahead of us. Give me a later day, such as `until monday`.")
    if when > today + FAR:
        raise ReadingError("That is more than a year ahead. Leave *until* out to pause until you resume.")
    return when
