"""What somebody who types to the bot means, and what they have in front of them while they type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.questions import OneRight


class Meaning(StrEnum):
    """What was meant. The first five change something at once; the others answer, and offer."""

    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    ANSWER = "answer"
    """A letter: it answers the open question."""
    LATER = "later"
    NOT_TODAY = "not_today"
    STILL_OPEN = "still_open"
    """*Done*, *I know this*: of the open item, whose buttons they mean."""
    AGAIN = "again"
    """The last message once more."""
    REREAD = "reread"
    """Something they have had before."""
    REST = "rest"
    """Quiet for a while is wished for; the pause is offered and not made."""
    OUT = "out"
    """Any way of wanting out: a pause and leaving are offered."""
    DATA = "data"
    """What is kept, and having it deleted."""
    GO_ON = "go_on"
    """*Please don't stop.*"""
    IS_IT = "is_it"
    """It may be an answer: asked before it counts."""
    NO_SUCH_CHOICE = "no_such_choice"
    CORRECTION = "correction"
    """*I meant A, not C*: an answer that was given stays."""
    HOUR = "hour"
    DAYS = "days"
    ZONE = "zone"
    HOLIDAYS = "holidays"
    SETTINGS = "settings"
    WHO = "who"
    WHY = "why"
    PROGRESS = "progress"
    WRONG = "wrong"
    UNSURE = "unsure"
    COMPLAINT = "complaint"
    BROKEN = "broken"
    """Something technical: a button, a link, a picture."""
    WHEN = "when"
    TRACKS = "tracks"
    ADD_LESSON = "add_lesson"
    """How a lesson of one's own is added."""
    REPORT = "report"
    REMINDERS = "reminders"
    """Fewer reminders, with the lessons as they are."""
    SOURCES = "sources"
    """Where a figure comes from."""
    LANGUAGE = "language"
    ELSEWHERE = "elsewhere"
    """By e-mail, or in another app."""
    SORRY = "sorry"
    """An apology for being late."""
    TALK = "talk"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    SAY_AGAIN = "say_again"
    """It was typed while the bot was away, too long ago to be answered now."""
    YES = "yes"
    """To what the bot asked last."""
    NO = "no"
    TERM = "term"
    TERMS = "terms"
    """What tells two terms apart."""
    NO_TERM = "no_term"
    TOPIC = "topic"
    HINT = "hint"


@dataclass(frozen=True)
class TypedWords:
    """What somebody typed, as Slack's history has it. `ts` is Slack's, seconds on its clock."""

    person_id: str
    ts: str
    text: str


@dataclass(frozen=True)
class WordsPage:
    """One page of what was typed in a DM, the newest first, and where the next begins; "" after the last."""

    words: tuple[TypedWords, ...]
    cursor: str


@dataclass(frozen=True)
class DmContext:
    """What somebody has in front of them while they type. `today` is local to them."""

    today: date
    question: OneRight | None = None
    """The open item's, where it has come, isn't answered, and is of the kind that a letter answers."""
    lettered: bool = False
    """It shows letters."""
    paused: bool = False
    asked: bool = False
    """The bot's last message asks whether it should do something."""


@dataclass(frozen=True)
class Intent:
    """What was meant, and the details of it that were read."""

    meaning: Meaning
    until: date | None = None
    """Of a pause, one that is only offered as well."""
    hour: time | None = None
    """Of messages, local."""
    choice: int = 0
    terms: tuple[str, ...] = ()
    """Ids of the terms in it, or of those most like the word that was asked for."""
    lesson: str = ""
    """The id of the lesson that comes nearest."""
    either: tuple[date, ...] = ()
    """The days that it could end on, where it was written so that two readers read two days."""
    ahead: bool = False
    """The rest that is wished for begins on a later day."""
    guessed: bool = False
    """Something else may have been meant."""

    @property
    def has_end(self) -> bool:
        """Whether the day is known, or which two it could be, on which a pause ends."""
        return self.until is not None or bool(self.either)
