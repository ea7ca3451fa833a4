"""Days of the week as people type them: names, lists, ranges, groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from bot.domain import vocabulary as w
from bot.domain.typed_dates.text import DASH, ReadingError, bare, quoted

_RANGE_SIGNS = re.compile(f"[-=]*(?:{'|'.join(map(re.escape, w.RANGE_SIGNS))})[-.>]*")
_BETWEEN = re.compile(r"\bbetween (\S+) and (\S+)")
_DAYS = re.compile(r"[^\s,;/&+|·•.-]+|-+")


def parse_days(text: str) -> frozenset[int]:
    """Parse weekdays into numbers, Monday 0: "mon-thu", "mon, thu", "Tuesdays and Thursdays", "every day except
    friday".

    Raises:
        ReadingError: a day isn't one, or there are none.
    """
    said = bare(text)
    for negation in sorted(w.EXCEPT, key=len, reverse=True):
        before, found, after = f" {said} ".partition(f" {negation} ")
        if found and after.strip():
            kept = _days(before, text) if before.strip() else frozenset(range(5))
            if kept - _days(after, text):
                return kept - _days(after, text)
    return _days(said, text)


def _days(said: str, text: str) -> frozenset[int]:
    tokens = _day_words(said)
    days: set[int] = set()
    at = 0
    while at < len(tokens):
        group, taken = _group(tokens, at)
        if group is None:
            raise ReadingError(_no_day(tokens[at].strip(DASH), text))
        at += taken
        if at + 1 < len(tokens) and tokens[at] == DASH:
            last, taken = _group(tokens, at + 1)
            if last is None or len(group) > 1 or len(last) > 1:
                raise ReadingError(_no_day("", text))
            at += 1 + taken
            start, end = min(group), min(last)
            group = {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}
        days |= group
    if not days:
        raise ReadingError(_no_day("", text))
    return frozenset(days)


def _day_words(said: str) -> list[str]:
    """Return the words that name days, with a dash for each word or sign of a range."""
    plain = _BETWEEN.sub(r"\1 - \2", _RANGE_SIGNS.sub(" - ", said))
    words = (DASH if word in w.RANGE or word.startswith(DASH) else word for word in _DAYS.findall(plain))
    kept = [word for word in words if word not in w.FILLERS]
    return [word for n, word in enumerate(kept) if word != DASH or kept[n - 1 : n] != [DASH]]


def _group(tokens: Sequence[str], at: int) -> tuple[set[int] | None, int]:
    """Return the days that the next one or two words name, and how many words these are."""
    for taken in (2, 1):
        name = " ".join(tokens[at : at + taken])
        for form in (name, name.removesuffix("s")):
            if form in w.DAY_GROUPS:
                return set(w.DAY_GROUPS[form]), taken
    if at < len(tokens) and tokens[at] in {"everyday", "daily", "all"}:
        return set(range(7)), 1
    day = weekday(tokens[at]) if at < len(tokens) else None
    return (None, 0) if day is None else ({day}, 1)


def _no_day(word: str, text: str) -> str:
    known = [*w.WEEKDAYS, *(name[:3] for name in w.WEEKDAYS)]
    near = get_close_matches(word, known, 1, 0.7)
    hint = f" Did you mean {near[0]}?" if near else " Write days like mon-thu, or tue, thu."
    return f"“{quoted(word or text)}” isn't a day of the week I know.{hint}"


def weekday(word: str) -> int | None:
    """Return the number of a weekday from its name or abbreviation, also in the plural; None for another word."""
    for form in (word.rstrip("."), word.rstrip(".").removesuffix("s")):
        if form in w.OTHER_WEEKDAYS:
            return w.OTHER_WEEKDAYS[form]
        for day, name in enumerate(w.WEEKDAYS):
            if form in {name, name[:3]}:
                return day
    return None
