"""The App Home, its reports, and the settings dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.view_models.dm_replies import ComingView
from bot.view_models.tracks import TermLine, TitleLine, TrackProgress


@dataclass(frozen=True)
class StatusLine:
    """What an admin sees of one enrolment: assigned, started, finished, left. Nothing else."""

    learner_id: str
    track_id: str
    state: str
    unreachable: bool = False


@dataclass(frozen=True)
class TrackCount:
    """How many of a track's assigned learners have started and finished, and how many have left it."""

    track_id: str
    title: str
    assigned: int
    started: int
    finished: int
    left: int = 0
    week: tuple[int, int] | None = None
    """How many of those who take part started and finished this week, where that was asked for."""


@dataclass(frozen=True)
class AttentionView:
    """What an admin should look at."""

    unreachable: tuple[str, ...] = ()
    uncertain: int = 0
    failed: tuple[str, ...] = ()
    """Titles whose present wording Slack refused."""
    talks: tuple[str, ...] = ()
    """Learners who would like to talk."""
    to_review: tuple[str, ...] = ()
    """Titles of what is past its review date, in the first week of a month."""


@dataclass(frozen=True)
class PlanView:
    """When messages come: hour and days local in `tz`; `country` is the English name of whose holidays are left out."""

    at: time
    days: frozenset[int]
    tz: str
    country: str = ""


@dataclass(frozen=True)
class HomeView:
    """A person's App Home. `counts` and `attention` are an admin's, None for everybody else."""

    coming: ComingView
    plan: PlanView
    progress: tuple[TrackProgress, ...] = ()
    met: tuple[TermLine, ...] = ()
    talk_to: tuple[str, ...] = ()
    talk_since: date | None = None
    """When they were given the name, where they were."""
    counts: tuple[TrackCount, ...] | None = None
    attention: AttentionView | None = None
    behind: tuple[TitleLine, ...] = ()
    """The lessons behind them, the latest first."""


@dataclass(frozen=True)
class SettingsView:
    """A learner's choices as they stand. None: none was made, and the usual holds."""

    at: time | None
    usual_at: time
    days: frozenset[int]
    """Those that hold now."""
    usual_days: frozenset[int]
    tz: str | None
    profile_tz: str
    country: str | None
    zone_country: str
    countries: Mapping[str, str]
    """English names by code."""
    titled: bool
    paused: bool
    until: date | None
