"""The counts of a tick's work, for its log line."""

from __future__ import annotations

from collections import Counter
from threading import Lock

KINDS = ("planned", "sent", "failed", "uncertain", "settled", "updated", "orders")
"""People planned; messages sent, failed, uncertain, reconciled, updated; orders carried out."""


class TickCounts:
    """Counters that many threads increment and the tick logs. Messages sent right after a tap are logged by the next
    tick.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, kind: str) -> None:
        """Count one more of a kind."""
        assert kind in KINDS
        with self._lock:
            self._counts[kind] += 1

    def take(self) -> dict[str, int]:
        """Return the count of each kind since the last call, and reset them; empty if all were zero."""
        with self._lock:
            found, self._counts = self._counts, Counter()
        return {kind: found[kind] for kind in KINDS} if found else {}
