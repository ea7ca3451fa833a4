"""Look-ups gathered in memory and stored by the tick, so that no look-up waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from threading import Lock

from bot.context import AppContext
from bot.domain.local_time import month_of
from bot.domain.look_ups import LookedUp
from bot.queries.admins import admins
from bot.store import erasures, learners, look_ups, workspaces
from bot.store.database import Session

MOST = 10_000
"""Look-ups between two ticks. What is beyond them isn't counted, as what a crash takes with it isn't."""


class LookUpNotes:
    """The notes of one process."""

    def __init__(self, month: Callable[[], date]) -> None:
        """`month`: returns the first of the month that business time is in, UTC."""
        self._month = month
        self._notes: set[tuple[str, date, LookedUp, str]] = set()
        self._one = Lock()
        self._closed_on: date | None = None

    def note(self, workspace_id: str, learner_id: str, words: Iterable[LookedUp]) -> None:
        """Note that somebody looked up words."""
        month = self._month()
        with self._one:
            if len(self._notes) < MOST:
                self._notes |= {(workspace_id, month, word, learner_id) for word in words}

    def store(self, ctx: AppContext) -> None:
        """Store what was noted, but for admins, who write the words and try them, for people erased since, and for
        whoever wasn't told that it is counted. Once a day months that are over are counted, and their keys thrown away.
        """
        with self._one:
            taken, self._notes = self._notes, set()
        month, failed = month_of(ctx.clock.business()), None
        for workspace_id in sorted({note[0] for note in taken}):
            theirs = {note for note in taken if note[0] == workspace_id and note[1] == month}
            try:
                _store(ctx, workspace_id, month, theirs)
            except Exception as error:
                failed = error
                with self._one:
                    self._notes |= theirs
        if failed is not None:
            raise failed
        today = ctx.clock.business().date()
        if self._closed_on != today:
            _close(ctx)
            self._closed_on = today


def _store(ctx: AppContext, workspace_id: str, month: date, notes: Iterable[tuple[str, date, LookedUp, str]]) -> None:
    by_word: dict[LookedUp, set[str]] = defaultdict(set)
    for _, _, word, learner_id in notes:
        by_word[word].add(learner_id)
    if by_word:
        with ctx.db.write() as session:
            may = _counted(session, ctx, workspace_id, sorted(set().union(*by_word.values())))
            look_ups.note(session, workspace_id, month, {word: people & may for word, people in by_word.items()})


def _counted(session: Session, ctx: AppContext, workspace_id: str, people: list[str] | None = None) -> frozenset[str]:
    told = learners.told_of_look_ups(session, workspace_id, people)
    erased = erasures.kept_out_among(session, workspace_id, sorted(told))
    return told - erased - admins(session, ctx, workspace_id)


def _close(ctx: AppContext) -> None:
    month = month_of(ctx.clock.business())
    with ctx.db.read() as session:
        known = [each.workspace_id for each in workspaces.known(session)]
    for workspace_id in known:
        with ctx.db.write() as session:
            if look_ups.unclosed(session, workspace_id, month):
                look_ups.close(session, workspace_id, month, len(_counted(session, ctx, workspace_id)))
