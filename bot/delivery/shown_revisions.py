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
            while self._write_some(at_once=at_once):
                pass
        except BaseException:
            with self._lock:
                self._writing = False
            raise

    def _write_some(self, *, at_once: bool) -> bool:
        """Write what waits; return False once nothing does, and somebody else may write."""
        wait = self._written_monotonic + MOMENT_SECONDS - time.monotonic()
        if wait > 0 and not at_once:
            time.sleep(wait)
        with self._lock:
            notes, self._waiting = self._waiting, {}
            self._writing = bool(notes)
        by_learner: dict[Key, list[Delivery]] = {}
        for note in notes.values():
            by_learner.setdefault((note.workspace_id, note.learner_id), []).append(note)
        self._write([one for one, *more in by_learner.values() if not more])
        for several in by_learner.values():
            if len(several) > 1:
                self._write(several)
        self._written_monotonic = time.monotonic()
        return bool(notes)

    def _write(self, notes: list[Delivery]) -> None:
        """Write notes of one message each of several learners, or of several messages of one.

        A tap locks its learner and then messages of theirs. So several of one learner are locked behind them, and
        single ones in the order of their keys: no two transactions wait for each other in a circle.
        """
        if not notes:
            return
        with self._ctx.db.write() as session:
            if len({note.learner_id for note in notes}) < len(notes):
                learners.lock(session, notes[0].workspace_id, notes[0].learner_id)
            for note in sorted(notes, key=lambda d: (d.workspace_id, d.delivery_id)):
                lagging.caught_up(session, note, note.revision, self._ctx.clock.real())
        for _ in notes:
            self._tally.count("updated")
