"""What this process has done since it last told: for the log's line of each tick that did something."""

from __future__ import annotations

from collections import Counter
from threading import Lock

KINDS = ("planned", "sent", "failed", "uncertain", "settled", "updated", "orders")
"""People whose day was planned; messages sent, refused, of unknown fate, settled, brought up to date; orders done."""


class TickCounts:
    """Counted by many threads, told by the tick. What is sent right after a tap is told by the next tick."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, kind: str) -> None:
        """One more of a kind."""
        assert kind in KINDS
        with self._lock:
            self._counts[kind] += 1

    def take(self) -> dict[str, int]:
        """How many of each kind since the last time; empty when there was nothing."""
        with self._lock:
            found, self._counts = self._counts, Counter()
        return {kind: found[kind] for kind in KINDS} if found else {}
