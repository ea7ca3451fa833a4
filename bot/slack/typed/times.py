"""Hours and days inside a sentence: found here, read by the one reader of hours and days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from bot.domain.ambiguous_day import written_until
from bot.domain.typed_dates import find_date, parse_days, parse_hour, parse_until
from bot.domain.vocabulary import MONTHS
from bot.slack.typed.phrases import trimmed
from bot.slack.typed.word_lists import Words

HOUR = re.compile(
    r"(?P<lead>\b(?:at|after|around|about|by|before|from|till|until|to)\s+)?"
    r"(?<![\d.:/-])\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*"
    r"(?P<half>a\.?m\.?\b|p\.?m\.?\b)?(?P<clock>\s*(?:o.?clock|uhr|h)\b)?(?![\d:/%-]|\w)(?!\s*(?:times|x|days|weeks|minutes|hours|mins|lessons|a\s+(?:day|week)|per)\b)",
    re.IGNORECASE,
)
NOON = re.compile(r"(?<!before )(?<!until )(?<!till )\b(noon|midday)\b", re.IGNORECASE)
AFTERNOON = re.compile(
    r"\b(afternoons?|evenings?|tonight|nights?|nachmittags?|abends?|tarde|soir|noite|sera)\b", re.IGNORECASE
)
BACK = re.compile(r"\b(?:back|returning)\b", re.IGNORECASE)
A_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
A_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
STARTS_ON = re.compile(
    r"\b(?:from|starting|beginning|as of)\s+(?:(?:on|the|next|this|coming)\s+)*"
    rf"(?:\d|tomorrow\b|week\b|month\b|{A_WEEKDAY}\b|{A_MONTH}\b)"
    r"|(?<![\d-])(?<!until )(?<!till )\d{1,2}(?:st|nd|rd|th)?\s*(?:-|–|—|to)\s*(?:the\s+)?\d{1,2}(?![\d-])",
    re.IGNORECASE,
)
"""A day on which something begins: "from monday", "9-13 march"."""
MONTH = re.compile(rf"\b(?:{A_MONTH}|(?<=in )may)\b", re.IGNORECASE)
AHEAD = re.compile(r"\b(?:next (?:week|month|year)|tomorrow)\b", re.IGNORECASE)
HALF_DAY = 12
FORENOON = re.compile(r"\bmornings?\b|\bbreakfast\b", re.IGNORECASE)
SPOKEN = re.compile(r"\b(?:half|quarter)\s+(?:past|to)\s+\w+", re.IGNORECASE)
A_TIME = re.compile(r"\b(?:a|an|per|every|each|once|twice) (?:week|month|day|fortnight)\b")
"""How often, and no span of days."""
COMES_AT = re.compile(
    r"\b(?:comes?|came|coming|sends?|sent|arrives?|arrived|arriving|gets?|got|now)\s+(?:\w+\s+){0,2}?at\s+"
    r"\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm)?",
    re.IGNORECASE,
)
"""The hour at which messages come now, where nobody asks for it."""
COMPLAINS_FIRST = re.compile(r"(?:it|they|you|this|these|why)\b", re.IGNORECASE)
GOING_ON = re.compile(r"\b(?:resum|restart|continu|start|send|back|go on|come)", re.IGNORECASE)
BARE_NUMBER = re.compile(r"\W*(?:\d{1,3}|[1-9]\d{3,})\W*")
"""It may be anything; 0830 is an hour."""
QUOTES = re.compile('["“”„«»]')
A_DATE = re.compile(
    rf"\d+(?:st|nd|rd|th)?|{A_MONTH}|may|{A_WEEKDAY}|today|tomorrow|next|the|of|in"
    r"|days?|weeks?|months?|an?|one|two|three|four|five|six|fortnight|noon|new|year"
)
"""A word of a date, as `spoken` leaves it."""
UNTIL = re.compile(r"\b(?:un)?till?\b|\bback\b|\bthru\b|\bthrough\b", re.IGNORECASE)
NOT_THIS_HOUR = re.compile(
    r"\b(?:not|instead of|rather than|no longer)\s+(?:at\s+)?\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm)?", re.IGNORECASE
)
"""The hour that somebody doesn't want. *Not before 9* is one that they do."""
NOTHING = re.compile(
    r"\b(?:no|not any|without) (?:more )?(?:lessons?|messages?|quiz\w*|reminders?|distractions?|training)\b"
)
A_DAY = re.compile(
    rf"\b(?:{A_WEEKDAY}|{A_MONTH}|\d{{1,2}}(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
FOR_SO_LONG = re.compile(
    r"\b((?:\d{1,2}|an?|one|two|three|four|five|six)\s+(?:days?|weeks?|months?|fortnights?))\b", re.IGNORECASE
)


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
    spoken = SPOKEN.search(text)
    if spoken:
        try:
            return parse_hour(spoken[0])
        except ValueError:
            return None
    for found in HOUR.finditer(text):
        if found["lead"] or found["minute"] or found["half"] or found["clock"]:
            hour = _hour(found, text)
            if hour is not None:
                return hour
    return time(HALF_DAY) if NOON.search(text) else None


def _hour(found: re.Match[str], text: str) -> time | None:
    number = int(found["hour"])
    half = (found["half"] or "").lower()[:1]
    late = half == "p" or (not half and AFTERNOON.search(text) and not FORENOON.search(text))
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
    if BARE_NUMBER.fullmatch(text) or NOT_THIS_HOUR.search(text):
        return None
    alone = " ".join(trimmed(list(said), lists))
    try:
        return parse_hour(text if alone == " ".join(said) else alone)
    except ValueError:
        hour = hour_in(text)
    rest = [w for w in said if not re.fullmatch(r"\d+(?:h\d*|am|pm)?|am|pm|oclock|noon|midday", w)]
    return hour if lists.of_hours.union(lists.fillers).issuperset(rest) else None


def whole_days(text: str, said: Sequence[str], lists: Words) -> bool:
    """Whether a text says nothing but on which days messages should come."""
    alone = " ".join(trimmed(list(said), lists))
    try:
        return len(parse_days(text if alone == " ".join(said) else alone)) > 1
    except ValueError:
        return False


def wished_hour(text: str, said: Sequence[str], lists: Words) -> tuple[bool, time | None]:
    """Whether messages are wished for at an hour, and at which; None where the one that is named doesn't suit."""
    whole = text
    if (lists.others | lists.subjects | lists.not_an_hour).intersection(said) or not lists.wants_hour.intersection(
        said
    ):
        return False, None
    if not lists.asks_for_an_hour.intersection(said):
        text = COMES_AT.sub("", text)
    meant = NOT_THIS_HOUR.sub("", COMES_AT.sub("", text) if COMPLAINS_FIRST.match(text) else text)
    clauses = [hour for part in re.split(r"[,;!?]|\.(?!\d)", meant) if (hour := hour_in(part)) is not None]
    if not clauses:
        return bool(hour_in(whole)), None
    return True, None if lists.other_hour.intersection(said) else clauses[-1]


def wishes_rest(text: str, said: Sequence[str], lists: Words) -> bool:
    """Whether nothing should come on some days: "on a trip next week", "hold them until thursday"."""
    line = A_TIME.sub(" ", " ".join(said))
    absent = (lists.absent | lists.quiet).intersection(said) or NOTHING.search(line)
    if lists.for_good.intersection(said) or not absent:
        return False
    return bool(lists.spans.intersection(line.split()) or A_DAY.search(line) or STARTS_ON.search(text))


def only_an_end(said: Sequence[str], lists: Words) -> bool:
    """Whether nothing but an end is named: "until monday", "for two weeks please"."""
    kept = trimmed(list(said), lists)
    return kept[:1] != [] and kept[0] in {"until", "till", "til", "for"} and all(map(A_DATE.fullmatch, kept[1:]))


def rest_until(text: str, today: date) -> date | None:
    """The day on which a rest ends that is only wished for, where it is named and begins now."""
    if begins_later(text):
        return None
    written = written_until(text, today)
    day = parse_until(text, today) or _after_so_long(text, today) or (written if isinstance(written, date) else None)
    return day if day is not None and day > today else None


def begins_later(text: str) -> bool:
    """Whether what is wished for begins on another day than today."""
    ahead = MONTH.search(text) or (AHEAD.search(text) and not GOING_ON.search(text))
    return bool(STARTS_ON.search(text) or (ahead and not UNTIL.search(text)))


def before_going_on(text: str) -> str:
    """What is said before somebody says when to go on."""
    return GOING_ON.split(text, maxsplit=1)[0]


def _after_so_long(text: str, today: date) -> date | None:
    found = FOR_SO_LONG.search(text)
    return find_date(["in", *found[1].lower().split()], today) if found else None


def pause_until(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """The day until which somebody wants no messages; None where that isn't said, or no day ahead can be read."""
    if (lists.others | lists.somebody | lists.not_me).intersection(said):
        return None
    away = lists.away.intersection(said) and (lists.me.intersection(said) or said[0] in {"on", *lists.away})
    if not (away or lists.whole["pause"].intersection(said)):
        return None
    # what begins on another day is no pause from now on
    if lists.phrases["go_on"].search(" ".join(said) + " ") or STARTS_ON.search(text):
        return None
    # "on holiday, back on monday"
    _, _, after = text.lower().rpartition("back") if BACK.search(text) else ("", "", "")
    if "?" not in text and (day := _paused_for(text, said, lists, today)) is not None:
        return day
    day = parse_until(text, today) or find_date(after.split(), today)
    if day is None or day <= today or not _says_nothing_else(text, said, lists):
        return None
    # "in august, back on the 20th": of another month than the one that was read
    return day if all(m[:3].lower() == MONTHS[day.month - 1][:3] for m in MONTH.findall(text)) else None


def _says_nothing_else(text: str, said: Sequence[str], lists: Words) -> bool:
    """Whether a message is about a pause of one's own and no more: with anything beside it, it is only offered."""
    if QUOTES.search(text) or ("?" in text and "you" not in said):
        return False
    if any(word == "leave" and said[n - 1] not in lists.leaves for n, word in enumerate(said) if n):
        # "I'll leave it until friday"
        return False
    until = next((n for n, word in enumerate(said) if word in {"until", "till", "back", "for"}), len(said))
    pause = lists.around_pause | lists.whole["pause"] | lists.away | lists.beside_a_pause
    rest = [word for word in said[until:] if not A_DATE.fullmatch(word)]
    return pause.issuperset(said[:until]) and pause.issuperset(rest)


def _paused_for(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """ "pause for two weeks", with nothing else said."""
    length = FOR_SO_LONG.search(text)
    rest = set(said) - set(length[1].lower().split()) if length else set(said)
    wish = lists.around_pause | lists.whole["pause"] | {"for", "next"}
    return _after_so_long(text, today) if length and wish.issuperset(rest) else None


def goes_on_from(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """The day from which somebody wants messages again: "resume on monday", "I'm back on the 14th"."""
    # "can we start again on monday" is the speaker's own wish
    if (lists.others | lists.somebody - {"we"} | lists.not_me).intersection(said):
        return None
    line = " ".join(said) + " "
    found = next((m for p in lists.from_a_day if (m := p.search(line))), None)
    if found is None:
        return None
    day = find_date(line[found.start() :].split(), today) or parse_until(text, today)
    day = day or find_date(text.lower().split(), today)
    next_monday = today + timedelta(days=7 - today.weekday())
    if day is not None and day <= next_monday and "next week" in line[: found.start()]:
        # "away next week, start again on thursday": the one at the end of it
        day += timedelta(days=7)
    return day if day is not None and day > today else None
