"""The next message of a learner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class ComingState(StrEnum):
    """The reason why a learner's next message hasn't come yet, or why there is none."""

    NEXT = "next"
    """Its day is still to come."""
    WAITING = "waiting"
    """An item is open."""
    PAUSED = "paused"
    AWAY = "away"
    QUIET = "quiet"
    """Two reminders brought no sign of life."""
    RESTING = "resting"
    """An admin paused what they were assigned, for everybody."""
    FINISHED = "finished"
    LEFT = "left"
    NOTHING = "nothing"
    """There is no track."""


@dataclass(frozen=True, kw_only=True)
class ComingView:
    """The learner's next message, or why there is none."""

    state: ComingState
    title: str
    day: date | None
    """The local date of the message; of a pause, the date on which it ends by itself."""
    at: time
    holiday: date | None = None
    """A public holiday before that date, on which a message would otherwise have come."""
    quiet: tuple[date, date] | None = None
    """The first and last of quiet days before that date, on which a message would otherwise have come."""
    today: date | None = None
    """The person's local date."""
    first: date | None = None
    """The local date of the first lesson, if a welcome comes."""
    left: tuple[tuple[str, str], ...] = ()
    """The (id, title) of tracks to come back to, if nothing is to come."""
    paused: bool = False
    """True if nothing is to come and they are paused as well."""
    resting: tuple[str, ...] = ()
    """The titles of tracks that an admin paused for everybody, if that is why nothing comes by itself."""
    review_on: date | None = None
    """The local date of the next review that comes alone, if nothing else is to come."""

    @property
    def open(self) -> bool:
        """Return True if an item is open, whether or not anything comes by itself."""
        held = self.state in {ComingState.PAUSED, ComingState.AWAY, ComingState.QUIET}
        return self.state is ComingState.WAITING or (held and bool(self.title))

    @property
    def idle(self) -> bool:
        """Return True if nothing is to come."""
        return self.state in {ComingState.FINISHED, ComingState.LEFT, ComingState.NOTHING}
