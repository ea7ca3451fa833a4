"""Lists inside views: tracks, items and terms by their titles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OfferState(StrEnum):
    """The meaning that starting a track oneself would have."""

    NEW = "new"
    RUNNING = "running"
    LEFT = "left"
    FINISHED = "finished"
    ASSIGNED_FINISHED = "assigned_finished"
    """Only whoever assigned it can start it over."""
    CLOSED = "closed"
    """It isn't open to all."""


@dataclass(frozen=True)
class TrackLine:
    """A track in a list: its title, its summary and its minutes."""

    title: str
    summary: str
    items: int


@dataclass(frozen=True)
class TitleLine:
    """A lesson or explainer in a list, to be read again."""

    item_id: str
    title: str


@dataclass(frozen=True)
class TermLine:
    """A term in a list."""

    term_id: str
    term: str


@dataclass(frozen=True, kw_only=True)
class TrackProgress:
    """A learner's progress in one track: `done` of `total` items. A finished track stays finished."""

    track_id: str
    title: str
    done: int
    total: int
    finished: bool
    left: bool = False
    """True if they left it, and can come back."""
    own: bool = False
    """True if they started it themselves, which no admin sees."""

    @property
    def running(self) -> bool:
        """Return True if items of it are still to come."""
        return not (self.finished or self.left)
