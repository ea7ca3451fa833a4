"""The people an admin means by a user group or a channel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """The kinds of lists of people that Slack has."""

    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True)
class PeopleSource:
    """A user group or a channel, by its id in Slack. `name`: as it was written, without its sign; "" if unknown."""

    kind: SourceKind
    source_id: str
    name: str = ""
