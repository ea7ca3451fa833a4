"""Answers to text typed in the DM or after a slash command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.content import Lesson, Term
from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.domain.questions import AnyQuestion, Response
from bot.view_models.coming import ComingView
from bot.view_models.tracks import TermLine, TitleLine, TrackProgress


@dataclass(frozen=True, kw_only=True)
class ExplainView:
    """A term that was looked up; if there is none, the nearest terms."""

    asked: str
    term: Term | None = None
    nearest: tuple[TermLine, ...] = ()
    whispered: bool = True
    """False for a message in the DM, which has a notification."""
    guessed: bool = False
    """True if the term was spelled differently."""
    alone: bool = True
    """False for one of several terms, which share one promise."""


@dataclass(frozen=True, kw_only=True)
class DmReplyView:
    """An answer to what was typed in the DM. Only what this answer needs is filled in."""

    said: Said | Meaning
    coming: ComingView
    until: date | None = None
    """The local date on which the requested pause ends."""
    talk_to: tuple[str, ...] = ()
    """The admins who would be told of a wish to talk."""
    delivery_id: str = ""
    tracks: tuple[TrackProgress, ...] = ()
    assigned_by: tuple[str, ...] = ()
    """The admins who assigned what is running."""
    hour: time | None = None
    """The hour that was named, local."""
    when: datetime | None = None
    """The local time at which something comes again."""
    question: AnyQuestion | None = None
    """The open question, or the one that was answered."""
    response: Response | None = None
    """The response to it, or what may be meant as one."""
    unrated: bool = False
    """The question is a review that waits for a word on confidence."""
    missed: tuple[str, ...] = ()
    """Titles of items whose first answer was wrong, latest first."""
    again: tuple[TitleLine, ...] = ()
    """Those of them that are still in the catalogue, to be read again."""
    terms: tuple[Term, ...] = ()
    lesson: Lesson | None = None
    """The lesson that comes nearest."""
    days: frozenset[int] = frozenset()
    tz: str = ""
    country: str = ""
    """The English name of the country whose holidays are left out; `days` are local in `tz`."""
    either: tuple[date, ...] = ()
    """The days on which the pause could end, if the date was ambiguous."""
    ahead: bool = False
    """True if the wished-for rest begins on a later day."""
    guessed: bool = False
    """True if something else may have been meant, and is offered."""
    talk_since: date | None = None
    """The date on which `talk_to` were given the name, if none of them has talked to the learner yet."""
    admins: tuple[str, ...] = ()
    answered: bool = False
    """True if they have answered anything, for the question what they got wrong."""

    @property
    def can_ask(self) -> bool:
        """Return True if a wish to talk can be passed on."""
        return bool(self.talk_to) and self.talk_since is None


@dataclass(frozen=True, kw_only=True)
class HintView:
    """An answer to a typed message that wasn't understood. `suggestions`: words that fit the learner's state."""

    suggestions: tuple[str, ...]
    coming: ComingView
    talk_to: tuple[str, ...] = ()
    delivery_id: str = ""
    talk_since: date | None = None

    @property
    def can_ask(self) -> bool:
        """Return True if a wish to talk can be passed on."""
        return bool(self.talk_to) and self.talk_since is None
