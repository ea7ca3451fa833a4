"""References to a choice by its place: choices stand in another order each time, so that nobody learns the button."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.questions import Choice

_OTHERS = re.compile(
    r"\b(?:all|none|both|neither|either|any)\b[^.;]*\bthe above\b|\bthe above\b"
    r"|\bthe (?:first|last) (?:two|three)(?: choices| answers| options)?\W*$"
    r"|\b(?:[Bb]oth|[Ee]ither|[Nn]either)\s+[A-J]\s+(?:and|or|nor)\s+[A-J]\b"
    r"|^\W*[A-J]\s+(?:and|or|&)\s+[A-J]\W*$"
)
_LETTER = re.compile(r"\b(?:choice|answer|option|like|than|as)\s+([A-J])\b(?!\s*/)")


def by_position(choices: tuple[Choice, ...]) -> Iterator[tuple[str, str]]:
    """Yield the choices and reasons that speak of another choice by its place or letter."""
    for choice in choices:
        found = _OTHERS.search(choice.text)
        if found:
            yield (
                f'"{choice.text}" speaks of other choices by their place ("{found[0].strip()}"), and the order changes',
                "Name what it means, or ask with several right choices",
            )
        found = _LETTER.search(choice.reason)
        if found:
            yield (
                f'the reason of "{choice.text}" names a choice by its letter ("{found[0]}"), and the order changes',
                "Say which choice in its own words",
            )
