"""Tracks that an admin paused for everybody who was assigned them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class PausedTrack:
    """A track of which nothing comes by itself. `since`: business time, UTC.

    `ended`: it goes on. `settled`: everybody's next message is planned with that in mind.
    """

    workspace_id: str
    track_id: str
    admin_id: str
    since: datetime
    ended: bool = False
    settled: bool = False
