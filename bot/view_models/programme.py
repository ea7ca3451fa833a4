"""A report: how far a programme has come, and what may be told about knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.view_models.figures import ActiveCount, FigureView
from bot.view_models.home import EnrolmentState, TrackCount


@dataclass(frozen=True)
class MonthCount:
    """The numbers of a track's people in one month, by its first day."""

    month: date
    assigned: int
    started: int
    finished: int


@dataclass(frozen=True)
class TrackReport:
    """A track's progress. `median_days`: from the first item to the last, None where it would be somebody's."""

    count: TrackCount
    months: tuple[MonthCount, ...]
    median_days: float | None = None
    figures: tuple[FigureView, ...] = ()
    """What is told about knowledge, by kind and the newest first."""


@dataclass(frozen=True, kw_only=True)
class CompletionLine:
    """One person's progress in a track, with its days where they were told that these are seen. `first_day`: from which
    it comes.
    """

    learner_id: str
    track_id: str
    state: EnrolmentState
    first_day: date
    started_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True)
class ReportSheet:
    """A report as it is printed: a heading, and under it by track the counts, the months and the sentences."""

    title: str
    tracks: tuple[SheetTrack, ...]
    below: tuple[str, ...]


@dataclass(frozen=True)
class SheetTrack:
    """A track on paper. `months`: each month's name, assigned, started, finished."""

    title: str
    counts: str
    months: tuple[tuple[str, int, int, int], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProgrammeView:
    """A report: of one track where `track_id` names it, of all where it is ""."""

    tracks: tuple[TrackReport, ...]
    admins: tuple[str, ...]
    """Who can read it."""
    track_id: str = ""
    people: int = 0
    """Everybody who is assigned anything, each once; 0 in a report on one track, which has its own count."""
    active: tuple[ActiveCount, ...] = ()
    talks: int = 0
    """The people who have asked to talk to somebody."""
    monthly: bool = False
    """It is sent to its reader on the first of each month."""
    files: bool = False
    """Slack lets the bot send files."""
    dismissed: bool = False
    """Its reader is no admin any more."""
    delivery_id: str = ""
    """The message that it is, where it came by itself."""
