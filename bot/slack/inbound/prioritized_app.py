"""Answer requests first, and do what follows them while none waits for its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from slack_bolt import App, BoltRequest

from bot.slack.inbound import payloads
from bot.slack.inbound.low_priority import FollowUps, InFlight, LowPriorityExecutor

THREADS = 10


class PrioritizedApp(App):
    """A Bolt app whose listeners are given the typed request, and hand over what follows it."""

    def __init__(self, failed: Callable[[Exception], object], **settings: Any) -> None:
        """`failed` is told what went wrong in what follows a request. `settings`: Bolt's own."""
        super().__init__(**settings)
        self._failed = failed
        self.in_flight = InFlight()
        self.low_priority = LowPriorityExecutor(THREADS, self.in_flight)

    @contextmanager
    def answering(self, payload: Mapping[str, Any]) -> Iterator[BoltRequest]:
        """Give the request that a payload is. What follows it begins after the block, in which it is acknowledged."""
        follow_ups = FollowUps()
        with self.in_flight:
            try:
                given = {"slack_request": payloads.read(payload), "follow_ups": follow_ups}
                # over HTTP too: Bolt is handed what was read, so that the two can't read it differently
                yield BoltRequest(body=dict(payload), context=given, mode="socket_mode")
            finally:
                follow_ups.begin(self.low_priority, self._failed)

    def finish(self) -> None:
        """Finish what has begun; the rest is left to the next start, which sees that messages lag."""
        self.low_priority.shutdown(wait=True, cancel_futures=True)
