"""What people type after a slash command, read. Pure: text in, a wish or a problem out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from rapidfuzz import fuzz, process

from bot.domain.content import Catalogue, Track
from bot.domain.timing import EARLIEST, LAST_FOR_ADMINS, parse_date, parse_days, parse_hour

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
GROUP = re.compile(r"<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>")
OTHER_NAMES = {
    "unassign": "remove",
    "delete": "remove",
    "add": "assign",
    "enrol": "assign",
    "enroll": "assign",
    "stop": "pause",
    "quit": "leave",
    "unsubscribe": "pause",
    "continue": "resume",
    "who": "status",
}
"""Words that mean one of the verbs, and that must not be taken for the one spelled most like them."""
FAR = timedelta(days=366)
CHANNEL = re.compile(r"<#C[A-Z0-9]+(?:\|[^>]*)?>|(?:^|\s)#\w")


@dataclass(frozen=True)
class Wish:
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


def verb_of(text: str, verbs: Sequence[str]) -> tuple[str, str, str]:
    """(verb, the rest, the nearest verb): the verb is "" when the first word isn't one."""
    first, _, rest = text.strip().partition(" ")
    word = first.lower()
    if not word:
        return "", "", ""
    word = OTHER_NAMES.get(word, word) if OTHER_NAMES.get(word) in verbs else word
    if word in verbs:
        return word, rest.strip(), ""
    return "", rest.strip(), nearest(word, verbs)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; "" when none is."""
    found = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=55)
    return str(found[0]) if found else ""


def read_wish(verb: str, text: str, catalogue: Catalogue, today: date) -> Wish:
    """The people, track and conditions of `/track assign`, `remove`, `status` or `preview`."""
    people = tuple(dict.fromkeys(MENTION.findall(text)))
    if GROUP.search(text) or CHANNEL.search(text):
        return Wish(verb, problem="I can't take groups or channels yet. Name the people, each with an @.")
    words = MENTION.sub(" ", text).replace("\u2068", " ").replace("\u2069", " ").split()
    raw = [w for w in words if w.startswith("@")]
    if raw:
        return Wish(
            verb, problem=f"I don't know who {raw[0]} is. Pick the name from the list that opens as you type @."
        )
    return _conditions(verb, people, words, catalogue, today)


def _conditions(verb: str, people: tuple[str, ...], words: list[str], catalogue: Catalogue, today: date) -> Wish:
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    number: int | None = None
    names: list[str] = []
    restart = False
    left = list(words)
    while left:
        word = left.pop(0)
        if word.lower() == "from" and verb == "assign":
            first_day = _date(left.pop(0) if left else "", today)
            if first_day is None:
                return Wish(
                    verb, problem=f"Please add a day after *from*, such as `from monday` or `from {_example(today)}`."
                )
            if first_day > today + FAR:
                return Wish(verb, problem="That is more than a year ahead. Give me a day within a year.")
            if first_day < today:
                return Wish(verb, problem=f"{first_day.isoformat()} has passed. Leave *from* out to begin now.")
        elif word.lower() == "at" and verb == "assign":
            at = _hour(left.pop(0) if left else "")
            if at is None or not EARLIEST <= at <= LAST_FOR_ADMINS:
                return Wish(
                    verb,
                    problem="Please add an hour between 07:00 and 19:00 after *at*, such as `at 08:30`. "
                    "Only learners themselves can choose an earlier or later one.",
                )
        elif word.lower() == "on" and verb == "assign":
            days = _days(left.pop(0) if left else "")
            if not days:
                return Wish(verb, problem="Please add days after *on*, such as `on mon-thu` or `on tue,thu`.")
        elif word.lower() == "restart" and verb == "assign":
            restart = True
        elif word.isascii() and word.isdigit() and verb in {"preview", "status"}:
            number = int(word[:4])
        else:
            names.append(word)
    track, problem, near = _track(" ".join(names), catalogue)
    return Wish(verb, people, track, first_day, at, days, restart, number, problem if names else "", near)


def _track(name: str, catalogue: Catalogue) -> tuple[Track | None, str, tuple[str, ...]]:
    wanted = "-".join(name.strip("\"'“”").lower().split())
    if not wanted:
        return None, "", ()
    by_title = {"-".join(t.title.lower().split()): t for t in catalogue.tracks.values()}
    known = {**by_title, **catalogue.tracks}
    if wanted in known:
        return known[wanted], "", ()
    close = [str(match[0]) for match in process.extract(wanted, list(catalogue.tracks), scorer=fuzz.WRatio, limit=3)]
    return None, f"There is no track “{name}”.", tuple(close)


def find_track(name: str, catalogue: Catalogue) -> Wish:
    """One track by its id or title."""
    track, problem, near = _track(name, catalogue)
    return Wish("track", track=track, problem=problem, near=near)


def _example(today: date) -> str:
    return (today + timedelta(days=14)).isoformat()


def _date(word: str, today: date) -> date | None:
    try:
        return parse_date(word, today)
    except ValueError:
        return None


def _hour(word: str) -> time | None:
    try:
        return parse_hour(word)
    except ValueError:
        return None


def _days(word: str) -> frozenset[int] | None:
    try:
        return parse_days(word)
    except ValueError:
        return None


def read_until(text: str, today: date) -> tuple[date | None, str]:
    """The date of `/learn pause [until DATE]`, and a problem in words."""
    words = [w for w in text.split() if w.lower() not in {"until", "till"}]
    if not words:
        return None, ""
    when = _date(" ".join(words), today)
    if when is None:
        return None, f"Please add a day after *until*, such as `until monday` or `until {_example(today)}`."
    if when <= today:
        return None, "That day isn't ahead of us. Give me a later one, such as `until monday`."
    if when > today + FAR:
        return None, "That is more than a year ahead. Leave *until* out to pause until you resume."
    return when, ""
