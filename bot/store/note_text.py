"""Notes as they are stored: the kind, `|`, and the instant or date in ISO 8601, or nothing where there is none."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.delivery_note import Later, Note, NotToday, Paused, Resumed, TooLate, UnknownNote

Dated = NotToday | TooLate | Paused | Resumed
LATER = "later"
_DATED: dict[str, type[Dated]] = {"not_today": NotToday, "too_late": TooLate, "paused": Paused, "resumed": Resumed}
_KINDS: dict[type[Later | Dated], str] = {Later: LATER, **{of: kind for kind, of in _DATED.items()}}


def kind_prefix(of: type[Later | Dated]) -> str:
    """Return what the stored text of each note of a kind begins with."""
    return f"{_KINDS[of]}|"


def format_note(note: Note) -> str:
    """Return the text that is stored for a note."""
    match note:
        case UnknownNote(stored):
            return stored
        case Later(when) | NotToday(when) | TooLate(when) | Paused(when) | Resumed(when):
            return kind_prefix(type(note)) + (when.isoformat() if when else "")


def parse_note(stored: str) -> Note:
    """Return the note that a stored text means, an `UnknownNote` for the text of another release."""
    kind, _, when = stored.partition("|")
    try:
        if kind == LATER:
            return Later(datetime.fromisoformat(when))
        if kind in _DATED:
            return _DATED[kind](date.fromisoformat(when) if when else None)
    except ValueError:
        pass
    return UnknownNote(stored)
