"""Typed text in one spelling, and the errors that say what is wrong with it."""

from __future__ import annotations

import unicodedata
from datetime import date

from bot.domain import vocabulary as w

DASH, _APOSTROPHE = "-", "'"
_APOSTROPHES = str.maketrans(dict.fromkeys("ʼ’‘‛′`´ʹʻʽ՚‵׳", _APOSTROPHE))
_QUOTES = '"“”„‟«»‹›「」『』〈〉《》＂″‚״〝〞〟❝❞⹂❮❯'
_EDGES = " \t\n.,;:!?…·*_~()[]"


class ReadingError(ValueError):
    """What was typed isn't what was asked for. The text says what is wrong with it, and how it would be right."""


class NoSuchDayError(ReadingError):
    """It is written as a date, of a day that doesn't exist."""


class AmbiguousDateError(ReadingError):
    """It could be either of two dates."""

    def __init__(self, text: str, readings: tuple[date, date]) -> None:
        super().__init__(text)
        self.readings = readings


def normal(text: str) -> str:
    """What was typed, in one spelling: signs composed (NFKC), plain dashes and quotes, single spaces, lower case."""
    return " ".join("".join(_plain(sign) for sign in composed(text)).casefold().split())


def composed(text: str) -> str:
    """Signs composed (NFKC), and one apostrophe. That comes first: NFKC takes an acute accent that somebody typed for
    one (German, Spanish keyboards) to pieces.
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
    # what can't be seen: joiners, marks of direction, soft hyphens
    return " " if kind in {"Zs", "Cc"} else "" if kind == "Cf" else sign


def bare(text: str) -> str:
    """As `normal`, without the signs around it: "Help?" is help."""
    return normal(text).strip(_EDGES + "\"'")


def without_fillers(said: str) -> str:
    words = (word.strip(",;") for word in said.split())
    return " ".join(word for word in words if word and word not in w.FILLERS)


def quoted(text: str) -> str:
    """What was typed, short enough to be said back."""
    said = " ".join(text.split())
    return said if len(said) <= 40 else f"{said[:39]}…"
