"""Hours and days inside a sentence: found here, read by the one reader of hours and days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from functools import cache
from zoneinfo import available_timezones

from bot.domain.reading import find_date, parse_hour, parse_until
from bot.domain.words import MONTHS
from bot.slack.phrases import Words

HOUR = re.compile(
    r"(?P<lead>\b(?:at|after|around|about|by|before|from|till|until|to)\s+)?"
    r"(?<![\d.:/-])\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*"
    r"(?P<half>a\.?m\.?\b|p\.?m\.?\b)?(?P<clock>\s*(?:o.?clock|uhr|h)\b)?(?![\d:/%-]|\w)(?!\s*(?:times|x|days|weeks|minutes|hours|mins|lessons|a\s+(?:day|week)|per)\b)",
    re.IGNORECASE,
)
NOON = re.compile(r"(?<!before )(?<!until )(?<!till )\b(noon|midday)\b", re.IGNORECASE)
AFTERNOON = re.compile(r"\b(afternoon|evening|tonight|night)\b", re.IGNORECASE)
BACK = re.compile(r"\b(?:back|returning)\b", re.IGNORECASE)
A_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
STARTS_ON = re.compile(
    r"\b(?:from|starting|beginning|as of)\s+(?:(?:on|the|next|this|coming)\s+)*"
    rf"(?:\d|tomorrow\b|week\b|month\b|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|{A_MONTH}\b)"
    r"|(?<![\d-])(?<!until )(?<!till )\d{1,2}(?:st|nd|rd|th)?\s*(?:-|–|—|to)\s*(?:the\s+)?\d{1,2}(?![\d-])",
    re.IGNORECASE,
)
"""A day on which something begins: "from monday", "9-13 march"."""
MONTH = re.compile(rf"\b(?:{A_MONTH}|(?<=in )may)\b", re.IGNORECASE)
HALF_DAY = 12
MORNING = 7


def is_somewhere(said: Sequence[str], lists: Words) -> bool:
    """*I am in Tokyo this week*: a city that a time zone is named after, and that somebody is in, or comes from."""
    line = " ".join(said)
    return any(
        f" {lead} {city} " in f" {line} "
        for lead in ("in", "to", "from", "at")
        for city in _cities() - lists.no_cities
        if city in line
    )


@cache
def _cities() -> frozenset[str]:
    names = (zone.rpartition("/")[2].replace("_", " ").lower() for zone in available_timezones() if "/" in zone)
    return frozenset(n for n in names if n.replace(" ", "").isalpha() and len(n) > len("east"))


def hour_in(text: str) -> time | None:
    """The hour that a text names; None when it names none."""
    for found in HOUR.finditer(text):
        if found["lead"] or found["minute"] or found["half"] or found["clock"]:
            hour = _hour(found, text)
            if hour is not None:
                return hour
    return time(HALF_DAY) if NOON.search(text) else None


def _hour(found: re.Match[str], text: str) -> time | None:
    number = int(found["hour"])
    half = (found["half"] or "").lower()[:1]
    late = half == "p" or (not half and number < MORNING and AFTERNOON.search(text))
    if half and not 1 <= number <= HALF_DAY:
        return None
    if late and number < HALF_DAY:
        number += HALF_DAY
    elif half == "a" and number == HALF_DAY:
        number = 0
    try:
        return parse_hour(f"{number}:{found['minute'] or '00'}")
    except ValueError:
        return None


def whole_hour(text: str, said: Sequence[str], lists: Words) -> time | None:
    """The hour, where a text says nothing but when messages should come."""
    hour = hour_in(text)
    rest = [w for w in said if not re.fullmatch(r"\d+(?:am|pm|h)?|am|pm|oclock|noon|midday", w)]
    return hour if lists.of_hours.union(lists.fillers).issuperset(rest) else None


def pause_until(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """The day until which somebody wants no messages; None where that isn't said, or no day ahead can be read."""
    if (lists.others | lists.somebody | lists.not_me).intersection(said):
        return None
    away = lists.away.intersection(said) and (lists.me.intersection(said) or said[0] in {"on", *lists.away})
    if not (away or lists.whole["pause"].intersection(said)):
        return None
    # what begins on another day is no pause from now on
    if any(p.search(" ".join(said) + " ") for p in lists.phrases["go_on"]) or STARTS_ON.search(text):
        return None
    # "on holiday, back on monday"
    _, _, after = text.lower().rpartition("back") if BACK.search(text) else ("", "", "")
    day = parse_until(text, today) or find_date(after.split(), today)
    if day is None or day <= today:
        return None
    # "in august, back on the 20th": of another month than the one that was read
    return day if all(m[:3].lower() == MONTHS[day.month - 1][:3] for m in MONTH.findall(text)) else None


def goes_on_from(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """The day from which somebody wants messages again: "resume on monday", "I'm back on the 14th"."""
    # "can we start again on monday" is the speaker's own wish
    if (lists.others | lists.somebody - {"we"} | lists.not_me).intersection(said):
        return None
    if any(p.search(" ".join(said) + " ") for p in lists.from_a_day):
        day = find_date(text.lower().split(), today)
        return day if day is not None and day > today else None
    return None
