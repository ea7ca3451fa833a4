"""Orders: what an admin asked for, and what it did to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True)
class Order:
    """One request of an admin. `people["ids"]` keeps the order in which they were named."""

    workspace_id: str
    order_id: str
    admin_id: str
    verb: str
    track_id: str
    people: Mapping[str, Any]
    created_at: datetime
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    state: str = "stored"
    undo: str = "none"
    open_real: datetime | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The people named, each once."""
        return tuple(dict.fromkeys(self.people["ids"]))


@dataclass(frozen=True)
class Effect:
    """What an order did to one person. `before`: the enrolment's columns as they were, None if there was none."""

    workspace_id: str
    order_id: str
    learner_id: str
    outcome: str
    before: Mapping[str, Any] | None = None
    revision: int | None = None
    steps: int = 0
    """Items the person had done until then."""
    put_back: bool = False
