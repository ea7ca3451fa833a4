"""A reader's word that something is wrong in an item: nameless, and without an hour that would lead to a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ErrorReport:
    """One report. `sentence`: what they say is wrong, "" where they said nothing more; `day`: in UTC."""

    workspace_id: str
    report_id: str
    item_id: str
    sentence: str
    day: date
    settled_on: date | None = None
