"""Quiet days of a workspace: local dates on which nobody is sent anything unasked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class QuietSpan:
    """Some quiet days, the first and the last included; they are local dates, wherever somebody is.

    `removed`: an admin took them back. `settled`: everybody's next message is planned with that in mind.
    """

    workspace_id: str
    span_id: str
    first: date
    last: date
    admin_id: str
    removed: bool = False
    settled: bool = False

    def has(self, day: date) -> bool:
        """Return True for one of its days."""
        return self.first <= day <= self.last
