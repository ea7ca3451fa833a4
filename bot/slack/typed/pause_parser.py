"""Parse the text behind `/learn pause`. Pure: text in, the day on which the pause ends out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain import vocabulary as w
from bot.domain.allowed_times import DayFault, pause_end_fault
from bot.domain.ambiguous_day import AmbiguousDay, read_day
from bot.domain.typed_dates import ReadingError, bare, parse_hour
from bot.slack.typed.command_text import people_in
from bot.slack.typed.pauses import is_whole_pause, pause_until, rest_until
from bot.slack.typed.phrases import spoken
from bot.slack.typed.word_lists import words as word_lists

_ROUND = ',;:!?()<>[]{}"-'
_TO_THE_MINUTE = re.compile(r"\d{1,2}(?:[:.h]\d{2})?(?:am|pm)|\d{1,2}:\d{2}")


def parse_pause(text: str, today: date) -> date | AmbiguousDay | None:
    """Return the date of `/learn pause [until DATE]`, None where none was named.

    Raises:
        ReadingError: it is none, or none that a pause can have.
    """
    said = _words(text)
    late = _without_hour(said)
    lead = bool(said) and said[0] in w.UNTIL
    phrase = " ".join(said[1:] if lead or (said and said[0] in w.OVER) else said)
    if not phrase or phrase in w.WITHOUT_END:
        return None
    if not lead and (end := _whole_span(phrase, today)):
        return end
    try:
        when = _end(said[0], phrase, today)
    except ReadingError:
        whole, in_a_message = _as_in_a_message(text, today)
        if not whole:
            raise
        return in_a_message
    if isinstance(when, AmbiguousDay):
        return when
    if late:
        when += timedelta(days=1)
    fault = pause_end_fault(when, today)
    if fault is DayFault.PASSED:
        raise ReadingError(f"{when.isoformat()} isn't ahead of us. Give me a later day, such as `until monday`.")
    if fault is DayFault.TOO_FAR:
        raise ReadingError("That is more than a year ahead. Leave *until* out to pause until you resume.")
    return when


def _end(first: str, phrase: str, today: date) -> date | AmbiguousDay:
    if first in w.FROM | w.START | w.ON_A_DAY:
        raise ReadingError("A pause begins at once. Give me the day on which it ends, such as `until monday`.")
    return read_day(phrase, today + timedelta(days=1), today)


def likely_end(text: str, today: date) -> date | None:
    """Return the day that may be meant by a text that can't be parsed for certain: it is only offered."""
    return rest_until(_message(text), word_lists(), today)


def _message(text: str) -> str:
    return f"pause {people_in(text)[1]}"


def _as_in_a_message(text: str, today: date) -> tuple[bool, date | None]:
    """Return (whether the same words are a pause in a message to the bot, the day on which it ends)."""
    lists, message = word_lists(), _message(text)
    said = spoken(message, lists)
    if (day := pause_until(message, said, lists, today)) is not None:
        return True, day
    return is_whole_pause(message, said, lists), None


def _words(text: str) -> list[str]:
    """Return the words that may name an end: without what is paused before them, and thanks after them."""
    said = [word for each in bare(people_in(text)[1]).split() if (word := each.strip(_ROUND))]
    while said and (said[0] in w.PAUSED or said[:2] == ["for", "now"]):
        del said[: 2 if said[0] == "for" else 1]
    if said[:1] and said[0] in w.FROM | w.START and said[1:2] and said[1] in w.TODAY:
        # "from now on", "from today until friday"
        del said[: 3 if said[2:3] and said[2] in w.ON | w.ONWARDS else 2]
    while said and said[-1] in w.THANKS:
        del said[-1]
    return said


def _without_hour(said: list[str]) -> bool:
    """Remove the hour behind the day; return True for one so late that the day's lesson comes before it."""
    if said and said[-1] == "tonight":
        said[-1] = "today"
        return True
    late = len(said) > 1 and said[-1] in w.LATE
    if late:
        del said[-1]
    least = 2 if said and said[0] in w.UNTIL else 1
    for length in (3, 2, 1):
        if len(said) >= least + length and _is_hour(said[-length:]):
            del said[-length:]
            break
    return late


def _is_hour(said: Sequence[str]) -> bool:
    text = " ".join(said)
    if text in w.EARLY or (len(said) == 1 and _TO_THE_MINUTE.fullmatch(text)):
        return True
    if said[0] != "at":
        return False
    try:
        parse_hour(text)
    except ReadingError:
        return False
    return True


def _whole_span(phrase: str, today: date) -> date | None:
    """Return the day after a span that is meant as a whole: *for today*, *this week*."""
    if phrase in w.THIS_DAY:
        return today + timedelta(days=1)
    monday = today + timedelta(days=7 - today.weekday())
    if phrase in w.THIS_WEEK | w.THIS_WEEKEND:
        return monday
    return monday + timedelta(days=7) if phrase == "next week" else None
