"""The words that public glossaries explain, read from `public_terms.txt`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.domain.content import Catalogue
from bot.domain.jargon_matcher import JargonMatcher, Name

_FILE = Path(__file__).with_suffix(".txt")


@cache
def public_terms() -> tuple[tuple[str, ...], ...]:
    """Return each word with its other spellings, the first being its name."""
    lines = (line.strip() for line in _FILE.read_text(encoding="utf-8").splitlines())
    return tuple(
        tuple(spelling.strip() for spelling in line.split(";")) for line in lines if line and not line.startswith("#")
    )


def lacking(catalogue: Catalogue) -> JargonMatcher:
    """Return the matcher of the words that a catalogue doesn't explain; made once for each."""
    return catalogue.derived(_lacking)


def _lacking(catalogue: Catalogue) -> JargonMatcher:
    return JargonMatcher(
        Name(text=spelling, term_id=spellings[0], in_capitals=spelling.isupper())
        for spellings in public_terms()
        if not any(catalogue.matcher.find(spelling) for spelling in spellings)
        for spelling in spellings
    )
