"""Retries with backoff while the bot starts and the network, the database or Slack isn't up yet."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from random import SystemRandom
from typing import TypeVar

from bot.errors import (
    DatabaseUnreachableError,
    SlackBusyError,
    SlackUncertainError,
    SlackUnreachableError,
    StoppedError,
)
from bot.logs import RepeatedFailure

log = logging.getLogger(__name__)
MAX_BACKOFF_SECONDS = 15.0
POLL_SECONDS = 0.2
TRANSIENT = (DatabaseUnreachableError, SlackBusyError, SlackUncertainError, SlackUnreachableError)
"""Errors that may pass by themselves. Any other ends the start, because somebody has to mend its cause."""
RANDOM = SystemRandom()
T = TypeVar("T")


class StartupRetry:
    """Retries of a start. `why` says to `/readyz` what it waits for."""

    def __init__(self, stop: threading.Event) -> None:
        """`stop`: set to end the process, also while an attempt runs."""
        self._stop = stop
        self.why = "it is still starting"

    def until(self, attempt: Callable[[], T], what: str) -> T:
        """Call `attempt` until it succeeds, and return its result. `what` names in the log what is waited for.

        Raises:
            StoppedError: the process shall end.
            Exception: any error of an attempt that isn't transient.
        """
        failures, told = 0, RepeatedFailure()
        while True:
            try:
                result = self._in_thread(attempt)
            except TRANSIENT as error:
                failures += 1
                self.why = f"waiting for {what}: {error}"
                if told.is_news(str(error)):
                    log.warning("waiting for %s, which is tried again: %s", what, error)
                if self._stop.wait(backoff(failures)):
                    raise StoppedError from None
            else:
                if failures:
                    log.info("%s can be reached", what)
                self.why = "it is still starting"
                return result

    def _in_thread(self, attempt: Callable[[], T]) -> T:
        """Run `attempt` in a thread of its own: a signal can't interrupt a library that waits for an answer."""
        done: SimpleQueue[T | BaseException] = SimpleQueue()
        ended = threading.Event()

        def run() -> None:
            try:
                done.put(attempt())
            except BaseException as error:
                done.put(error)
            ended.set()

        threading.Thread(target=run, name="startup", daemon=True).start()
        while not ended.wait(POLL_SECONDS):
            if self._stop.is_set():
                raise StoppedError
        result = done.get()
        if isinstance(result, BaseException):
            raise result
        return result


def backoff(failures: int) -> float:
    """Return the seconds to wait after that many failures: exponential up to the maximum, with jitter, so that two bots
    don't retry at the same moments.
    """
    return RANDOM.uniform(0.5, 1) * min(MAX_BACKOFF_SECONDS, 0.5 * 2.0 ** (failures - 1))
