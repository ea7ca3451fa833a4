"""Run what follows an answered request (bringing a message up to date, above all) while no other waits for its answer.

Threads of one Python process take turns, and a tap waits while another thread has its turn. So what can wait does:
after each tap that leaves no other in hand, one of the waiting goes on; in a rush that leaves no such moment, one at a
time goes on all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Condition, Lock
from types import TracebackType
from typing import Any

PATIENCE_SECONDS = 0.5


class InFlight:
    """A count of the requests that are being answered, entered around each of them."""

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

    def __bool__(self) -> bool:
        """Return True while a request is being answered, or hands over what follows it."""
        with self._over:
            return self._count > 0

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


class FollowUps:
    """The follow-ups of one request: handed over while it is answered, begun once its acknowledgement is on its way."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], object]] = []

    def add(self, follow_up: Callable[[], object]) -> None:
        """Hand something over. It may call Slack."""
        self._waiting.append(follow_up)

    def begin(self, executor: Executor, failed: Callable[[Exception], object]) -> None:
        """Begin all of it, an apology, which comes last, first. `failed` is told what went wrong in it."""
        for follow_up in reversed(self._waiting):
            executor.submit(_attempt, follow_up, failed)


def _attempt(follow_up: Callable[[], object], failed: Callable[[Exception], object]) -> None:
    try:
        follow_up()
    except Exception as error:
        failed(error)
