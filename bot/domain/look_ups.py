"""Words that people look up, counted over a month without saying whose they are: from ten people up, in steps of ten.

People are told apart by an HMAC whose key is thrown away with the month. Of a word that is on no list nothing is kept.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FEWEST = 10
"""The fewest people of whom anything is told, and the step in which they are told."""


class About(StrEnum):
    """The list that a word is on."""

    TERM = "term"
    """The catalogue; the word is a term's id."""
    LACKING = "lacking"
    """The shipped list of words that public glossaries explain and the catalogue doesn't."""


@dataclass(frozen=True, order=True)
class LookedUp:
    """A word that somebody looked up, or met in what they had explained."""

    about: About
    word: str


@dataclass(frozen=True, kw_only=True)
class LookUpCount:
    """A word, and the number of people who looked it up in a month."""

    workspace_id: str
    month: date
    """The first of the month, UTC."""
    about: About
    word: str
    people: int
    """Rounded down to a multiple of ten."""


def pseudonym(key: str, word: LookedUp, learner_id: str) -> str:
    """Return what a person is called in the count of one word: 32 hexadecimal digits of an HMAC-SHA256.

    The word is in it, so that what one person looked up can't be put together from the rows.
    """
    said = f"{word.about} {word.word} {learner_id}".encode()
    return hmac.new(bytes.fromhex(key), said, hashlib.sha256).hexdigest()[:32]


def rounded(people: int) -> int:
    """Return the number that is told; 0 where nothing is."""
    return people // FEWEST * FEWEST
