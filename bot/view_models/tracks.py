"""Lists inside views: tracks, items and terms by their titles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TrackLine:
    """A track in a list: its title, what it is about and how many minutes it takes."""

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


@dataclass(frozen=True)
class TrackProgress:
    """How far somebody is in one track. `done` of `total` items; finished tracks stay finished."""

    track_id: str
    title: str
    done: int
    total: int
    finished: bool
    left: bool = False
    """They took themselves out, and can come back."""
    own: bool = False
    """Started by themselves, which no admin sees."""

    @property
    def running(self) -> bool:
        """Something of it is still to come."""
        return not (self.finished or self.left)
