"""What is sent, and what came back. Business instants (`due_at`) and real ones (`*_real`) are both UTC.

A delivery's life; `store/deliveries.py` has each transition as one function, named in the brackets:

    due ──claim [claim]──> claimed ──posted [sent]──> sent
     ^                       │ ├──refused for good [retire]──> failed
     │                       │ ├──too late today [retire]──> missed            (its date stays claimed: it is settled)
     │                       │ ├──nothing to say any more [retire]──> withdrawn   (its date is free again)
     │──not now [give_back]──┘ └──reply lost [update_attempt], or a crash, and its lease ran out [expired]
     │                                 │
     │                                 v          ┌──history has it [sent], or it was tapped [arrived]──> sent
     │──history hasn't it [give_back]──uncertain ─┤
     └──an admin sends it again [give_back]───────┴──history can't be read, and an admin leaves it──> left
                                                                        (a tap still proves that it arrived [arrived])

A due one may end as missed or withdrawn before it is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.delivery_note import Note
from bot.domain.delivery_subject import PLAIN, ItemMessage, Reminder, Subject


class Slot(StrEnum):
    """Why a delivery exists. The first four weren't asked for (a closing may have been)."""

    WELCOME = "welcome"
    DAILY = "daily"
    REMINDER = "reminder"
    CLOSING = "closing"
    NOTICE = "notice"
    ASKED = "asked"


UNASKED = frozenset({Slot.WELCOME, Slot.DAILY, Slot.REMINDER})


class State(StrEnum):
    """Where a delivery stands; the module's drawing has the transitions."""

    DUE = "due"
    CLAIMED = "claimed"
    UNCERTAIN = "uncertain"
    LEFT = "left"
    SENT = "sent"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class Outcome(StrEnum):
    """How an asking ended."""

    READ = "read"
    KNOWN = "known"
    ANSWERED = "answered"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why somebody is asked. Only an item waits: at most one is open, it brings reminders and holds the next one back.

    Reviews and checks may stay open: they bring no reminder, hold nothing back and are put behind by nobody else.
    """

    ITEM = "item"
    REVIEW = "review"
    CHECK = "check"


@dataclass(frozen=True)
class Asking:
    """One bringing of an item and its question; repeated deliveries belong to it."""

    workspace_id: str
    asking_id: str
    learner_id: str
    number: int
    item_id: str
    track_id: str
    content_hash: str
    opened_at: datetime
    again: bool = True
    """True while the item itself is owed: not yet sent, put off, or to come again after a hold."""
    reminders: int = 0
    outcome: Outcome | None = None
    not_before: date | None = None
    """Put off by the learner: no unasked message brings it before this date."""
    preface: str = ""
    """The id of a track to be announced at the head of this item."""
    reason: Reason = Reason.ITEM


NO_ANSWER = 0
"""The attempt of whoever puts an item behind them without an answer."""
FIRST_ANSWER = 1
"""The attempt that counts."""


@dataclass(frozen=True, kw_only=True)
class LoggedResponse:
    """An entry in the log of responses: an answer to an asking, or that its item was read or known. It never changes.

    `kind` is that of the question, or `read` or `known`; `response` is what `questions.Response.pack` gave.
    """

    workspace_id: str
    asking_id: str
    attempt: int
    learner_id: str
    kind: str
    response: Mapping[str, Any]
    right: bool | None
    at: datetime
    request_id: str


@dataclass(frozen=True)
class Delivery:
    """One DM owed to one person, and what became of it."""

    workspace_id: str
    delivery_id: str
    learner_id: str
    slot: Slot
    state: State
    due_at: datetime
    claimed_date: date | None = None
    """The local date whose one unasked message this is."""
    caused_by: str | None = None
    """The id of the request or event that brought this about."""
    unique_key: str | None = None
    """What a learner has once ever: the welcome."""
    asking_id: str | None = None
    about: Subject = PLAIN
    """The subject of the message: ids only, never words."""
    attempt: int = 0
    channel_id: str | None = None
    ts: str | None = None
    problem: str | None = None
    note: Note | None = None
    """What was agreed with the learner about this message; shown in it."""
    revision: int = 1
    shown: int = 0
    """The message in Slack shows this revision; behind `revision`, it lags."""
    claimable_at: datetime | None = None
    retry_real: datetime | None = None
    lease_real: datetime | None = None
    claimed_real: datetime | None = None
    lags_real: datetime | None = None

    @property
    def unasked(self) -> bool:
        """What a pause or silence holds back. A closing only when it claims a date: then no tap brought it about."""
        return self.slot in UNASKED or (self.slot is Slot.CLOSING and self.claimed_date is not None)

    @property
    def put_off(self) -> bool:
        """True for the message in which *Later today* brings an item again."""
        return isinstance(self.about, ItemMessage) and self.about.later

    @property
    def last_reminder(self) -> bool:
        """True for the reminder after which nothing comes until a sign of life."""
        return isinstance(self.about, Reminder) and self.about.last

    @property
    def brings_item(self) -> bool:
        """False for a reminder that only names its item; one that was opened shows it."""
        return self.slot is not Slot.REMINDER or (isinstance(self.about, Reminder) and self.about.opened)

    @property
    def folded(self) -> bool:
        """True where the item stands in another message, to which this one leads."""
        return isinstance(self.about, ItemMessage | Reminder) and self.about.folded
