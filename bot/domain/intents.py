"""The meanings of messages typed to the bot, and the context in which they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.questions import OneRight, WrittenQuestion


class Meaning(StrEnum):
    """The meanings of a typed message. The first five change something at once; the others answer, and offer."""

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
    """A wish to see an earlier item again."""
    REST = "rest"
    """Quiet for a while is wished for; the pause is offered and not made."""
    OUT = "out"
    """Any way of wanting out: a pause and leaving are offered."""
    DATA = "data"
    """A question about the stored data, or a wish to have it deleted."""
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
    """A question about how to add a lesson."""
    REPORT = "report"
    REMINDERS = "reminders"
    """Fewer reminders, with the lessons as they are."""
    SOURCES = "sources"
    """A question about the source of a figure."""
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
    """Agreement with the bot's last question."""
    NO = "no"
    TERM = "term"
    TERMS = "terms"
    """A question about the difference between two terms."""
    NO_TERM = "no_term"
    TOPIC = "topic"
    HINT = "hint"


@dataclass(frozen=True)
class TypedWords:
    """A typed message from Slack's history. `ts` is Slack's timestamp: seconds on Slack's clock."""

    person_id: str
    ts: str
    text: str


@dataclass(frozen=True)
class WordsPage:
    """One page of the messages typed in a DM, newest first, and the cursor of the next page ("" after the last)."""

    words: tuple[TypedWords, ...]
    cursor: str


@dataclass(frozen=True, kw_only=True)
class DmContext:
    """The context of a typed message: what its author sees in the DM. `today` is their local date."""

    today: date
    question: OneRight | WrittenQuestion | None = None
    """The open item's, where it has come, isn't answered, and is of a kind that can be answered by typing here."""
    lettered: bool = False
    """It shows letters."""
    paused: bool = False
    asked: bool = False
    """The bot's last message asks whether it should do something."""


@dataclass(frozen=True, kw_only=True)
class Intent:
    """The meaning of a typed message, and the details parsed from it."""

    meaning: Meaning
    until: date | None = None
    """The last day of a pause, also of one that is only offered."""
    hour: time | None = None
    """The local hour for messages."""
    choice: int = 0
    """The index of a choice."""
    written: str = ""
    """A right answer to a question with a field."""
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
        """Return True if the day on which the pause ends is known, or which two it could be."""
        return self.until is not None or bool(self.either)
