"""The strategy on one page: its parts, the prompts that lead to it, and what somebody wrote. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Part(StrEnum):
    """The parts of the page, in their order."""

    BUSINESS_CASE = "business-case"
    COMPETENCIES = "competencies"
    TONE = "tone-and-content"
    MEASUREMENT = "measurement"

    @property
    def heading(self) -> str:
        """Return the heading of this part."""
        return _TITLES[self]


_TITLES = {
    Part.BUSINESS_CASE: "Business case and resourcing",
    Part.COMPETENCIES: "Competencies",
    Part.TONE: "Tone and content process",
    Part.MEASUREMENT: "Measurement and improvement agreement",
}
MOST_INPUTS = 3
MOST_CHARACTERS = 3000
"""The most characters of one input: as many as Slack takes."""


@dataclass(frozen=True)
class Prompt:
    """A prompt of a lesson: the part that it is filed under, and one to three questions about one's own company."""

    part: Part
    inputs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reflection:
    """An answer to a prompt, as it was written once: one written later counts in its place, and leaves it as it is.

    `content_hash`: the lesson as it was when they were asked, so that it can be read when the lesson is gone.
    """

    workspace_id: str
    reflection_id: str
    learner_id: str
    number: int
    """Its place among what they wrote, the first being 1."""
    item_id: str
    content_hash: str
    answers: tuple[str, ...]
    at: datetime

    @property
    def blank(self) -> bool:
        """Return True if nothing is written in it: taken back."""
        return not any(self.answers)


def latest(written: Iterable[Reflection]) -> dict[str, Reflection]:
    """Return what counts of each lesson's prompt: the latest that was written; none where that is blank."""
    found = {each.item_id: each for each in sorted(written, key=lambda each: each.number)}
    return {item_id: each for item_id, each in found.items() if not each.blank}


@dataclass(frozen=True)
class Entry:
    """One lesson's lines on the page: each question with its answer, where there is one."""

    item_id: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Gap:
    """A lesson whose prompt would fill a part. `track`: the title of the track that has it."""

    item_id: str
    title: str
    track: str
    ready: bool
    """The lesson is behind them, so that it can be written now."""


@dataclass(frozen=True)
class PagePart:
    """A part of the page: what is written, and what would fill it."""

    part: Part
    entries: tuple[Entry, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """Somebody's strategy as it stands."""

    owner_id: str
    owner: str
    """Their name."""
    changed_at: datetime | None
    """The instant (UTC) at which something was written last; None for an empty page."""
    parts: tuple[PagePart, ...]

    @property
    def empty(self) -> bool:
        """Return True if nothing is written yet."""
        return not any(part.entries for part in self.parts)
