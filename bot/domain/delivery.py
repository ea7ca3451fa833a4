"""Deliveries and the answers to them. Business instants (`due_at`) and real ones (`*_real`) are both UTC.

A delivery's life. `store/deliveries.py` has each transition as one function, named in the brackets; [claim] and
[expired] are in `store/delivery_queue.py`:

    due ──claim [claim]──> claimed ──posted [sent]──> sent
     ^                       │ ├──refused for good [retire]──> failed
     │                       │ ├──too late today [retire]──> missed            (its date stays claimed)
     │                       │ ├──nothing to say any more [retire]──> withdrawn   (its date is free again)
     │──not now [give_back]──┘ └──reply lost [update_attempt], or a crash, and its lease ran out [expired]
     │                                 │
     │                                 v          ┌──history has it [sent], or it was tapped [arrived]──> sent
     │──history hasn't it [give_back]──uncertain ─┤
     └──an admin sends it again [give_back]───────┴──history can't be read, and an admin leaves it──> left
                                                                        (a tap still proves that it arrived [arrived])

A due delivery may also become missed or withdrawn before it is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.delivery_note import Note
from bot.domain.delivery_subject import PLAIN, ItemMessage, Reminder, Subject
from bot.domain.rider import FIGURES_NOTICE, PrivacyNotice, Rider


class Slot(StrEnum):
    """The reasons for a delivery. The first four weren't asked for, except some closings."""

    WELCOME = "welcome"
    DAILY = "daily"
    REMINDER = "reminder"
    CLOSING = "closing"
    NOTICE = "notice"
    ASKED = "asked"


UNASKED = frozenset({Slot.WELCOME, Slot.DAILY, Slot.REMINDER})


class State(StrEnum):
    """The states of a delivery; the module's diagram has the transitions."""

    DUE = "due"
    CLAIMED = "claimed"
    UNCERTAIN = "uncertain"
    LEFT = "left"
    SENT = "sent"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class Outcome(StrEnum):
    """The ways an asking can end."""

    READ = "read"
    KNOWN = "known"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    LAPSED = "lapsed"
    """A review whose card was asked again: an answer to it feeds nothing."""
    DROPPED = "dropped"
    """A review that the learner doesn't want: an answer to it feeds nothing."""


OVER = frozenset({Outcome.LAPSED, Outcome.DROPPED})
"""The ends of a review that nobody answered in time."""


class Reason(StrEnum):
    """The reasons for an asking. Only an item waits: at most one is open, brings reminders and holds back the next
    one.
    """

    ITEM = "item"
    REVIEW = "review"
    CHECK = "check"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One occasion on which an item is taught. Its deliveries bring the item, bring it again, or remind of it."""

    workspace_id: str
    asking_id: str
    learner_id: str
    number: int
    item_id: str
    track_id: str
    content_hash: str
    opened_at: datetime
    again: bool = True
    """True while the item itself must be sent: not yet sent, put off, or due again after a hold."""
    reminders: int = 0
    outcome: Outcome | None = None
    not_before: date | None = None
    """The local date before which no unasked message brings it, since the learner put it off."""
    preface: str = ""
    """The id of a track to be announced at the head of this item."""
    reason: Reason = Reason.ITEM
    question_id: str = ""
    """The wording that it asks; "" for one of the release before, whose items had one."""
    choice_order: str = ""
    """The indices of the choices in the order on the screen, a digit each; "" for the author's order."""
    asks_first: bool = False
    """The question stands before the text."""
    text_shown: bool = True
    """False while the text is held back behind the question."""
    ticked: bool = False
    """The learner said that they could explain it: the text comes once they were wrong or unsure, or want it."""

    @property
    def order(self) -> tuple[int, ...]:
        """Return the indices of the choices in the order on the screen; () for the author's order."""
        return tuple(int(digit) for digit in self.choice_order)

    @property
    def holds_back(self) -> bool:
        """Return True while the text stands behind an open question."""
        return self.asks_first and not self.text_shown and self.outcome is None

    @property
    def vouched(self) -> bool:
        """Return True while it is asked of somebody who said that they know it, without having shown the text."""
        return self.ticked and not self.text_shown

    @property
    def shows_text(self) -> bool:
        """Return True if the text is on the screen."""
        if self.vouched and self.outcome in {Outcome.ANSWERED, Outcome.KNOWN}:
            return False
        return not self.holds_back


NO_ANSWER = 0
"""The attempt of whoever puts an item behind them without an answer."""
FIRST_ANSWER = 1
"""The attempt that counts."""
WRONG_TRY = 2
"""The attempt of a wrong answer that may be tried once more: it doesn't count."""
CONFIDENCE = 3
"""The attempt that says how sure the one before it was: `sure` in its response."""
SLIP = 4
"""The attempt that voids the answer: a slip of the finger."""


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
    guessed: bool = False
    """It was answered before the text was shown: never a miss."""
    day: date | None = None
    """The learner's local date; None in a row of the release before."""
    review_on: date | None = None
    """The local date of the first review after a guess."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One DM for one person, with its state."""

    workspace_id: str
    delivery_id: str
    learner_id: str
    slot: Slot
    state: State
    due_at: datetime
    claimed_date: date | None = None
    """The learner's local date whose one unasked message this is."""
    caused_by: str | None = None
    """The id of the request or event that caused it: a repeated request creates no second delivery."""
    unique_key: str | None = None
    """The name of a message that a learner gets only once, which is the welcome."""
    asking_id: str | None = None
    about: Subject = PLAIN
    """The subject of the message: ids only, never words."""
    attempt: int = 0
    channel_id: str | None = None
    ts: str | None = None
    problem: str | None = None
    note: Note | None = None
    """The agreement with the learner about this message, shown below it."""
    rider: Rider | None = None
    """The one extra line that it carries."""
    revision: int = 1
    shown: int = 0
    """The revision that the message in Slack shows. It lags while this is less than `revision`."""
    claimable_at: datetime | None = None
    retry_real: datetime | None = None
    lease_real: datetime | None = None
    claimed_real: datetime | None = None
    lags_real: datetime | None = None

    @property
    def unasked(self) -> bool:
        """Return True if a pause or silence holds it back. A closing counts only if it claims a date: otherwise a tap
        caused it.
        """
        return self.slot in UNASKED or (self.slot is Slot.CLOSING and self.claimed_date is not None)

    @property
    def put_off(self) -> bool:
        """Return True if *Later today* scheduled this message."""
        return isinstance(self.about, ItemMessage) and self.about.later

    @property
    def last_reminder(self) -> bool:
        """Return True for the reminder after which nothing comes until the learner does something."""
        return isinstance(self.about, Reminder) and self.about.last

    @property
    def tells_of_figures(self) -> bool:
        """Return True for a message that says what reports tell."""
        notice = isinstance(self.rider, PrivacyNotice) and self.rider.number >= FIGURES_NOTICE
        return notice or self.slot is Slot.WELCOME

    @property
    def brings_item(self) -> bool:
        """Return True if the message shows the item itself. A reminder does so only once it was opened."""
        return self.slot is not Slot.REMINDER or (isinstance(self.about, Reminder) and self.about.opened)

    @property
    def folded(self) -> bool:
        """Return True if the item stands in another message, to which this one links."""
        return isinstance(self.about, ItemMessage | Reminder) and self.about.folded
