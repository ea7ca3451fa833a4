"""Hours, learning days and cities inside a sentence: found here, parsed by `bot.domain.typed_dates`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from bot.domain.typed_dates import parse_days, parse_hour
from bot.slack.typed.phrases import trimmed
from bot.slack.typed.word_lists import Words

HALF_DAY = 12
_BARE_NUMBER = re.compile(r"\W*(?:\d{1,3}|[1-9]\d{3,})\W*")
"""A number that may be anything; 0830 is an hour."""
_WISHES = re.compile(r"[,;!?]|\.(?!\d)")


def is_somewhere(said: Sequence[str], lists: Words) -> bool:
    """Return True where a city with a time zone is named, as in *I am in Tokyo this week*."""
    line = " ".join(said)
    return any(
        f" {lead} {city} " in f" {line} "
        for lead in lists.before_city
        for city in _cities() - lists.no_cities
        if city in line
    )


@cache
def _cities() -> frozenset[str]:
    names = (zone.rpartition("/")[2].replace("_", " ").lower() for zone in available_timezones() if "/" in zone)
    return frozenset(n for n in names if n.replace(" ", "").isalpha() and len(n) > len("east"))


def hour_in(text: str, lists: Words) -> time | None:
    """Return the first hour in a text; None if there is none."""
    spoken = lists.times.spoken_hour.search(text)
    if spoken:
        try:
            return parse_hour(spoken[0])
        except ValueError:
            return None
    for found in lists.times.hour.finditer(text):
        if found["lead"] or found["minute"] or found["half"] or found["clock"]:
            hour = _hour(found, text, lists)
            if hour is not None:
                return hour
    return time(HALF_DAY) if lists.times.noon.search(text) else None


def wanted_hour_in(text: str, lists: Words) -> time | None:
    """Return the first hour in a text but for one that is declined, as in "not at 8"."""
    return hour_in(lists.times.unwanted_hour.sub("", text), lists)


def _hour(found: re.Match[str], text: str, lists: Words) -> time | None:
    number = int(found["hour"])
    half = (found["half"] or "").lower()[:1]
    afternoon = lists.times.afternoon.search(text) and not lists.times.forenoon.search(text)
    if half and not 1 <= number <= HALF_DAY:
        return None
    if (half == "p" or (not half and afternoon)) and number < HALF_DAY:
        number += HALF_DAY
    elif half == "a" and number == HALF_DAY:
        number = 0
    try:
        return parse_hour(f"{number}:{found['minute'] or '00'}")
    except ValueError:
        return None


def whole_hour(text: str, said: Sequence[str], lists: Words) -> time | None:
    """Return the hour of a text that only says when messages should come; None for any other text."""
    if _BARE_NUMBER.fullmatch(text) or lists.times.unwanted_hour.search(text):
        return None
    alone = " ".join(trimmed(list(said), lists))
    try:
        return parse_hour(text if alone == " ".join(said) else alone)
    except ValueError:
        hour = hour_in(text, lists)
    rest = [word for word in said if not lists.times.hour_word.fullmatch(word)]
    return hour if lists.of_hours.union(lists.fillers).issuperset(rest) else None


def whole_days(text: str, said: Sequence[str], lists: Words) -> bool:
    """Return True for a text that only says on which days messages should come."""
    alone = " ".join(trimmed(list(said), lists))
    try:
        return len(parse_days(text if alone == " ".join(said) else alone)) > 1
    except ValueError:
        return False


def wished_hour(text: str, said: Sequence[str], lists: Words) -> tuple[bool, time | None]:
    """Return (whether messages are asked for at an hour, the hour): None where only an unwanted hour is named."""
    others = lists.others | lists.subjects | lists.not_an_hour
    if others.intersection(said) or not lists.wants_hour.intersection(said):
        return False, None
    times = lists.times
    asked = text if lists.asks_for_an_hour.intersection(said) else times.current_hour.sub("", text)
    wanted = times.unwanted_hour.sub("", times.current_hour.sub("", asked) if times.complaint.match(asked) else asked)
    hours = [hour for part in _WISHES.split(wanted) if (hour := hour_in(part, lists)) is not None]
    if not hours:
        return bool(hour_in(text, lists)), None
    return True, None if lists.other_hour.intersection(said) else hours[-1]
