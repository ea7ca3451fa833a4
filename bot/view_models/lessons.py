"""Messages of a track: the welcome, an item, a reminder, the closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.domain.content import Item
from bot.domain.delivery import Outcome
from bot.domain.delivery_note import Note
from bot.domain.questions import Response
from bot.view_models.tracks import TitleLine, TrackLine


@dataclass(frozen=True)
class NoteView:
    """The note below a message. The instant of `Later` is local to the learner; `today` is their date."""

    note: Note
    today: date | None = None


@dataclass(frozen=True)
class Announcement:
    """A track that the learner is told of at the head of its next item."""

    track: str
    how: str = ""
    """"" for a new one, again, on (again, where they stopped), anew (again, from the beginning)."""
    asked_by: str = ""
    """Who wanted it to begin anew."""
    by_oneself: bool = False
    """That is the learner."""


@dataclass(frozen=True)
class Skipped:
    """An item that was passed over. `track`: the title of the learner's track that has it still, or again."""

    track: str = ""
    done: bool = False
    """It was dealt with in another message."""


@dataclass(frozen=True)
class ItemView:
    """A lesson or explainer with its question, before or after it was dealt with."""

    delivery_id: str
    item: Item
    position: int
    total: int
    track: str = ""
    announce: Announcement | None = None
    response: Response | None = None
    """What was answered first."""
    outcome: Outcome | None = None
    note: NoteView | None = None
    titled: bool = False
    """The learner wants the title in the notification."""
    skipped: Skipped | None = None
    """Of one that was passed over: what became of it."""
    folded: bool = False
    """The item stands in another message, to which this one leads."""
    asking_id: str = ""
    """Of the item's question; "" in a preview, where nothing is recorded."""


@dataclass(frozen=True)
class WelcomeView:
    """The one welcome. `state`: open, started, paused, withdrawn, left, finished."""

    delivery_id: str
    tracks: tuple[TrackLine, ...]
    assigned_by: tuple[str, ...]
    at: time
    days: frozenset[int]
    first_day: date | None
    state: str = "open"
    hour_changed: bool = False
    holidays: bool = False
    """Public holidays are left out."""
    by_oneself: bool = False
    """The only admin who assigned is the learner."""


@dataclass(frozen=True)
class ReminderView:
    """An item waits. `last`: nothing more comes until a sign of life."""

    delivery_id: str
    last: bool
    note: NoteView | None = None
    done: str = ""
    """The title, once the item was dealt with elsewhere."""
    skipped: Skipped | None = None
    """Once the item was passed over: what became of it."""


@dataclass(frozen=True)
class ClosingView:
    """A track is finished."""

    delivery_id: str
    track: str
    learned: tuple[TitleLine, ...]
    answered: int
    right: int
    next_tracks: tuple[tuple[str, str], ...] = ()
    """(id, title) of tracks that could follow and that the learner may start."""
    running: tuple[str, ...] = ()
    """The titles of other tracks with which lessons go on."""
    again: bool = False
    """This track was started again since."""
    new_hour: time | None = None
    talk_asked: bool = False
    talk_to: tuple[str, ...] = ()
    """The admins who would be told."""
