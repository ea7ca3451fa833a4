"""Rules: whoever is in a user group or channel has a track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.audience import PeopleSource, SourceKind

EVERY = timedelta(hours=1)
"""The time between two looks at who is in a group."""
SUMMARY_AT = time(9)
"""The local hour of an admin at which they are told what their rules did since the day before."""


class RuleState(StrEnum):
    """The states of a rule."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class GroupRule:
    """A rule of a workspace. `admin_id`: who made it, and is told what it does."""

    workspace_id: str
    rule_id: str
    kind: SourceKind
    source_id: str
    name: str
    track_id: str
    admin_id: str
    created_at: datetime
    at: time | None = None
    days: frozenset[int] | None = None
    state: RuleState = RuleState.ACTIVE
    due_at: datetime | None = None
    """The instant of the next look at who is in it (business time); None unless it is active."""
    problem: str | None = None
    """Slack's code of the last look, where it couldn't be had."""

    @property
    def source(self) -> PeopleSource:
        """Return the group or channel."""
        return PeopleSource(self.kind, self.source_id, self.name)
