"""What a message shows, as plain values: services fill these in, `messages` draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.content import Item, Lesson, Question, Term
from bot.domain.delivery import Outcome


@dataclass(frozen=True)
class Note:
    """What the learner did with a message. `when` is local to the learner."""

    kind: str
    """later, not_today, too_late (asked for later, comes tomorrow instead), paused, resumed."""
    when: datetime | date | None = None
    today: date | None = None
    """The date it is for this person."""


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
class ItemView:
    """A lesson or explainer with its question, before or after it was dealt with."""

    delivery_id: str
    item: Item
    position: int
    total: int
    track: str = ""
    announce: Announcement | None = None
    chosen: int | None = None
    outcome: Outcome | None = None
    note: Note | None = None
    titled: bool = False
    """The learner wants the title in the notification."""
    skipped: Skipped | None = None
    """Of one that was passed over: what became of it."""
    folded: bool = False
    """The item stands in another message, to which this one leads."""


@dataclass(frozen=True)
class Skipped:
    """An item that was passed over. `track`: the title of the learner's track that has it still, or again."""

    track: str = ""
    done: bool = False
    """It was dealt with in another message."""


@dataclass(frozen=True)
class TrackLine:
    """A track in a list: its title, what it is about and how many minutes it takes."""

    title: str
    summary: str
    items: int


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
    note: Note | None = None
    done: str = ""
    """The title, once the item was dealt with elsewhere."""
    skipped: Skipped | None = None
    """Once the item was passed over: what became of it."""


@dataclass(frozen=True)
class TitleLine:
    """A lesson or explainer in a list, to be read again."""

    item_id: str
    title: str


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


@dataclass(frozen=True)
class Refusal:
    """Somebody who wasn't assigned, and why: bot, deactivated, foreign, unknown, nothing (to remove)."""

    person_id: str
    reason: str


@dataclass(frozen=True)
class SummaryView:
    """What became of an admin's request. `undo`: none, offered, asks, done."""

    delivery_id: str
    verb: str
    """assign, remove, or move (the start)."""
    track: str
    track_id: str
    changed: tuple[str, ...] = ()
    had_it: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    undo: str = "none"
    begun: int = 0
    put_back: int = 0
    kept: int = 0
    """At *Undo*: enrolments that somebody changed since, and that were therefore left alone."""
    left: tuple[str, ...] = ()
    """Those who took themselves out of the track before, and whom nobody else puts back."""
    again: tuple[str, ...] = ()
    """Of those who had it, or have finished it: for whom it can start again."""
    movable: tuple[str, ...] = ()
    """Of those who had it: whose start can be moved to what the order named."""
    followed: tuple[str, ...] = ()
    """What was asked for from this summary: move, restart."""
    today: date | None = None
    """The date on which it was asked for."""
    finished: tuple[str, ...] = ()
    """Of all these: who had nothing left in the track, so that no lesson of it comes."""


@dataclass(frozen=True)
class TalkView:
    """A learner would like to talk to somebody. The name, and nothing else."""

    learner_id: str


@dataclass(frozen=True)
class HeldView:
    """For a while Slack refused the workspace's token, with this code."""

    code: str


@dataclass(frozen=True)
class TermLine:
    """A term in a list."""

    term_id: str
    term: str


@dataclass(frozen=True)
class ExplainView:
    """A term that was looked up, or words that weren't one: then the nearest terms."""

    asked: str
    term: Term | None = None
    nearest: tuple[TermLine, ...] = ()
    whispered: bool = True
    """False for a message in the DM, which a notification announces."""
    guessed: bool = False
    """It was spelled otherwise."""
    alone: bool = True
    """False among others, under which one promise stands for all."""


@dataclass(frozen=True)
class ComingView:
    """What comes next. `state`: next, waiting (an item is open), paused, away, quiet, finished, left, nothing."""

    state: str
    title: str
    day: date | None
    """When, local; of a pause, also where nothing is to come: the date it ends by itself."""
    at: time
    holiday: date | None = None
    """A public holiday on the way there, on which a message would else have come."""
    today: date | None = None
    """The date it is for this person."""
    first: date | None = None
    """Of a welcome that comes: the day of the first lesson."""
    left: tuple[tuple[str, str], ...] = ()
    """Where nothing is to come: (id, title) of the tracks they can come back to."""
    paused: bool = False
    """Where nothing is to come: they are paused all the same."""

    @property
    def open(self) -> bool:
        """An item is open, whether anything comes by itself or not."""
        return self.state == "waiting" or (self.state in {"paused", "away", "quiet"} and bool(self.title))


@dataclass(frozen=True)
class DmReplyView:
    """An answer to what was typed in the DM. Only what this answer needs is filled in.

    `said`: paused, back_on, resumed, not_paused, later, not_today, nothing_open, waiting, finished, nothing, answered,
    is_it, no_question, no_such_choice, or what was meant (`bot.domain.intents.Meaning`).
    """

    said: str
    coming: ComingView
    until: date | None = None
    """The day a pause ends that was asked for, local."""
    talk_to: tuple[str, ...] = ()
    """The admins who would be told of a wish to talk."""
    delivery_id: str = ""
    tracks: tuple[TrackProgress, ...] = ()
    assigned_by: tuple[str, ...] = ()
    """The admins who assigned what is running."""
    hour: time | None = None
    """The hour that was named, local."""
    when: datetime | None = None
    """When something comes again, local."""
    question: Question | None = None
    """The open question, or the one that was answered."""
    choice: int = 0
    missed: tuple[str, ...] = ()
    """Titles of items of which the first answer was another than the right one, the latest first."""
    again: tuple[TitleLine, ...] = ()
    """Those of them that there still are, to be read again."""
    terms: tuple[Term, ...] = ()
    lesson: Lesson | None = None
    """The lesson that comes nearest."""
    days: frozenset[int] = frozenset()
    tz: str = ""
    country: str = ""
    """When and where they are taught now: days local in `tz`, the English name of whose holidays are left out."""
    either: tuple[date, ...] = ()
    """The days that a pause could end on: which is meant is asked."""
    ahead: bool = False
    """The rest that is wished for begins on a later day."""
    guessed: bool = False
    """Something else may have been meant, and is offered."""
    talk_since: date | None = None
    """When `talk_to` were given the name, where they were and none of them has talked to them yet."""
    admins: tuple[str, ...] = ()
    answered: bool = False
    """They have answered something, where it is asked what they got wrong."""

    @property
    def can_ask(self) -> bool:
        """True while a wish to talk can be passed on."""
        return bool(self.talk_to) and self.talk_since is None


@dataclass(frozen=True)
class HintView:
    """Something was typed that isn't understood. `suggestions`: words that fit the moment."""

    suggestions: tuple[str, ...]
    coming: ComingView
    talk_to: tuple[str, ...] = ()
    delivery_id: str = ""
    talk_since: date | None = None

    @property
    def can_ask(self) -> bool:
        """True while a wish to talk can be passed on."""
        return bool(self.talk_to) and self.talk_since is None


View = (
    ItemView
    | WelcomeView
    | ReminderView
    | ClosingView
    | SummaryView
    | TalkView
    | HeldView
    | ExplainView
    | DmReplyView
    | HintView
)
"""What a message in the DM can show."""


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


@dataclass(frozen=True)
class OrderView:
    """An assignment before it goes. `had_it`: those among `people` for whom nothing would change; `left`: who left."""

    order_id: str
    track: str
    people: tuple[str, ...]
    had_it: tuple[str, ...] = ()
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    left: tuple[str, ...] = ()
    today: date | None = None
    """The date it is for the admin."""
