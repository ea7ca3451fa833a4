"""The sender of deliveries to Slack. No transaction is open during a call: claim, commit, call, record, commit."""

from __future__ import annotations

import logging
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from threading import BoundedSemaphore, Event, Lock

from bot.actions.pause_track import plan_for_paused
from bot.actions.quiet_days import plan_anew
from bot.context import AppContext, SlackPort
from bot.delivery import claims
from bot.delivery.attempt import Attempts
from bot.delivery.attempt_results import AttemptResults
from bot.delivery.background_jobs import BackgroundJobs
from bot.delivery.claims import AHEAD, Clocks, PacedClaim
from bot.delivery.erasing import Erasures
from bot.delivery.message_updates import MessageUpdater
from bot.delivery.profile_lookup import ProfileLookup
from bot.delivery.reconcile import Reconciler
from bot.delivery.rule_checks import RuleChecks
from bot.delivery.status_lookup import StatusLookup
from bot.domain.delivery import Delivery
from bot.domain.rate_limit import POST, RateLimits
from bot.store import deliveries, delivery_queue
from bot.store.database_errors import why
from bot.store.rate_limits import arrival

log = logging.getLogger(__name__)
SENDERS = 8
BATCH = 4
"""The deliveries claimed at once for each sending thread."""
GROUP = 4
"""The workspaces for which one transaction claims messages."""
SLICE = timedelta(seconds=10)
"""The longest time of sending before a tick does its other work again."""


@dataclass(frozen=True)
class Timeouts:
    """The sender's waits, in real time. `reconcile_after` must exceed the HTTP timeout, and `lease` both together."""

    reconcile_after: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(seconds=120)
    grace: timedelta = timedelta(seconds=10)
    """The time that a message may lag before a tick updates it, since the tap's own update comes first."""


class Sender:
    """The sender of one process. Any number of them may run on one Postgres."""

    def __init__(
        self,
        ctx: AppContext,
        slack: SlackPort,
        timeouts: Timeouts,
        threads: int = SENDERS,
        limits: RateLimits = RateLimits(),  # noqa: B008 - it is frozen
    ) -> None:
        """`threads`: the number of messages sent at once."""
        self._ctx, self._slack, self._timeouts = ctx, slack, timeouts
        self._limits, self._post_limit, self._threads = limits, limits.post, threads
        self._results = AttemptResults(ctx, timeouts.reconcile_after, limits)
        self.tally = self._results.tally
        profiles = ProfileLookup(ctx, slack, self._results)
        self._stopping = Event()
        self._jobs = BackgroundJobs(
            ctx, slack, profiles, self._results.tally, lease=timeouts.lease, stopping=self._stopping
        )
        self.plan_anew = partial(plan_anew, ctx)
        self.plan_for_paused = partial(plan_for_paused, ctx)
        self.check_rules = RuleChecks(ctx, slack).check
        self._statuses = StatusLookup(ctx, profiles)
        self._updater = MessageUpdater(ctx, slack, self._results, timeouts.grace)
        self.recover = Reconciler(ctx, slack, self._results, timeouts.reconcile_after, timeouts.lease).recover
        self.refresh, self.show, self.catch_up = self._updater.refresh, self._updater.show, self._updater.catch_up
        self.erase = Erasures(ctx, slack, self._results, timeouts.lease).work_off
        self.probe, self.try_held_workspaces = self._jobs.probe, self._jobs.try_held_workspaces
        self._attempts = Attempts(
            ctx, slack, results=self._results, statuses=self._statuses, lease=timeouts.lease, refresh=self.refresh
        )
        self._senders = ThreadPoolExecutor(threads, thread_name_prefix="sender")
        # work that isn't begun stays in the database's queue, where another process may take it
        self._room = BoundedSemaphore(2 * threads)
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="sender-aside")
        self._rounds, self._numbers = count(), count()
        self._called = Lock()
        self._one = Lock()

    def halt(self) -> None:
        """Claim nothing more, and begin nobody else's part of an order: a tick at work ends soon."""
        self._stopping.set()

    def stop(self) -> None:
        """Claim nothing more, and finish work in progress."""
        self.halt()
        # deliveries that wait for a thread are due again
        self._senders.shutdown(wait=False, cancel_futures=True)
        self._aside.shutdown(wait=True, cancel_futures=True)
        self._senders.shutdown(wait=True)
        with self._one:
            pass

    def hurry(self, workspace_id: str, learner_id: str) -> None:
        """Send what is due to somebody who has just tapped or typed; send everything else in another thread."""
        self._deliver_to(workspace_id, learner_id)
        if self._called.acquire(blocking=False):
            try:
                self._aside.submit(self._all)
            except RuntimeError:
                log.info("stopping: the next start goes on with it")

    def gap_is_over(self) -> None:
        """Look up due learners' statuses once more, since Slack's events until now are lost."""
        self._statuses.gap_is_over()

    def wait_for(self, workspace_id: str, method: str) -> timedelta:
        """Take the next call of a method if it may come now; return the time to wait, zero if it was taken."""
        with self._ctx.db.write() as session:
            return self._results.wait_for(session, workspace_id, method)

    def busy(self, workspace_id: str, method: str, after_seconds: float) -> None:
        """Let nobody call a method for so many seconds: Slack answered with `Retry-After`."""
        with self._ctx.db.write() as session:
            self._results.busy(session, workspace_id, method, after_seconds)

    def rest(self) -> None:
        """Wait until the other thread has finished."""
        self._aside.submit(int).result()

    def _all(self) -> None:
        # later calls of `hurry` submit again
        self._called.release()
        try:
            self.work_off()
            self.deliver()
        except Exception as error:
            log.exception("sending stopped halfway; the next tick goes on with it", **why(error, self._ctx.db.url))

    def work_off(self) -> None:
        """Carry out orders of admins, and show the admins their results."""
        for workspace_id, admin_id in self._jobs.work_off():
            self.refresh(workspace_id, admin_id)

    def deliver(self) -> int:
        """Send everything due within the rate limits, for a `SLICE` at most; return the number of deliveries
        claimed.
        """
        with self._one:
            return self._deliver(time.monotonic() + SLICE.total_seconds())

    def _deliver(self, until: float) -> int:
        total, next_claim = 0, 0.0
        # claimed deliveries that wait for their turn, by monotonic time
        ahead: list[tuple[float, int, PacedClaim]] = []
        while not self._stopping.is_set():
            if time.monotonic() >= next_claim and time.monotonic() < until and len(ahead) < self._threads:
                claimed = self._claim()
                for turn in claimed:
                    heappush(ahead, (time.monotonic() + turn.wait.total_seconds(), next(self._numbers), turn))
                total += len(claimed)
                next_claim = time.monotonic() + AHEAD.total_seconds() / 2
            if not ahead:
                break
            if self._its_turn(ahead[0][0], next_claim):
                self._hand_over(heappop(ahead)[-1])
                next_claim = next_claim if len(ahead) > self._threads // 2 else 0.0
        self._finish()
        for _, _, turn in ahead:
            self._give_back(turn.delivery)
        return total

    def _give_back(self, delivery: Delivery) -> None:
        """Return a claimed delivery to the queue: the bot stops before it is begun."""
        with self._ctx.db.write() as session:
            deliveries.give_back(session, delivery)

    def waiting(self) -> bool:
        """Return True if more is due and may be sent soon."""
        at, real = self._ctx.clock.business(), self._ctx.clock.real()
        if self._stopping.is_set():
            return False
        with self._ctx.db.read() as session:
            return any(
                self._post_limit.next_calls(arrival(session, workspace_id, POST, real), real, real + AHEAD, 1)
                for workspace_id in delivery_queue.due_in(session, at, real)
            )

    def _its_turn(self, turn: float, next_claim: float) -> bool:
        """Wait for a delivery's turn, or for the next claim if that is earlier; return True if it is its turn."""
        now = time.monotonic()
        if turn <= now:
            return True
        self._stopping.wait(max(0.001, min(turn, next_claim) - now))
        return False

    def _claim(self) -> list[PacedClaim]:
        now = Clocks(self._ctx.clock.business(), self._ctx.clock.real(), self._timeouts.lease)
        with self._ctx.db.read() as session:
            workspaces = delivery_queue.due_in(session, now.business, now.real)
        found: list[PacedClaim] = []
        most = BATCH * self._threads
        share = -(-most // max(1, len(workspaces)))
        # rotate the start so that no workspace starves
        first = next(self._rounds) * GROUP % max(1, len(workspaces))
        waiting = deque([*workspaces[first:], *workspaces[:first]])
        while waiting and len(found) < most:
            group = [waiting.popleft() for _ in range(min(GROUP, len(waiting)))]
            # short transactions, since a tap may wait for one of them
            with self._ctx.db.write() as session:
                found += claims.claim(session, group, now, self._limits, share * len(group), self._slack.knows_quiet)
        return found

    def _hand_over(self, turn: PacedClaim) -> None:
        delivery = turn.delivery
        self._room.acquire()
        try:
            sending = self._senders.submit(self._attempts.make, delivery, asks_quiet=turn.asks_quiet)
        except RuntimeError:
            # the thread pool has stopped meanwhile
            self._room.release()
            self._give_back(delivery)
        else:
            sending.add_done_callback(lambda done: self._done(delivery, cancelled=done.cancelled()))

    def _done(self, delivery: Delivery, *, cancelled: bool) -> None:
        try:
            if cancelled:
                self._give_back(delivery)
        finally:
            self._room.release()

    def _finish(self) -> None:
        """Wait until everything handed over is done."""
        for _ in range(2 * self._threads):
            self._room.acquire()
        for _ in range(2 * self._threads):
            self._room.release()

    def _deliver_to(self, workspace_id: str, learner_id: str) -> None:
        now = Clocks(self._ctx.clock.business(), self._ctx.clock.real(), self._timeouts.lease)
        with self._ctx.db.read() as session:
            waiting = deliveries.pending(session, workspace_id, learner_id)
        if self._stopping.is_set() or not any(d.claimable_at and d.claimable_at <= now.business for d in waiting):
            return
        with self._ctx.db.write() as session:
            claimed = claims.claim_asked(session, workspace_id, learner_id, now, self._post_limit, self._threads)
        for delivery in claimed:
            self._attempts.make(delivery)
