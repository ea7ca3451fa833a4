"""Pauses inside a sentence: which are asked for outright, which may be, when they end and when they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.allowed_times import pause_end_fault
from bot.domain.ambiguous_day import written_until
from bot.domain.intents import Meaning
from bot.domain.typed_dates import find_date, parse_until
from bot.domain.vocabulary import MONTHS
from bot.slack.typed.phrases import trimmed
from bot.slack.typed.word_lists import Words

_QUOTES = re.compile('["“”„«»]')


def is_whole_pause(text: str, said: Sequence[str], lists: Words) -> bool:
    """Return True for a text that asks for a pause without an end, and for nothing else."""
    return lists.whole_of(said) == Meaning.PAUSE and lists.is_plain(text, said)


def pause_until(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """Return the day on which a pause ends that is asked for outright; None for any other text.

    `today`: the local date, which the day follows by no more than a pause may last.
    """
    if (lists.others | lists.somebody | lists.not_me).intersection(said):
        return None
    away = lists.away.intersection(said) and (lists.me.intersection(said) or said[0] in {"on", *lists.away})
    if not (away or lists.whole["pause"].intersection(said)):
        return None
    # it begins on another day, so nothing is paused now
    if lists.phrases["go_on"].search(" ".join(said) + " ") or lists.times.start_day.search(text):
        return None
    if "?" not in text and (day := _paused_for(text, said, lists, today)) is not None:
        return _allowed(day, today)
    # "on holiday, back on monday"
    _, _, after = text.lower().rpartition("back") if lists.times.back.search(text) else ("", "", "")
    day = _allowed(parse_until(text, today) or find_date(after.split(), today), today)
    if day is None or not _says_nothing_else(text, said, lists):
        return None
    # "in august, back on the 20th" names another month than the parsed day's
    return day if all(m[:3].lower() == MONTHS[day.month - 1][:3] for m in lists.times.month.findall(text)) else None


def _says_nothing_else(text: str, said: Sequence[str], lists: Words) -> bool:
    """Return True for a message about one's own pause and no more: with anything beside it, it is only offered."""
    if _QUOTES.search(text) or ("?" in text and "you" not in said):
        return False
    if any(word == "leave" and said[n - 1] not in lists.leaves for n, word in enumerate(said) if n):
        # "I'll leave it until friday"
        return False
    until = next((n for n, word in enumerate(said) if word in lists.before_end), len(said))
    pause = lists.around_pause | lists.whole["pause"] | lists.away | lists.beside_a_pause
    rest = [word for word in said[until:] if not lists.times.date_word.fullmatch(word)]
    return pause.issuperset(said[:until]) and pause.issuperset(rest)


def _paused_for(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """Return the end of "pause for two weeks"; None if anything else is said."""
    length = lists.times.duration.search(text)
    rest = set(said) - set(length[1].lower().split()) if length else set(said)
    pause = lists.around_pause | lists.whole["pause"] | {"for", "next"}
    return _after_duration(text, lists, today) if length and pause.issuperset(rest) else None


def wishes_rest(text: str, said: Sequence[str], lists: Words) -> bool:
    """Return True where a pause may be meant: "on a trip next week", "hold them until thursday"."""
    line = lists.times.how_often.sub(" ", " ".join(said))
    absent = (lists.absent | lists.quiet).intersection(said) or lists.times.no_messages.search(line)
    if lists.for_good.intersection(said) or not absent:
        return False
    day = lists.times.day.search(line) or lists.times.start_day.search(text)
    return bool(lists.spans.intersection(line.split()) or day)


def rest_until(text: str, lists: Words, today: date) -> date | None:
    """Return the day on which a pause ends that may be meant and begins now; None if no such day is named."""
    if begins_later(text, lists):
        return None
    written = written_until(text, today)
    day = parse_until(text, today) or _after_duration(text, lists, today)
    return _allowed(day or (written if isinstance(written, date) else None), today)


def only_an_end(said: Sequence[str], lists: Words) -> bool:
    """Return True for a text that only names an end: "until monday", "for two weeks please"."""
    kept = trimmed(list(said), lists)
    return kept[:1] != [] and kept[0] in lists.leads_to_end and all(map(lists.times.date_word.fullmatch, kept[1:]))


def begins_later(text: str, lists: Words) -> bool:
    """Return True where a pause begins on another day than today."""
    times = lists.times
    ahead = times.month.search(text) or (times.ahead.search(text) and not times.resuming.search(text))
    return bool(times.start_day.search(text) or (ahead and not times.until.search(text)))


def before_resuming(text: str, lists: Words) -> str:
    """Return the part of a text before it says when to go on."""
    return lists.times.resuming.split(text, maxsplit=1)[0]


def resumes_on(text: str, said: Sequence[str], lists: Words, today: date) -> date | None:
    """Return the day on which messages should come again, as in "resume on monday"; None if none is asked for."""
    # "can we start again on monday" is the speaker's own request
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
        # "away next week, start again on thursday" is the thursday behind that week
        day += timedelta(days=7)
    return day if day is not None and day > today else None


def _after_duration(text: str, lists: Words, today: date) -> date | None:
    found = lists.times.duration.search(text)
    return find_date(["in", *found[1].lower().split()], today) if found else None


def _allowed(day: date | None, today: date) -> date | None:
    """Return the day if a pause may end on it."""
    return day if day is not None and pause_end_fault(day, today) is None else None
