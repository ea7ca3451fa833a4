"""Notes of which revision of a message Slack shows: many in one transaction where many messages are updated at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import Lock

from bot.context import AppContext
from bot.delivery.tick_counts import TickCounts
from bot.domain.delivery import Delivery
from bot.store import lagging, learners

MOMENT_SECONDS = 0.05
"""The shortest time between two transactions while messages are updated one after the other."""
Key = tuple[str, str]


class ShownRevisions:
    """The notes of one process. A note that is lost in a crash costs one more update: its message still lags.

    One thread writes at a time, and takes along what others leave meanwhile. So notes of one message are written in
    their order.
    """

    def __init__(self, ctx: AppContext, tally: TickCounts) -> None:
        self._ctx, self._tally = ctx, tally
        self._lock = Lock()
        self._waiting: dict[Key, Delivery] = {}
        self._writing = False
        self._written_monotonic = 0.0

    def add(self, shown: Sequence[Delivery], *, at_once: bool = False) -> None:
        """Note that Slack shows these messages as they are here, soon or `at_once`. Slack isn't called."""
        with self._lock:
            self._waiting |= {(d.workspace_id, d.delivery_id): d for d in shown}
            if self._writing or not self._waiting:
                return
            self._writing = True
        try:
            while notes := self._next(at_once=at_once):
                self._write(notes)
        except BaseException:
            with self._lock:
                self._writing = False
            raise

    def _next(self, *, at_once: bool) -> list[Delivery]:
        """Return what waits, a moment after what was written last; nothing, and somebody else may write."""
        with self._lock:
            if not self._waiting:
                self._writing = False
                return []
        if not at_once:
            time.sleep(max(0.0, self._written_monotonic + MOMENT_SECONDS - time.monotonic()))
        with self._lock:
            notes, self._waiting = self._waiting, {}
        return [notes[key] for key in sorted(notes)]

    def _write(self, notes: list[Delivery]) -> None:
        """Write notes in the order of their keys, several messages of one learner by themselves.

        A tap locks its learner and then messages of theirs. So several of one learner are locked behind them, and
        single ones of many in one order: no two transactions wait for each other in a circle.
        """
        by_learner: dict[Key, list[Delivery]] = {}
        for note in notes:
            by_learner.setdefault((note.workspace_id, note.learner_id), []).append(note)
        self._note([first for first, *more in by_learner.values() if not more])
        for learner, several in by_learner.items():
            if len(several) > 1:
                self._note(several, behind=learner)
        self._written_monotonic = time.monotonic()

    def _note(self, notes: list[Delivery], behind: Key | None = None) -> None:
        """Write notes in one transaction, `behind` the lock of a learner."""
        if not notes:
            return
        with self._ctx.db.write() as session:
            if behind is not None:
                learners.lock(session, *behind)
            for note in notes:
                lagging.caught_up(session, note, note.revision)
        for _ in notes:
            self._tally.count("updated")
