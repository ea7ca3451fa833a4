"""Times of day as people type them."""

from __future__ import annotations

import re
from datetime import time

from bot.domain import vocabulary as w
from bot.domain.typed_dates.text import ReadingError, bare, quoted, without_fillers

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?$|([0-9]{1,2})([0-9]{2})$")
_SUFFIX = re.compile(r"(?<=[0-9])\s*([ap])\.?\s?m\b\.?|(?<=[0-9])\s*([ap])$")


def parse_hour(text: str) -> time:
    """Parse a time of day: "8:30", "8.30", "8:30 am", "0830", "noon", "half past eight".

    Raises:
        ReadingError: it is none, or could be in either half of the day.
    """
    said = bare(text)
    left = without_fillers(said)
    if left in w.NOON:
        return time(12)
    if left in w.MIDNIGHT:
        return time(0)
    left, half = _half_of_day(left)
    for word in sorted(w.OCLOCK, key=len, reverse=True):
        left = re.sub(rf"(?<![a-z]){word.replace(' ', chr(39) + '? ?')}$", "", left).strip()
    found = _spoken_hour(left) or _clock(left)
    if found is None or found[0] > 23 or found[1] > 59:
        raise ReadingError(f"“{quoted(text)}” isn't an hour I can read. Write it like 08:30 or 8:30 am.")
    hour, minute = found
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not half and 1 <= hour <= 6 and (":" not in left and not left.startswith("0")):
        raise ReadingError(
            f"Is “{quoted(text)}” in the morning or in the afternoon? Write it like {hour} am or {hour + 12}:00."
        )
    return time(hour, minute)


def _half_of_day(said: str) -> tuple[str, str]:
    suffix = _SUFFIX.search(said)
    if suffix:
        half = "am" if (suffix[1] or suffix[2]) == "a" else "pm"
        return (said[: suffix.start()] + said[suffix.end() :]).strip(), half
    for half, names in (("am", w.BEFORE_NOON), ("pm", w.AFTER_NOON)):
        for name in names:
            if said.endswith(f" {name}"):
                return said.removesuffix(name).strip(), half
    return said, ""


def _clock(said: str) -> tuple[int, int] | None:
    found = _CLOCK.match(said)
    if not found:
        return None
    hour, minute, joined_hour, joined_minute = found.groups()
    if hour is None:
        return (int(joined_hour), int(joined_minute))
    return int(hour), int(minute or 0)


def _spoken_hour(said: str) -> tuple[int, int] | None:
    words = said.replace("-", " ").split()
    numbers = {name: n for n, name in enumerate(w.NUMBERS) if n} | {str(n): n for n in range(1, 13)}
    match words:
        case [name] if name in w.NUMBERS and name in numbers:
            return numbers[name], 0
        case ["half", "past", name] if name in numbers:
            return numbers[name], 30
        case ["quarter", "past", name] if name in numbers:
            return numbers[name], 15
        case ["quarter", "to", name] if name in numbers:
            return (numbers[name] - 1) % 12 or 12, 45
        case [name, "thirty"] if name in numbers:
            return numbers[name], 30
    return None
