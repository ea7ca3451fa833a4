"""Rate limits: the generic cell rate algorithm (ITU-T I.371, Annex A), which stores one instant for each limit.

That instant is the *theoretical arrival time* (TAT): the time of the next call if all calls came evenly. All instants
are real time, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_WAIT = timedelta(minutes=10)
"""The longest wait before a retry in real time, even if Slack's `Retry-After` is longer."""
FARTHEST = timedelta(minutes=15)
"""The furthest that a stored real instant, such as a lease's end, can be ahead. One further ahead was stored before the
clock was set back, and counts as reached.
"""


@dataclass(frozen=True)
class RateLimit:
    """A limit of calls per minute, of which `burst` may come at once."""

    per_minute: float
    burst: int = 1

    @property
    def every(self) -> timedelta:
        """Return the interval between two calls that come evenly."""
        return timedelta(minutes=1) / self.per_minute

    @property
    def _ahead(self) -> timedelta:
        return self.every * (self.burst - 1)

    def next_calls(self, arrival: datetime | None, real: datetime, until: datetime, most: int) -> list[datetime]:
        """Return the instants of the next calls: at most `most`, none after `until`. `arrival`: the stored TAT, None at
        first.
        """
        found: list[datetime] = []
        while len(found) < most and (call := max(real, (arrival or real) - self._ahead)) <= until:
            found.append(call)
            arrival = max(call, arrival or real) + self.every
        return found

    def arrival_after(self, arrival: datetime | None, calls: list[datetime]) -> datetime | None:
        """Return the theoretical arrival time after calls at these instants."""
        for call in calls:
            arrival = max(call, arrival or call) + self.every
        return arrival

    def arrival_for_hold(self, arrival: datetime | None, real: datetime) -> datetime:
        """Return the theoretical arrival time that allows no call before `real`, and no burst then."""
        held = real + self._ahead
        return max(held, arrival or held)


POST, QUIET = "chat.postMessage", "dnd.info"
HISTORY = "conversations.history"
DELETE, DELETE_FILE = "chat.delete", "files.delete"
POSTING = 200.0
"""Posts a minute and workspace: Slack allows "several hundred" (https://docs.slack.dev/apis/web-api/rate-limits)."""
POSTING_BURST = 10
TIERS = {
    "chat.update": 50,
    DELETE: 50,
    DELETE_FILE: 50,
    "conversations.open": 50,
    HISTORY: 50,
    "users.info": 100,
    QUIET: 50,
}
"""Calls a minute that a method's tier allows in a workspace (looked up 2026-11-24)."""
SHARE = 0.75
BURST_SHARE = 0.2
"""The burst as a share of the tier. Together with `SHARE` it stays below what Slack allows in any minute."""


@dataclass(frozen=True)
class RateLimits:
    """The rate limit of each method in a workspace.

    `share`: the share of a method's tier that is used. `history`: calls a minute of `conversations.history` that Slack
    allows, which depends on the app's distribution.
    """

    post: RateLimit = RateLimit(POSTING, POSTING_BURST)
    share: float = SHARE
    history: float = TIERS[HISTORY]

    def of(self, method: str) -> RateLimit:
        """Return the limit of a method."""
        if method == POST:
            return self.post
        allowed = self.share * (self.history if method == HISTORY else TIERS[method])
        return RateLimit(allowed, max(1, int(allowed * BURST_SHARE / SHARE)))
