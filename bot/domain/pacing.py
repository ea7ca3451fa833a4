"""How fast one may call: the generic cell rate algorithm (ITU-T I.371, Annex A), which needs one instant per limit.

That instant is the *theoretical arrival time*: when the next call would come if all came evenly. All are real time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pace:
    """So many calls a minute, of which `burst` may come at once."""

    per_minute: float
    burst: int = 1

    @property
    def every(self) -> timedelta:
        """The time between two calls that come evenly."""
        return timedelta(minutes=1) / self.per_minute

    @property
    def _ahead(self) -> timedelta:
        return self.every * (self.burst - 1)

    def turns(self, arrival: datetime | None, real: datetime, until: datetime, most: int) -> list[datetime]:
        """When the next calls may come, at most `most` and none after `until`. `arrival`: as stored, None at first."""
        found: list[datetime] = []
        while len(found) < most and (turn := max(real, (arrival or real) - self._ahead)) <= until:
            found.append(turn)
            arrival = max(turn, arrival or real) + self.every
        return found

    def after(self, arrival: datetime | None, turns: list[datetime]) -> datetime | None:
        """The theoretical arrival time once calls have come at these turns."""
        for turn in turns:
            arrival = max(turn, arrival or turn) + self.every
        return arrival

    def held_until(self, arrival: datetime | None, real: datetime) -> datetime:
        """The theoretical arrival time when no call may come before `real`, and no burst after it."""
        held = real + self._ahead
        return max(held, arrival or held)


POSTING = 200.0
"""Posts a minute and workspace: Slack allows "several hundred" (https://docs.slack.dev/apis/web-api/rate-limits)."""
POSTING_BURST = 10
TIERS = {
    "chat.update": Pace(45, 10),
    "conversations.open": Pace(45, 10),
    "conversations.history": Pace(45, 10),
    "users.info": Pace(90, 20),
    "dnd.info": Pace(45, 10),
}
"""Nine tenths of what a method's tier allows in a minute (looked up 2026-11-24), its burst included."""
