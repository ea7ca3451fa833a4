"""Messages of a track: the welcome, an item, a reminder, the closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.content import Item
from bot.domain.delivery import Outcome
from bot.domain.delivery_note import Note
from bot.domain.questions import AnyQuestion, Response
from bot.domain.strategy import Prompt
from bot.view_models.tracks import TitleLine, TrackLine


@dataclass(frozen=True)
class NoteView:
    """The note below a message. The instant of `Later` is local to the learner; `today` is their date."""

    note: Note
    today: date | None = None


@dataclass(frozen=True)
class Announcement:
    """An announcement of a track at the head of its next item."""

    track: str
    how: str = ""
    """"" for a new one, again, on (again, where they stopped), anew (again, from the beginning)."""
    asked_by: str = ""
    """The admin who restarted it."""
    by_oneself: bool = False
    """True if the learner restarted it."""


@dataclass(frozen=True)
class Skipped:
    """A skipped item. `track`: the title of the learner's track that still contains it."""

    track: str = ""
    done: bool = False
    """True if it was done in another message."""


@dataclass(frozen=True)
class PrivacyView:
    """A notice about privacy. `number`: its place among them, the first being 1."""

    number: int


@dataclass(frozen=True)
class ChangedView:
    """A change in an item that they had. `line`: as it was written, without Markdown."""

    item_id: str
    title: str
    line: str


@dataclass(frozen=True)
class WorthView:
    """A question on the worth of the message's item. `said`: None until they said so."""

    said: bool | None


@dataclass(frozen=True)
class GroupPageView:
    """A question whether their before and after of a track may stand on their group's page. `said`: None until they
    said so.
    """

    track: str
    said: bool | None


@dataclass(frozen=True)
class PromptView:
    """A prompt below an item that is behind its learner."""

    item_id: str
    prompt: Prompt
    written: bool


@dataclass(frozen=True)
class ComfortView:
    """A question how comfortable somebody would be with a track's subject. `said`: 1 to 5, None until they said so.

    `first`: what they said when it began, once they have said it again.
    """

    track: str
    said: int | None
    first: int | None = None


RiderView = PrivacyView | ChangedView | ComfortView | GroupPageView | WorthView


@dataclass(frozen=True, kw_only=True)
class PreviewView:
    """A track's nth item, the first being 1, as an admin looks at it. Nothing is recorded."""

    track_id: str
    title: str
    """Of the track; its id where there is no such track any more."""
    number: int
    total: int
    item: Item | None
    """None where the track has no such item any more."""
    response: Response | None = None
    """What was tapped in it."""


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """A lesson or explainer with its question, before or after it is done."""

    delivery_id: str
    item: Item
    position: int
    total: int
    track: str = ""
    announce: Announcement | None = None
    response: Response | None = None
    """The response that counts."""
    tried: Response | None = None
    """The wrong one that may be tried once more."""
    guessed: bool = False
    """It was given before the text was shown."""
    asks_first: bool = False
    """The question stands before the text."""
    text_shown: bool = True
    says_why: bool = False
    """It says why the question stands before the text."""
    ticked: bool = False
    """The learner said that they could explain it, which is why the question stands before the text."""
    sure: bool | None = None
    """The confidence in the answer to a ticked item; None until it was told."""
    outcome: Outcome | None = None
    note: NoteView | None = None
    titled: bool = False
    """True if the learner wants the title in the notification."""
    skipped: Skipped | None = None
    """The reason, if the item was skipped."""
    folded: bool = False
    """True if the item stands in another message, to which this one links."""
    reviews: tuple[ReviewView, ...] = ()
    voided: bool = False
    """The answer was a slip, and counts as read."""
    asking_id: str = ""
    """Of the item's question; "" in a preview, where nothing is recorded."""
    rider: RiderView | None = None
    """The one extra line of the message."""
    prompt: PromptView | None = None
    """In the place of a review: a line for their strategy page."""


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """A question that comes back, in a message of its day."""

    asking_id: str
    question: AnyQuestion
    days: int
    """Days since it was answered last; 0 if it never was."""
    seconds: int
    response: Response | None = None
    tried: Response | None = None
    outcome: Outcome | None = None
    sure: bool | None = None
    voided: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewsView:
    """A message of reviews alone."""

    delivery_id: str
    reviews: tuple[ReviewView, ...]
    asked_for: bool = False
    rider: RiderView | None = None


class WelcomeState(StrEnum):
    """The state of the tracks that a welcome tells of."""

    OPEN = "open"
    STARTED = "started"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    LEFT = "left"
    FINISHED = "finished"


@dataclass(frozen=True, kw_only=True)
class WelcomeView:
    """The one welcome."""

    delivery_id: str
    tracks: tuple[TrackLine, ...]
    assigned_by: tuple[str, ...]
    at: time
    days: frozenset[int]
    first_day: date | None
    state: WelcomeState = WelcomeState.OPEN
    hour_changed: bool = False
    holidays: bool = False
    """True if public holidays are left out."""
    by_oneself: bool = False
    """True if the only admin who assigned is the learner."""


@dataclass(frozen=True, kw_only=True)
class ReminderView:
    """A reminder of an open item. `last`: nothing more comes until the learner does something."""

    delivery_id: str
    last: bool
    note: NoteView | None = None
    done: str = ""
    """The item's title, once it was done in another message."""
    skipped: Skipped | None = None
    """The reason, once the item was skipped."""


@dataclass(frozen=True, kw_only=True)
class ClosingView:
    """The end of a track."""

    delivery_id: str
    track: str
    learned: tuple[TitleLine, ...]
    answered: int
    right: int
    meeting_lines: tuple[str, ...] = ()
    """The lines for the next meeting that its lessons gave, as Markdown."""
    next_tracks: tuple[tuple[str, str], ...] = ()
    """(id, title) of tracks that could follow and that the learner may start."""
    running: tuple[str, ...] = ()
    """The titles of other tracks with which lessons go on."""
    again: bool = False
    """True if this track was restarted since."""
    reviews_follow: bool = False
    """True if questions from before come back, though nothing else is to come."""
    new_hour: time | None = None
    talk_asked: bool = False
    talk_to: tuple[str, ...] = ()
    """The admins who would be told of a wish to talk."""
    rider: RiderView | None = None
    """The one extra line of the message."""
