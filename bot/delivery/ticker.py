"""The tick: it steps the business clock to every instant at which something is due, and does the work of that
instant.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from sqlalchemy.exc import OperationalError

from bot.context import AppContext, Clock
from bot.delivery.figure_making import FigureMaking
from bot.delivery.look_up_notes import LookUpNotes
from bot.delivery.sender import Sender
from bot.errors import SlackError
from bot.logs import WORK, RepeatedFailure
from bot.planning.learner_state import load
from bot.planning.plan_day import plan_day
from bot.store import audit, delivery_queue, learners, requests, unread_dms
from bot.store.database_errors import classify

log = logging.getLogger(__name__)
BATCH = 200
KEEP_REQUESTS = timedelta(days=7)
TRY_AGAIN = timedelta(minutes=15)


class MovableClock(Clock, Protocol):
    """A business clock that can be moved. The system's clock is always at its target."""

    def target(self) -> datetime:
        """Return the instant at which the clock should be by now, UTC."""
        ...

    def stand(self, at: datetime) -> None:
        """Set the clock to `at`; it runs on from there."""
        ...

    @property
    def steps(self) -> bool:
        """Return True if the clock must stop at each due instant on its way."""
        ...


class Ticker:
    """The tick of one process. A second tick at the same time is skipped, since it would only wait for the first."""

    def __init__(
        self,
        ctx: AppContext,
        clock: MovableClock,
        sender: Sender,
        keep_audit: timedelta,
        *,
        figures_beside: bool = False,
        notes: LookUpNotes | None = None,
    ) -> None:
        """`figures_beside`: a month's figures are made beside the ticks; otherwise within one, as whoever moves the
        clock expects. `notes`: what was looked up since the last tick.
        """
        self._ctx, self._clock, self._sender, self._keep_audit = ctx, clock, sender, keep_audit
        self._figures = FigureMaking(ctx, beside=figures_beside)
        self._notes = notes
        self._one = Lock()
        self._chores_on: object = None
        self._more = False
        """True if sending stopped with more to send, so that a burst doesn't block the rest of a tick."""
        self._trouble, self._failed = RepeatedFailure(), False
        self.last_real = ctx.clock.real()
        """The real time at which the last tick ended."""

    def tick(self) -> None:
        """Do all work that is due by now."""
        if not self._one.acquire(blocking=False):
            return
        try:
            self._more = True
            while self._more:
                self._more = False
                self._once()
        finally:
            self._one.release()
        # outside: whoever asks for a tick meanwhile isn't turned away
        self._safely(self._figures.make)

    def _once(self) -> None:
        # parts fail independently: due messages go out even if another part fails
        self._failed = False
        for part in (
            self._sender.recover,
            self._sender.erase,
            self._sender.plan_anew,
            self._sender.plan_for_paused,
            self._sender.check_rules,
            self._sender.work_off,
            self._walk,
            self._sender.catch_up,
            self._store_notes,
            self._chores,
        ):
            self._safely(part)
        if not self._failed and self._trouble.over():
            log.info("ticks do their work again")
        self.last_real = self._ctx.clock.real()
        if done := self._sender.tally.take():
            WORK.info("a tick did its work", extra=done)

    def _store_notes(self) -> None:
        if self._notes is not None:
            self._notes.store(self._ctx)

    def _safely(self, part: Callable[[], object]) -> None:
        try:
            part()
        except Exception as error:
            known = error if isinstance(error, SlackError) else classify(error, self._ctx.db.url)
            if known is None:
                log.exception("a part of the tick failed; the next tick tries it again")
            elif self._trouble.is_news(str(known)):
                log.warning("ticks can't do their work, and try it again: %s", known)
            self._failed = True

    def _walk(self) -> None:
        target = self._clock.target()
        if self._clock.steps and target > self._clock.business():
            self._here()
            while (due := self._next_due(self._clock.business())) is not None and due < target:
                self._clock.stand(due)
                self._here()
        self._clock.stand(target)
        self._here()

    def _here(self) -> None:
        self.plan(self._ctx.clock.business())
        while self._sender.deliver() and self._sender.waiting():
            self._more = not self._clock.steps
            if self._more:
                break

    def plan(self, at: datetime) -> None:
        """Plan everything due at `at`, one learner per transaction."""
        while True:
            with self._ctx.db.read() as session:
                due = learners.due(session, at, BATCH)
            for workspace_id, learner_id in due:
                self._plan_one(workspace_id, learner_id, at)
            if len(due) < BATCH:
                return

    def _plan_one(self, workspace_id: str, learner_id: str, at: datetime) -> None:
        try:
            with self._ctx.db.write() as session:
                state = load(session, self._ctx, workspace_id, learner_id, at)
                if state is not None:
                    plan_day(state)
            self._sender.tally.count("planned")
        except OperationalError:
            # the database can't be reached: the next tick finds the same learners
            raise
        except Exception:
            log.exception("planning %s of %s failed; it is tried again in %s", learner_id, workspace_id, TRY_AGAIN)
            with self._ctx.db.write() as session:
                learner = learners.get(session, workspace_id, learner_id)
                assert learner is not None
                learners.update(session, learner, next_due_at=at + TRY_AGAIN)

    def _next_due(self, after: datetime) -> datetime | None:
        with self._ctx.db.read() as session:
            instants = (learners.next_due(session, after), delivery_queue.next_claimable(session, after))
        return min((i for i in instants if i is not None), default=None)

    def _chores(self) -> None:
        self._sender.try_held_workspaces()
        at = self._ctx.clock.business()
        if self._chores_on == at.date():
            return
        if not self._sender.probe():
            return
        self._chores_on = at.date()
        with self._ctx.db.write() as session:
            real = self._ctx.clock.real()
            audit.forget(session, at - self._keep_audit)
            requests.forget(session, real - KEEP_REQUESTS, real - unread_dms.RECENT)
