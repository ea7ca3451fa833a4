"""How fast one may call: the generic cell rate algorithm (ITU-T I.371, Annex A), which needs one instant per limit.

That instant is the *theoretical arrival time*: when the next call would come if all came evenly. All are real time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_WAIT = timedelta(minutes=10)
"""Nothing waits longer than this in real time before it is tried again, whatever Slack says."""
FARTHEST = timedelta(minutes=15)
"""No stored real instant lies further ahead than this, leases included. One that does was stored by a clock that has
been set back since, and counts as come.
"""


@dataclass(frozen=True)
class RateLimit:
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


POST = "chat.postMessage"
HISTORY = "conversations.history"
POSTING = 200.0
"""Posts a minute and workspace: Slack allows "several hundred" (https://docs.slack.dev/apis/web-api/rate-limits)."""
POSTING_BURST = 10
TIERS = {
    "chat.update": 50,
    "conversations.open": 50,
    HISTORY: 50,
    "users.info": 100,
    "dnd.info": 50,
}
"""Calls a minute that a method's tier allows in a workspace (looked up 2026-11-24)."""
SHARE = 0.75
BURST_SHARE = 0.2
"""With a burst of this share besides, no minute has more than Slack allows."""


@dataclass(frozen=True)
class RateLimits:
    """How fast each method may be called in a workspace. `share`: how much of its tier is used.
    `history`: calls a minute that Slack allows of that method, which depends on how the app is distributed.
    """

    post: RateLimit = RateLimit(POSTING, POSTING_BURST)
    share: float = SHARE
    history: float = TIERS[HISTORY]

    def of(self, method: str) -> RateLimit:
        """A method's pace."""
        if method == POST:
            return self.post
        allowed = self.share * (self.history if method == HISTORY else TIERS[method])
        return RateLimit(allowed, max(1, int(allowed * BURST_SHARE / SHARE)))
