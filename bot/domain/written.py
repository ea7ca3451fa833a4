"""Lessons, terms and tracks that admins write in Slack, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.content import Kind


class WrittenState(StrEnum):
    """The states of a version.

    draft -> published; a published one is followed by another draft, or by `withdrawn`.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class WrittenItem:
    """One version of a lesson, term or track. Who wrote it is in the audit alone."""

    workspace_id: str
    kind: Kind
    item_id: str
    """The id of the lesson, term or track."""
    version: int
    """From 1. Versions that were published are kept."""
    state: WrittenState
    track_id: str
    """The track of a lesson; "" for a term and for a track."""
    title: str
    text: str
    """A lesson or a term as its file in a lessons folder; of a track its summary."""
    since: datetime
    """When its first version was written, which orders the lessons of a track. UTC."""
    at: datetime
    """When this version came into its state, UTC."""
    made_in: str
    """The id of the dialog in which it was last saved, so that a form sent twice makes one draft."""


class FormField(StrEnum):
    """The fields of the dialogs in which lessons and terms are written."""

    TITLE = "title"
    """Of a lesson its title, of a term the term itself."""
    STANDS_FOR = "stands_for"
    ALIASES = "aliases"
    TEXT = "text"
    HEARD = "heard"
    USE_WHEN = "use_when"
    AVOID_WHEN = "avoid_when"
    SOURCES = "sources"
    """A source a line: the id of an entry in the sources file, or publisher, title, date and address."""
    REVIEW_BY = "review_by"
    STEM = "stem"
    RIGHT = "right"
    WHY_RIGHT = "why_right"
    OTHER_1 = "other_1"
    WHY_1 = "why_1"
    OTHER_2 = "other_2"
    WHY_2 = "why_2"
    OTHER_3 = "other_3"
    WHY_3 = "why_3"
    MORE = "more"
    """Everything below the first question, or from it on where it is asked in another way: as in a file."""


CHOICES = (
    (FormField.RIGHT, FormField.WHY_RIGHT),
    (FormField.OTHER_1, FormField.WHY_1),
    (FormField.OTHER_2, FormField.WHY_2),
    (FormField.OTHER_3, FormField.WHY_3),
)
