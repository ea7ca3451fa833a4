"""Rate limits of methods in a workspace: Slack's tiers, with numbers chosen where Slack gives a range.

Slack says "at least" so many calls a minute, and tolerates small bursts of unstated size. Here a method has exactly the
number that Slack promises, in any window of a minute. Posting has Slack's one a second in a channel, with a burst of
`POST_BURST`, and `POSTS_PER_MINUTE` in the whole workspace for Slack's "several hundred".

An app that is distributed commercially outside the Marketplace (`Meter.outside_marketplace`) reads a history once a
minute, and gets at most 15 messages at a time.

Sources: https://docs.slack.dev/apis/web-api/rate-limits, looked up 2026-11-24
https://docs.slack.dev/reference/methods/conversations.history, looked up 2026-11-28
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque

TIER = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute."""
METHOD_TIER = {
    "apps.connections.open": 1,
    "users.list": 2,
    "usergroups.users.list": 2,
    "conversations.history": 3,
    "conversations.open": 3,
    "chat.update": 3,
    "chat.delete": 3,
    "files.delete": 3,
    "dnd.info": 3,
    "users.info": 4,
    "conversations.members": 4,
    "files.getUploadURLExternal": 4,
    "files.completeUploadExternal": 4,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
}
HISTORY = "conversations.history"
OUTSIDE_PER_MINUTE = 1
OUTSIDE_PAGE = 15
HISTORY_PAGE, LARGEST_HISTORY_PAGE = 100, 999
POSTS_PER_MINUTE = 300
POST_BURST = 3
MINUTE = 60.0
SECOND = 1.0


class Meter:
    """A counter of calls. `minute` and `second` are their lengths in seconds, which tests shorten."""

    def __init__(self) -> None:
        self.minute, self.second = MINUTE, SECOND
        self.outside_marketplace = False
        """True for an app that is sold outside Slack's Marketplace."""
        self._calls: dict[tuple[str, ...], deque[float]] = defaultdict(deque)

    def refused(self, method: str, channel: str) -> int:
        """Return the whole seconds to wait before a retry; 0 if the call may pass, which is then counted."""
        now = time.monotonic()
        windows = self._windows(method, channel)
        wait = max((self._wait(key, most, span, now) for key, most, span in windows), default=0.0)
        if wait > 0:
            return max(1, math.ceil(wait))
        for key, _, _ in windows:
            self._calls[key].append(now)
        return 0

    def history_page(self) -> tuple[int, int]:
        """Return the messages on a page of a history: without a `limit`, and at most."""
        return (OUTSIDE_PAGE, OUTSIDE_PAGE) if self.outside_marketplace else (HISTORY_PAGE, LARGEST_HISTORY_PAGE)

    def _windows(self, method: str, channel: str) -> list[tuple[tuple[str, ...], int, float]]:
        if method == "chat.postMessage":
            return [
                ((method,), POSTS_PER_MINUTE, self.minute),
                ((method, channel), POST_BURST, POST_BURST * self.second),
            ]
        if method == HISTORY and self.outside_marketplace:
            return [((method,), OUTSIDE_PER_MINUTE, self.minute)]
        if method in METHOD_TIER:
            return [((method,), TIER[METHOD_TIER[method]], self.minute)]
        return []

    def _wait(self, key: tuple[str, ...], most: int, span: float, now: float) -> float:
        calls = self._calls[key]
        while calls and now - calls[0] >= span:
            calls.popleft()
        return span - (now - calls[0]) if len(calls) >= most else 0.0
