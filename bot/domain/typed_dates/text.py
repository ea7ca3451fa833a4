"""Normalised text, and the errors that explain why it can't be parsed."""

from __future__ import annotations

import unicodedata
from datetime import date

from bot.domain import vocabulary as w

DASH, _APOSTROPHE = "-", "'"
_APOSTROPHES = str.maketrans(dict.fromkeys("ʼ’‘‛′`´ʹʻʽ՚‵׳", _APOSTROPHE))
_QUOTES = '"“”„‟«»‹›「」『』〈〉《》＂″‚״〝〞〟❝❞⹂❮❯'
_EDGES = " \t\n.,;:!?…·*_~()[]"


class ReadingError(ValueError):
    """Typed text can't be parsed as what was asked for. The message says what is wrong and how it would be right."""


class NoSuchDayError(ReadingError):
    """The text has the form of a date, but no such day exists."""


class AmbiguousDateError(ReadingError):
    """The text could be either of two dates."""

    def __init__(self, text: str, readings: tuple[date, date]) -> None:
        super().__init__(text)
        self.readings = readings


def normal(text: str) -> str:
    """Normalise typed text: NFKC, plain dashes and quotes, single spaces, lower case."""
    return " ".join("".join(_plain(sign) for sign in composed(text)).casefold().split())


def composed(text: str) -> str:
    """Normalise to NFKC with one kind of apostrophe. Apostrophes are replaced first, since NFKC would decompose an
    acute accent that was typed as one on a German or Spanish keyboard.
    """
    return unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Pd" or sign in "−﹘":
        return DASH
    if sign in _QUOTES:
        return '"'
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    # invisible characters: joiners, marks of direction, soft hyphens
    return " " if kind in {"Zs", "Cc"} else "" if kind == "Cf" else sign


def bare(text: str) -> str:
    """Normalise typed text and strip the punctuation around it: "Help?" becomes help."""
    return normal(text).strip(_EDGES + "\"'")


def without_fillers(said: str) -> str:
    words = (word.strip(",;") for word in said.split())
    return " ".join(word for word in words if word and word not in w.FILLERS)


def quoted(text: str) -> str:
    """Return typed text short enough to be quoted in an answer."""
    said = " ".join(text.split())
    return said if len(said) <= 40 else f"{said[:39]}…"
