"""The note below a message: what was agreed with the learner about it. `bot/store/note_text.py` has its stored form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Later:
    """*Later today*: the item comes again at this instant."""

    at: datetime


@dataclass(frozen=True)
class NotToday:
    """*Not today*: the item comes again on this day, local; None while none is known."""

    day: date | None


@dataclass(frozen=True)
class TooLate:
    """*Later today* that is too late in the day: the item comes again on this day, local, instead."""

    day: date | None


@dataclass(frozen=True)
class Paused:
    """A pause, until this day, local; None for one without an end."""

    until: date | None


@dataclass(frozen=True)
class Resumed:
    """The end of a pause: the next message comes on this day, local; None where nothing is to come."""

    day: date | None


@dataclass(frozen=True)
class UnknownNote:
    """A note of another release, as it is stored; nothing is shown of it."""

    stored: str


Note = Later | NotToday | TooLate | Paused | Resumed | UnknownNote
