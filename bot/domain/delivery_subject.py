"""The subject of a message: one class for each thing a delivery can speak of, ids only and never words.

`bot/store/subject_json.py` has the form in which they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from bot.domain.intents import Meaning


@dataclass(frozen=True, kw_only=True)
class _Stored:
    unread: Mapping[str, Any] = field(default_factory=dict)
    """Fields that another release stored and this one can't read, kept unchanged."""


@dataclass(frozen=True)
class ItemMessage(_Stored):
    """The item of the delivery's asking. Also stands for a welcome, whose slot says enough, and for an unknown
    subject.
    """

    later: bool = False
    """*Later today* brings it."""
    folded: bool = False
    """It stands in another message, to which this one leads."""


PLAIN = ItemMessage()
"""An item that is brought as planned, or a welcome."""


@dataclass(frozen=True)
class Reminder(_Stored):
    """A reminder of the item of the delivery's asking."""

    last: bool
    """Nothing more comes until a sign of life."""
    opened: bool = False
    """It shows the item in its place."""
    folded: bool = False
    """The item stands in another message, to which this one leads."""


@dataclass(frozen=True)
class Closing(_Stored):
    """The end of a track."""

    track_id: str
    new_hour: time | None = None
    """The new local hour, if the old one belonged to the finished track."""
    talk_asked: bool = False
    """The learner wished to talk to someone, in this message."""


@dataclass(frozen=True)
class Reviews(_Stored):
    """Reviews alone: what it asks are its further askings. `asked_for`: with `/learn review`."""

    asked_for: bool = False


@dataclass(frozen=True)
class OrderSummary(_Stored):
    """The result of an admin's order."""

    order_id: str


@dataclass(frozen=True)
class TokenRefused(_Stored):
    """Slack refuses the workspace's token, with this error code."""

    code: str


@dataclass(frozen=True)
class TalkWish(_Stored):
    """A learner would like to talk to someone."""

    learner_id: str


@dataclass(frozen=True)
class SharedPage(_Stored):
    """Somebody has shared their strategy page."""

    owner_id: str


@dataclass(frozen=True)
class TrialItem(_Stored):
    """A track's nth item, the first being 1, in a run through the whole track for an admin alone."""

    track_id: str
    number: int


@dataclass(frozen=True)
class RuleNews(_Stored):
    """A summary of what an admin's rules did until this local date of theirs."""

    day: date


@dataclass(frozen=True)
class MonthlyReport(_Stored):
    """A programme's report, sent by itself on the first of this month."""

    month: date


@dataclass(frozen=True)
class GivenBack(_Stored):
    """A track that they had begun by themselves is theirs alone again: an admin has taken its assignment back."""

    track_id: str


@dataclass(frozen=True)
class Appointed(_Stored):
    """They are an admin now, or no longer. `by_id`: the admin who has seen to it."""

    by_id: str
    dismissed: bool = False


@dataclass(frozen=True)
class DraftNews(_Stored):
    """A draft for discussion has their lines in it. `ready`: everybody agreed."""

    draft_id: str
    ready: bool = False


class Said(StrEnum):
    """The answers to typed words that aren't named after their meaning (`Meaning`)."""

    PAUSED = "paused"
    BACK_ON = "back_on"
    RESUMED = "resumed"
    NOT_PAUSED = "not_paused"
    NOTHING_OPEN = "nothing_open"
    WAITING = "waiting"
    FINISHED = "finished"
    NOTHING = "nothing"
    ANSWERED = "answered"
    NO_QUESTION = "no_question"
    HOUR_SET = "hour_set"
    TAP_IT = "tap_it"
    LEFT_ALONE = "left_alone"


@dataclass(frozen=True, kw_only=True)
class _OfTypedWords(_Stored):
    guessed: bool = False
    """Something else may have been meant, and is offered."""


@dataclass(frozen=True)
class DmReply(_OfTypedWords):
    """An answer to typed words, with the details of them that it repeats."""

    said: Said | Meaning
    until: date | None = field(default=None, kw_only=True)
    """The day a pause ends that was asked for, local."""
    either: tuple[date, ...] = field(default=(), kw_only=True)
    """The days that a pause could end on: which is meant is asked."""
    ahead: bool = field(default=False, kw_only=True)
    """The rest that is wished for begins on a later day."""
    hour: time | None = field(default=None, kw_only=True)
    """The hour that was named, local."""
    when: datetime | None = field(default=None, kw_only=True)
    """The instant at which the open item comes again."""
    terms: tuple[str, ...] = field(default=(), kw_only=True)
    """Ids of the terms that were named."""
    lesson: str = field(default="", kw_only=True)
    """The id of the lesson that comes nearest."""


@dataclass(frozen=True)
class AnswerGiven(_OfTypedWords):
    """A typed answer counts; the reasons are shown."""

    said: ClassVar = Said.ANSWERED
    asking_id: str


@dataclass(frozen=True)
class AnswerAsked(_OfTypedWords):
    """Typed words may be an answer: asked before it counts."""

    said: ClassVar = Meaning.IS_IT
    asking_id: str
    delivery_id: str
    """The message that shows the question."""
    choice: int
    written: str = ""
    """A right answer to a question with a field."""

    @property
    def picked(self) -> str:
        """Return the value that answers the question."""
        return self.written or str(self.choice)


@dataclass(frozen=True)
class ExplainedTerm(_OfTypedWords):
    """A term that was typed."""

    term_id: str


@dataclass(frozen=True)
class Hint(_OfTypedWords):
    """Typed words weren't understood: what they may have been about is offered."""


ToTypedWords = DmReply | AnswerGiven | AnswerAsked | ExplainedTerm | Hint
"""A message that was asked for with typed words."""
_ToAdmins = OrderSummary | TokenRefused | TalkWish | TrialItem | RuleNews | MonthlyReport | Appointed
Subject = ItemMessage | Reminder | Closing | Reviews | SharedPage | DraftNews | GivenBack | _ToAdmins | ToTypedWords
