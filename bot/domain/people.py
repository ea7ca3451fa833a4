"""Learners, their enrolments, and the holds that keep messages back. Instants are aware and UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.rider import LATEST_NOTICE
from bot.domain.workdays import country_of

AWAY_EMOJI = frozenset({"palm_tree", "beach_with_umbrella", "desert_island", "umbrella_on_ground"})
"""The emoji of a holiday status: Slack's own, and similar ones that mean nothing else. A plane or a suitcase may mean a
business trip, and a sick face is none of the bot's business.
"""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A person's profile in Slack. `tz` is an IANA name."""

    workspace_id: str
    person_id: str
    name: str
    tz: str
    locale: str = ""
    deleted: bool = False
    bot: bool = False
    foreign: bool = False
    """True for a person of another workspace (Slack Connect): they can be named here but not taught."""
    presumed: bool = False
    """True if Slack didn't say which workspaces they belong to: then `foreign` is a guess."""
    status_emoji: str = ""
    """The emoji of their status, without colons."""
    status_until: datetime | None = None
    """The instant at which their status ends by itself."""

    @property
    def teachable(self) -> bool:
        """Return False for people to whom Slack can't or mustn't deliver."""
        return not (self.deleted or self.bot or self.foreign)

    def away_until(self, emoji: frozenset[str], at: datetime) -> datetime | None:
        """Return the end of a holiday status: it shows one of these emoji and ends after `at`. None for any other
        status.
        """
        until = self.status_until if self.status_emoji in emoji else None
        return until if until is not None and until > at else None


@dataclass(frozen=True, kw_only=True)
class Learner:
    """One person of one workspace."""

    workspace_id: str
    learner_id: str
    name: str
    tz: str
    locale: str = ""
    deleted: bool = False
    bot: bool = False
    foreign: bool = False
    own_at: time | None = None
    """The hour the learner chose, local."""
    own_days: frozenset[int] | None = None
    """The weekdays the learner chose, Monday 0."""
    own_tz: str | None = None
    """The zone the learner chose, where it isn't the profile's."""
    own_country: str | None = None
    """The country whose holidays the learner chose; "" for no holidays, None for those of the zone's country."""
    titled: bool = False
    """True when notifications may show the title of what came."""
    channel_id: str | None = None
    """The DM with the bot, once it was opened."""
    welcome_done: bool = False
    """True once the welcome was tapped or the first item was placed: no track is added to it any more."""
    askings: int = 0
    steps: int = 0
    """The number of items done so far, repetitions included: a logical clock for the order of events."""
    next_due_on: date | None = None
    next_due_at: datetime | None = None
    """The instant at which planning must look at this learner next; None if nothing is to come."""
    lone_unanswered: int = 0
    """The messages of reviews alone since the last sign of life."""
    first_guess: str | None = None
    """The first asking of theirs that asked before it told: its message says why."""
    privacy_told: int = LATEST_NOTICE
    """The notices about privacy that were there already when they came, or were welcomed."""
    figures_told_at: datetime | None = None
    """When a message arrived that says what reports tell. What was answered before it is in none."""
    home_hash: str | None = None
    """Slack's hash of their App Home as it was published last; None while they never opened it."""

    @property
    def zone(self) -> str:
        """Return the IANA zone of their lessons."""
        return self.own_tz or self.tz

    @property
    def country(self) -> str:
        """Return the country whose working days and holidays apply to them; "" for none."""
        return country_of(self.zone, self.locale) if self.own_country is None else self.own_country

    @property
    def teachable(self) -> bool:
        """Return False for people to whom Slack can't or mustn't deliver."""
        return not (self.deleted or self.bot or self.foreign)


class HoldKind(StrEnum):
    """The reasons to send nothing unasked. Each ends only by its own kind of event."""

    PERSON = "person"
    AWAY = "away"
    SILENCE = "silence"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """A reason to send nothing unasked. `until`, of a pause, is the local date on which lessons resume."""

    workspace_id: str
    learner_id: str
    kind: HoldKind
    since: datetime
    until: date | None = None
    ends_at: datetime | None = None
    """The end of the holiday status."""
    lifted_at: datetime | None = None
    """The instant at which they asked for lessons all the same. The lifted hold keeps nothing back, and stays stored so
    that the same status makes no new one.
    """


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """A learner in a track."""

    workspace_id: str
    learner_id: str
    track_id: str
    first_day: date
    assigned_by: str | None = None
    """The admin; None for a track the learner started, which no admin sees."""
    at: time | None = None
    days: frozenset[int] | None = None
    """The weekdays the admin chose, Monday 0."""
    after_step: int = 0
    """Items done up to this step of the learner don't count, because the track was (re)started after them."""
    announced: bool = False
    """True once the learner was told of the track, in the welcome or at the head of an item."""
    last_asking: int = 0
    finished_at: datetime | None = None
    closed: bool = False
    removed_at: datetime | None = None
    left_at: datetime | None = None
    """The instant at which the learner left the track. Only the learner's *Come back* clears it, never an admin."""
    revision: int = 1
    """Increases with each assignment, removal, restart or undo, so that *Undo* detects later changes."""
    ticked: tuple[str, ...] = ()
    """The ids of the terms that the learner said they could explain: those come with the question first."""
    after_track: str | None = None
    """The track that comes first: this one waits while that is unfinished."""
    started_at: datetime | None = None
    """The instant at which the first item that counts in it was done."""
    began_alone: bool = False
    """The learner started it by themselves once, so that they count in no figure about knowledge."""

    @property
    def active(self) -> bool:
        """Return True while there is something to teach: neither finished nor removed nor left."""
        return self.finished_at is None and self.removed_at is None and self.left_at is None


@dataclass(frozen=True, kw_only=True)
class Done:
    """An item that the learner has done. `how` is read, known or answered; `step` gives the order.

    `at` is business time, for display only; None for rows older than the column.
    """

    workspace_id: str
    learner_id: str
    item_id: str
    how: str
    step: int
    at: datetime | None = None
