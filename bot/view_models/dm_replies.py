"""Answers to text typed in the DM or after a slash command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.content import Lesson, Term
from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.domain.questions import AnyQuestion, Response
from bot.view_models.tracks import TermLine, TitleLine, TrackProgress


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
class DmReplyView:
    """An answer to what was typed in the DM. Only what this answer needs is filled in."""

    said: Said | Meaning
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
    question: AnyQuestion | None = None
    """The open question, or the one that was answered."""
    response: Response | None = None
    """What was answered to it, or may be meant as the answer."""
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
