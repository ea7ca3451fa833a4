"""A draft for discussion: what several people wrote, side by side, each sentence theirs. Nobody judges or merges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.strategy import Page, Part

FEWEST = 2
"""The contributors from which a draft is one."""


@dataclass(frozen=True)
class DraftLine:
    """A line of one person: the part it is filed under, what was asked, and what they wrote."""

    part: Part
    asked: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft that an admin made of the pages that are shared with them."""

    workspace_id: str
    draft_id: str
    admin_id: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One person's lines in a draft, as they were when it was made. `agreed_at`: None until they agreed to them."""

    workspace_id: str
    draft_id: str
    learner_id: str
    lines: tuple[DraftLine, ...]
    agreed_at: datetime | None = None


def lines_of(page: Page) -> tuple[DraftLine, ...]:
    """Return the lines of a page, in its order."""
    return tuple(
        DraftLine(part.part, asked, said)
        for part in page.parts
        for entry in part.entries
        for asked, said in entry.lines
    )


def all_agreed(contributions: Sequence[Contribution]) -> bool:
    """Return True once everybody whose lines are in a draft has seen them and agreed."""
    return len(contributions) >= FEWEST and all(each.agreed_at is not None for each in contributions)
