"""What follows an answered request (bringing a message up to date, above all) makes way for requests that come in.

Threads of one Python process take turns, and a tap waits while another thread has its turn. So what can wait does:
after each tap that leaves no other in hand, one of the waiting goes on; in a rush that leaves no such moment, one at a
time goes on all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Condition, Lock
from types import TracebackType
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.logs import Calm

log = logging.getLogger(__name__)
log.addFilter(Calm())
PATIENCE_SECONDS = 0.5
THREADS = 10


class InFlight:
    """How many requests are being answered just now. Used around each of them."""

    def __init__(self) -> None:
        self._count, self._over, self._impatient = 0, Condition(), Lock()

    def __enter__(self) -> None:
        with self._over:
            self._count += 1

    def __exit__(self, kind: type[BaseException] | None, value: object, traceback: TracebackType | None) -> None:
        with self._over:
            self._count -= 1
            if not self._count:
                self._over.notify()

    def make_way(self) -> None:
        """Wait for a moment in which nobody waits for an answer."""
        while not self._calm():
            # one at a time does without
            if self._impatient.acquire(blocking=False):
                self._calm()
                self._impatient.release()
                return

    def _calm(self) -> bool:
        with self._over:
            return not self._count or self._over.wait(PATIENCE_SECONDS)


class LowPriorityExecutor(ThreadPoolExecutor):
    """Threads that first let requests pass."""

    def __init__(self, threads: int, in_flight: InFlight) -> None:
        super().__init__(threads, thread_name_prefix="bolt-after")
        self._in_flight = in_flight

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """See `Executor.submit`."""
        return super().submit(self._when_calm, fn, *args, **kwargs)

    def _when_calm(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._in_flight.make_way()
        return fn(*args, **kwargs)


class PrioritizedApp(App):
    """An app whose lazy listeners let requests pass, and which turns requests away before Bolt looks at them.

    Bolt would answer those itself, at an address that came along, and only then acknowledge them.
    """

    def __init__(
        self, unwanted: Callable[[BoltRequest], str], decline: Callable[[BoltRequest], None], **settings: Any
    ) -> None:
        """`unwanted` says why a request isn't wanted, "" for others; `decline` tells the person, afterwards."""
        super().__init__(**settings)
        self._unwanted, self._decline = unwanted, decline
        self.in_flight = InFlight()
        self.low_priority = LowPriorityExecutor(THREADS, self.in_flight)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """See slack_bolt."""
        with self.in_flight:
            if why := self._unwanted(req):
                log.warning("%s", why)
                self.low_priority.submit(self._decline, req)
                return BoltResponse(status=200, body="")
            return super().dispatch(req)
