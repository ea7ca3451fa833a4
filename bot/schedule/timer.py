"""Something done every so many seconds, on the monotonic clock: setting the machine's clock neither stops nor hurries
it (docs/adr/0025-time-that-nobody-sets.md).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Timer:
    """Works at once, and then at each multiple of its interval. Work that takes longer leaves multiples out."""

    def __init__(self, work: Callable[[], object], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timer", daemon=True)
        self.rounds = 0
        """How often the work was done."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no more, and wait until what is in hand is done."""
        self._stopping.set()
        if self._thread.ident:
            self._thread.join()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._stopping.is_set():
            try:
                self._work()
            except Exception:
                log.exception("what is done every %g s failed; it is tried again", self._seconds)
            self.rounds += 1
            now = time.monotonic()
            due += self._seconds * max(1, -(-(now - due) // self._seconds))
            self._stopping.wait(due - now)
