"""Who learns, in which tracks, and why nothing is sent to somebody. Instants are aware and UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.workdays import country_of

AWAY_EMOJI = frozenset({"palm_tree", "beach_with_umbrella", "desert_island", "umbrella_on_ground"})
"""What a status shows that means a holiday: Slack's own for it, and its neighbours that stand for nothing else. A plane
or a suitcase may be a business trip, a sick face isn't for a bot to read.
"""


@dataclass(frozen=True)
class Profile:
    """What Slack says of a person. `tz` is an IANA name."""

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
    """True where Slack told something of them and not of which workspaces they are a member: `foreign` is a guess."""
    status_emoji: str = ""
    """What their status shows, without colons."""
    status_until: datetime | None = None
    """When their status ends by itself."""

    @property
    def teachable(self) -> bool:
        """False for those Slack can't or mustn't be asked to deliver to."""
        return not (self.deleted or self.bot or self.foreign)

    def away_until(self, emoji: frozenset[str], at: datetime) -> datetime | None:
        """When they are back, by a status that shows one of these and has an end ahead; None for any other."""
        until = self.status_until if self.status_emoji in emoji else None
        return until if until is not None and until > at else None


@dataclass(frozen=True)
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
    """Whose holidays the learner chose; "" for nobody's, None for those of the zone."""
    titled: bool = False
    """True when notifications may show the title of what came."""
    channel_id: str | None = None
    """The DM with the bot, once it was opened."""
    welcome_done: bool = False
    """True once the welcome was tapped or the first item was placed: no track is added to it any more."""
    askings: int = 0
    steps: int = 0
    """Items done so far, counting every repetition: the learner's own time line, without a clock."""
    next_due_on: date | None = None
    next_due_at: datetime | None = None
    """When planning must look at this learner next; None when nothing is to come."""
    home_hash: str | None = None
    """Slack's hash of their App Home as it was published last; None while they never opened it."""

    @property
    def zone(self) -> str:
        """The IANA zone they are taught in."""
        return self.own_tz or self.tz

    @property
    def country(self) -> str:
        """The country whose working days and holidays hold for them, "" for none."""
        return country_of(self.zone, self.locale) if self.own_country is None else self.own_country

    @property
    def teachable(self) -> bool:
        """False for those Slack can't or mustn't be asked to deliver to."""
        return not (self.deleted or self.bot or self.foreign)


class HoldKind(StrEnum):
    """Why nothing unasked is sent. Each ends only by what began it."""

    PERSON = "person"
    AWAY = "away"
    SILENCE = "silence"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Hold:
    """A reason to send nothing unasked. `until` (a pause's date) is the day teaching resumes."""

    workspace_id: str
    learner_id: str
    kind: HoldKind
    since: datetime
    until: date | None = None
    ends_at: datetime | None = None
    """When the status ends that says that they are away."""
    lifted_at: datetime | None = None
    """When they asked for lessons all the same: the hold holds nothing, and keeps the same status from holding anew."""


@dataclass(frozen=True)
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
    """Items done up to this step of the learner don't count: the track was (re)started after them."""
    announced: bool = False
    """True once the learner was told of the track, in the welcome or at the head of an item."""
    last_asking: int = 0
    finished_at: datetime | None = None
    closed: bool = False
    removed_at: datetime | None = None
    left_at: datetime | None = None
    """When the learner took themselves out. Nothing an admin does clears it; only the learner's *Come back*."""
    revision: int = 1
    """Goes up with each assignment, removal, restart or undo, so that *Undo* sees what changed since."""

    @property
    def active(self) -> bool:
        """Still to be taught."""
        return self.finished_at is None and self.removed_at is None and self.left_at is None


@dataclass(frozen=True)
class Done:
    """An item behind the learner. `how` is read, known or answered; `step` orders them.

    `at` is business time, and only shown: it decides nothing. None for what was done before it was kept.
    """

    workspace_id: str
    learner_id: str
    item_id: str
    how: str
    step: int
    at: datetime | None = None
