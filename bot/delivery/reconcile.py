"""The reconciler of uncertain deliveries: it looks for their ids in the DM's history, and decides.

One scan answers for all that is uncertain in a DM. It goes on across ticks within the method's rate limit, page by
page. Its progress is in memory only: after a restart, or in another process, a scan starts from the beginning.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from bot.context import AppContext, SlackPort
from bot.delivery.attempt_results import AttemptResults
from bot.domain.delivery import Delivery, State
from bot.domain.dm_history import HistoryScan
from bot.domain.rate_limit import HISTORY
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.logs import WORK
from bot.store import deliveries, delivery_queue, instants, learners

BATCH = 50
PAGES = 10
"""The most pages of one DM that a tick reads."""
SKEW = timedelta(hours=2)
"""The clock skew: how far this clock and Slack's may have differed at a post, since people set clocks an hour wrong."""


class Reconciler:
    """The reconciler of deliveries whose sender crashed or whose reply was lost. `wait` and `lease` are real time."""

    def __init__(
        self, ctx: AppContext, slack: SlackPort, results: AttemptResults, wait: timedelta, lease: timedelta
    ) -> None:
        self._ctx, self._slack, self._results = ctx, slack, results
        self._wait, self._lease = wait, lease
        self._seen: dict[tuple[str, str, datetime], datetime] = {}
        """Leases that another clock may have set, and the real time at which this process first saw them."""
        self._scans: dict[tuple[str, str], HistoryScan] = {}
        """Unfinished scans, by workspace and DM."""

    def recover(self) -> None:
        """Reconcile whatever can be reconciled now."""
        with self._ctx.db.read() as session:
            if not delivery_queue.any_expired(session, self._ctx.clock.real()):
                return
        with self._ctx.db.write() as session:
            found = delivery_queue.expired(session, self._ctx.clock.real(), self._lease, BATCH, self._ran_out)
        dms: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
        for delivery in found:
            if delivery.state is State.CLAIMED:
                self._results.tally.count("uncertain")
                self._tell(logging.WARNING, "a message is uncertain: whoever sent it gave no sign any more", delivery)
            if channel_id := self._channel(delivery):
                dms[delivery.workspace_id, channel_id].append(delivery)
            else:
                self._decide(delivery, "", None)
        unanswered: set[str] = set()
        for (workspace_id, channel_id), uncertain in dms.items():
            # Slack gave this workspace no answer: its other DMs wait for the next tick rather than block this one
            if workspace_id in unanswered:
                self._later(uncertain, self._wait)
            elif not self._reconcile(workspace_id, channel_id, uncertain):
                unanswered.add(workspace_id)

    def _ran_out(self, delivery: Delivery) -> bool:
        """Return True if a lease has certainly expired: by this clock; or, if another clock set it, because this
        process has seen it for as long as a request may take.
        """
        real, lease = self._ctx.clock.real(), delivery.lease_real
        assert lease is not None
        if not instants.odd(lease, real):
            return True
        key = delivery.workspace_id, delivery.delivery_id, lease
        if real - self._seen.setdefault(key, real) < self._wait:
            return False
        del self._seen[key]
        return True

    def _reconcile(self, workspace_id: str, channel_id: str, uncertain: list[Delivery]) -> bool:
        """Continue the scan of a DM and decide what can be decided; return False if Slack gave no answer."""
        dm = workspace_id, channel_id
        scan = self._scans.get(dm)
        # a scan that has begun goes on for everyone: started anew for each delivery, none would reach its end
        if scan is None:
            scan = self._scans[dm] = HistoryScan.begin(self._since(uncertain), uncertain)
        answered = True
        try:
            wait = self._read(workspace_id, channel_id, scan, uncertain)
        except SlackError as error:
            if isinstance(error, SlackRefusedError):
                del self._scans[dm]
                if error.code != "invalid_cursor":
                    self._stays(uncertain, error)
                    return True
            wait, answered = self._no_answer(workspace_id, uncertain, error), False
        waiting = [delivery for delivery in uncertain if not scan.decided(delivery)]
        for delivery in uncertain:
            if scan.decided(delivery):
                self._decide(delivery, channel_id, scan.found.get(delivery.delivery_id))
        self._later(waiting, wait)
        if scan.over or not waiting:
            self._scans.pop(dm, None)
        return answered

    def _read(self, workspace_id: str, channel_id: str, scan: HistoryScan, uncertain: list[Delivery]) -> timedelta:
        """Read pages as far as the rate limit allows and as needed; return the real time until the next may be read."""
        for _ in range(PAGES):
            with self._ctx.db.write() as session:
                if wait := self._results.wait_for(session, workspace_id, HISTORY):
                    return wait
            scan.take(self._slack.history(workspace_id, channel_id, scan.since, scan.cursor))
            if scan.over or all(scan.decided(delivery) for delivery in uncertain):
                break
        return timedelta(0)

    def _since(self, uncertain: list[Delivery]) -> datetime:
        """Return the start of the scan on Slack's clock, to which the wall clock is nearest: the earliest claim."""
        clock = self._ctx.clock
        real = clock.real()
        age = max(real - (delivery.claimed_real or real) for delivery in uncertain)
        return clock.wall() - max(age, timedelta(0)) - SKEW

    def _decide(self, delivery: Delivery, channel_id: str, ts: str | None) -> None:
        with self._ctx.db.write() as session:
            if ts:
                self._results.sent(session, delivery, channel_id, ts)
            else:
                self._results.again(session, delivery, timedelta(0), None)
        self._results.tally.count("settled")
        found = "Slack has it" if ts else "Slack doesn't have it, and it is sent again"
        self._tell(logging.INFO, f"an uncertain message is settled: {found}", delivery)

    def _stays(self, uncertain: list[Delivery], error: SlackError) -> None:
        for delivery in uncertain:
            with self._ctx.db.write() as session:
                deliveries.update_row(session, delivery, state=State.UNCERTAIN, lease_real=None, problem=str(error))
            self._tell(logging.WARNING, "an uncertain message stays so, for an admin to decide", delivery, error)

    def _no_answer(self, workspace_id: str, uncertain: list[Delivery], error: SlackError) -> timedelta:
        """Return the time to wait before the history is read again."""
        for delivery in uncertain:
            self._tell(logging.INFO, "an uncertain message can't be settled yet", delivery, error)
        if not isinstance(error, SlackBusyError):
            return self._wait
        with self._ctx.db.write() as session:
            return self._results.busy(session, workspace_id, HISTORY, error.retry_after_seconds)

    def _tell(self, level: int, what: str, delivery: Delivery, error: SlackError | None = None) -> None:
        why = {"problem": str(error)} if error else {}
        WORK.log(level, what, extra={"delivery": delivery.delivery_id, **why})

    def _channel(self, delivery: Delivery) -> str | None:
        """Return the DM of a delivery. Its id is stored before the first post, so without one nothing was posted."""
        if delivery.channel_id:
            return delivery.channel_id
        with self._ctx.db.read() as session:
            learner = learners.get(session, delivery.workspace_id, delivery.learner_id)
        return learner.channel_id if learner else None

    def _later(self, uncertain: list[Delivery], wait: timedelta) -> None:
        for delivery in uncertain:
            with self._ctx.db.write() as session:
                deliveries.update_row(session, delivery, lease_real=self._ctx.clock.real() + wait)
