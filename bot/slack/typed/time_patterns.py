"""Regular expressions for hours, days and spans inside a sentence, made from the words of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import vocabulary as w

_CLOCK = r"\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm)?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_PLACE = re.compile(r"(?<!\?P)<(\w+)>")
"""The placeholder of a name's words in a pattern."""


@dataclass(frozen=True, kw_only=True)
class TimePatterns:
    """One pattern for each thing that a sentence may say about time. Case doesn't count."""

    hour: re.Pattern[str]
    """An hour in figures, with groups for the words and signs that tell it from another number."""
    spoken_hour: re.Pattern[str]
    """ "half past eight"."""
    hour_word: re.Pattern[str]
    """One word of an hour."""
    noon: re.Pattern[str]
    forenoon: re.Pattern[str]
    afternoon: re.Pattern[str]
    current_hour: re.Pattern[str]
    """The hour at which messages come now: "it comes at 8"."""
    complaint: re.Pattern[str]
    """The beginning of a sentence about what happens now."""
    unwanted_hour: re.Pattern[str]
    """ "not at 8". *Not before 9* is an hour that is wanted."""
    start_day: re.Pattern[str]
    """A day on which something begins: "from monday", "9-13 march"."""
    month: re.Pattern[str]
    ahead: re.Pattern[str]
    """A day or span ahead: "tomorrow", "next week"."""
    day: re.Pattern[str]
    date_word: re.Pattern[str]
    """One word of a date, as `spoken` leaves it."""
    until: re.Pattern[str]
    back: re.Pattern[str]
    resuming: re.Pattern[str]
    """The beginning of a word that says when messages should come again."""
    duration: re.Pattern[str]
    """ "two weeks"; the group is all of it."""
    how_often: re.Pattern[str]
    """ "twice a week", which is no duration."""
    no_messages: re.Pattern[str]


def time_patterns(words: Mapping[str, str]) -> TimePatterns:
    """Return the patterns of a language. `words`: its alternatives by name, under `times` in its file."""
    named = {name: "(?:" + alternatives.replace(" ", r"\s+") + ")" for name, alternatives in words.items()}
    named |= {"weekday": _names(w.WEEKDAYS, w.OTHER_WEEKDAYS, ""), "clock": _CLOCK, "ordinal": _ORDINAL}
    named["month"] = _names(w.MONTHS, w.OTHER_MONTHS, words["month_or_word"])
    named |= {name: _not_behind(words[name]) for name in ("before_no_noon", "before_no_start")}

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(_PLACE.sub(lambda found: named[found[1]], pattern), re.IGNORECASE)

    return TimePatterns(
        hour=made(
            r"(?P<lead>\b<before_hour>\s+)?(?<![\d.:/-])\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*"
            r"(?P<half>a\.?m\.?\b|p\.?m\.?\b)?(?P<clock>\s*<oclock>\b)?(?![\d:/%-]|\w)(?!\s*<counted>\b)"
        ),
        spoken_hour=made(r"\b<part_of_hour>\s+<beside_hour>\s+\w+"),
        hour_word=made(r"\d+(?:h\d*|am|pm)?|am|pm|oclock|<noon>"),
        noon=made(r"<before_no_noon>\b<noon>\b"),
        forenoon=made(r"\b<forenoon>\b"),
        afternoon=made(r"\b<afternoon>\b"),
        current_hour=made(r"\b<comes>\s+(?:\w+\s+){0,2}?<at>\s+<clock>"),
        complaint=made(r"<complains>\b"),
        unwanted_hour=made(r"\b<instead_of>\s+(?:<at>\s+)?<clock>"),
        start_day=made(
            r"\b<starts>\s+(?:<before_day>\s+)*(?:\d|<day_or_span>\b|<weekday>\b|<month>\b)"
            r"|(?<![\d-])<before_no_start>\d{1,2}(?:st|nd|rd|th)?\s*(?:-|–|—|<to>)\s*(?:<the>\s+)?\d{1,2}(?![\d-])"
        ),
        month=made(r"\b(?:<month>|(?<=\b<before_month> )<month_or_word>)\b"),
        ahead=made(r"\b<ahead>\b"),
        day=made(r"\b(?:<weekday>|<month>|<ordinal>)\b"),
        date_word=made(r"\d+(?:st|nd|rd|th)?|<month>|<month_or_word>|<weekday>|<in_date>|<unit>|<amount>"),
        until=made(r"\b<until>\b"),
        back=made(r"\b<back>\b"),
        resuming=made(r"\b<resuming>"),
        duration=made(r"\b((?:\d{1,2}|<amount>)\s+<unit>)\b"),
        how_often=made(r"\b<often>\s+<often_unit>\b"),
        no_messages=made(r"\b<none_of>\s+(?:<more>\s+)?<messages>\b"),
    )


def _names(names: tuple[str, ...], others: Mapping[str, int], but: str) -> str:
    """Return the alternatives of names, of their first three letters and of `others`, without the word `but`."""
    forms = {*names, *(name[:3] for name in names), *others} - {but}
    return rf"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


def _not_behind(words: str) -> str:
    """Return what fails behind one of these words: a lookbehind each, since those need a fixed width."""
    return "".join(rf"(?<!{word} )" for word in words.split("|"))
