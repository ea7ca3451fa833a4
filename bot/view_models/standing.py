"""A learner's own standing: their tracks, what comes back to them, and what they can read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.view_models.figures import FigureView
from bot.view_models.tracks import TitleLine, TrackProgress


@dataclass(frozen=True, kw_only=True)
class CardLine:
    """An item that comes back to a learner."""

    title: str
    streak: int
    """Consecutive right answers that weren't guesses."""
    next_on: date
    """The local day from which it may be asked."""
    blind: bool = False
    """They were sure and wrong, and not right and sure since."""
    answered: bool = True
    """False for what they only wanted to remember."""


@dataclass(frozen=True, kw_only=True)
class GroupPageLine:
    """A small group's page of a track. `added`: theirs is on it, so that they see it too."""

    track_id: str
    title: str
    added: bool
    figure: FigureView | None = None


@dataclass(frozen=True, kw_only=True)
class StandingView:
    """All that a learner holds, for their eyes only."""

    tracks: tuple[TrackProgress, ...]
    next_day: date | None
    today: date
    cards: tuple[CardLine, ...] = ()
    """Blind spots first, then what comes back soonest."""
    behind: tuple[TitleLine, ...] = ()
    """The items they have done, latest first."""
    not_asked: tuple[TitleLine, ...] = ()
    """Items that aren't asked any more."""
    pages: tuple[GroupPageLine, ...] = ()
    """The pages of groups to which they may add theirs, or have."""
