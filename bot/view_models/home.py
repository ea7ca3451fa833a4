"""The App Home, its reports, and the settings dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.view_models.coming import ComingView
from bot.view_models.standing import CardLine
from bot.view_models.tracks import TermLine, TitleLine, TrackProgress


class EnrolmentState(StrEnum):
    """All that an admin sees of an enrolment, in the order in which it is shown."""

    ASSIGNED = "assigned"
    STARTED = "started"
    FINISHED = "finished"
    LEFT = "left"


@dataclass(frozen=True)
class StatusLine:
    """All that an admin sees of one enrolment."""

    learner_id: str
    track_id: str
    state: EnrolmentState
    unreachable: bool = False


@dataclass(frozen=True, kw_only=True)
class TrackCount:
    """The number of a track's assigned learners, and of those who have started, finished or left."""

    track_id: str
    title: str
    assigned: int
    started: int
    finished: int
    left: int = 0
    paused: bool = False
    """It is paused for everybody."""
    week: tuple[int, int] | None = None
    """The numbers of those taking part who started and finished this week, if they were requested."""


@dataclass(frozen=True, kw_only=True)
class ReportedView:
    """An item in which readers say that something is wrong. Nobody is named."""

    item_id: str
    title: str
    sentences: tuple[str, ...]
    """What was said, where something was."""
    report_ids: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return the number of reports."""
        return len(self.report_ids)


@dataclass(frozen=True, kw_only=True)
class AttentionView:
    """Matters that need an admin's attention."""

    unreachable: tuple[str, ...] = ()
    uncertain: int = 0
    failed: tuple[str, ...] = ()
    """Titles whose present wording Slack refused."""
    talks: tuple[str, ...] = ()
    """Learners who would like to talk."""
    to_review: tuple[str, ...] = ()
    """Titles of items past their review date, in the first week of a month."""
    reported: tuple[ReportedView, ...] = ()


@dataclass(frozen=True)
class PlanView:
    """The plan of a learner's messages: hour and days local in `tz`, without the holidays of `country` (English
    name).
    """

    at: time
    days: frozenset[int]
    tz: str
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """A person's App Home. `counts` and `attention` are an admin's, None for everybody else."""

    coming: ComingView
    plan: PlanView
    progress: tuple[TrackProgress, ...] = ()
    met: tuple[TermLine, ...] = ()
    talk_to: tuple[str, ...] = ()
    talk_since: date | None = None
    """The date on which they were given the name, if they were."""
    counts: tuple[TrackCount, ...] | None = None
    attention: AttentionView | None = None
    behind: tuple[TitleLine, ...] = ()
    """The lessons they have done, latest first."""
    cards: tuple[CardLine, ...] = ()
    """What comes back, blind spots first."""
    on_page: int = 0
    """How many lessons' lines stand on their strategy page."""
    to_write: tuple[TitleLine, ...] = ()
    """Lessons behind them whose prompt waits for a line."""
    not_asked: tuple[TitleLine, ...] = ()
    """Items that aren't asked any more: they didn't want it, or more was due than a day brings."""


@dataclass(frozen=True, kw_only=True)
class SettingsView:
    """A learner's choices as they stand. None: none was made, and the usual holds."""

    at: time | None
    usual_at: time
    days: frozenset[int]
    """The days in force."""
    usual_days: frozenset[int]
    tz: str | None
    profile_tz: str
    country: str | None
    zone_country: str
    countries: Mapping[str, str]
    """English names by country code."""
    titled: bool
    paused: bool
    until: date | None
