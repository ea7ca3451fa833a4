"""Orders of admins, and their effects on people."""

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
        """Return the people named, each once."""
        return tuple(dict.fromkeys(self.people["ids"]))


@dataclass(frozen=True)
class Effect:
    """The effect of an order on one person. `before`: the enrolment's columns before it, None if there was no
    enrolment.
    """

    workspace_id: str
    order_id: str
    learner_id: str
    outcome: str
    before: Mapping[str, Any] | None = None
    revision: int | None = None
    steps: int = 0
    """The number of items that the person had done by then."""
    put_back: bool = False
