"""Settles what is uncertain: the DM's history is read for the deliveries' keys, and decides.

One reading answers for all that is uncertain in a DM. It goes on at the method's pace, a page at a turn, across ticks.
How far it has come is kept in memory: after a restart, or in another process, a reading begins anew.
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
from bot.store import deliveries, instants, learners

BATCH = 50
PAGES = 10
"""So many pages of one DM are read in a tick, where the pace allows it."""
SKEW = timedelta(hours=2)
"""By how much this clock and Slack's may have differed when a message was posted: people set clocks an hour wrong."""


class Reconciler:
    """Deliveries whose sender fell silent, or whose reply was lost. `wait` and `lease` are real time."""

    def __init__(
        self, ctx: AppContext, slack: SlackPort, results: AttemptResults, wait: timedelta, lease: timedelta
    ) -> None:
        self._ctx, self._slack, self._results = ctx, slack, results
        self._wait, self._lease = wait, lease
        self._seen: dict[tuple[str, str, datetime], datetime] = {}
        """Leases that another clock may have given, and since when (real) they are known here."""
        self._readings: dict[tuple[str, str], HistoryScan] = {}
        """Readings that aren't over, by workspace and DM."""

    def recover(self) -> None:
        """Settle what can be settled now."""
        with self._ctx.db.read() as session:
            if not deliveries.any_expired(session, self._ctx.clock.real()):
                return
        with self._ctx.db.write() as session:
            found = deliveries.expired(session, self._ctx.clock.real(), self._lease, BATCH, self._ran_out)
        dms: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
        for delivery in found:
            if delivery.state is State.CLAIMED:
                self._results.tally.count("uncertain")
                self._tell(logging.WARNING, "a message is uncertain: whoever sent it gave no sign any more", delivery)
            if channel_id := self._channel(delivery):
                dms[delivery.workspace_id, channel_id].append(delivery)
            else:
                self._decide(delivery, "", None)
        deaf: set[str] = set()
        for (workspace_id, channel_id), uncertain in dms.items():
            # where one question got no answer, the others wait for theirs rather than keep the tick waiting
            if workspace_id in deaf:
                self._later(uncertain, self._wait)
            elif not self._settle(workspace_id, channel_id, uncertain):
                deaf.add(workspace_id)

    def _ran_out(self, delivery: Delivery) -> bool:
        """Whether a lease has run out for certain: by this clock; or, where it must be by another, because this process
        has known it for as long as its request may take.
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

    def _settle(self, workspace_id: str, channel_id: str, uncertain: list[Delivery]) -> bool:
        """Read on in a DM, and decide what can be decided; False when Slack gave no answer."""
        dm = workspace_id, channel_id
        reading = self._readings.get(dm)
        # one that has begun goes on, whoever asks: were it begun anew for each, none would come to its end
        if reading is None:
            reading = self._readings[dm] = HistoryScan.begin(self._since(uncertain), uncertain)
        answered = True
        try:
            wait = self._read(workspace_id, channel_id, reading, uncertain)
        except SlackError as error:
            if isinstance(error, SlackRefusedError):
                del self._readings[dm]
                if error.code != "invalid_cursor":
                    self._stays(uncertain, error)
                    return True
            wait, answered = self._no_answer(workspace_id, uncertain, error), False
        waiting = [delivery for delivery in uncertain if not reading.decided(delivery)]
        for delivery in uncertain:
            if reading.decided(delivery):
                self._decide(delivery, channel_id, reading.found.get(delivery.delivery_id))
        self._later(waiting, wait)
        if reading.over or not waiting:
            self._readings.pop(dm, None)
        return answered

    def _read(self, workspace_id: str, channel_id: str, reading: HistoryScan, uncertain: list[Delivery]) -> timedelta:
        """Read as many pages as there are turns for, or as it takes; how long (real) until the next may be read."""
        for _ in range(PAGES):
            with self._ctx.db.write() as session:
                if wait := self._results.wait_for(session, workspace_id, HISTORY):
                    return wait
            reading.take(self._slack.history(workspace_id, channel_id, reading.since, reading.cursor))
            if reading.over or all(reading.decided(delivery) for delivery in uncertain):
                break
        return timedelta(0)

    def _since(self, uncertain: list[Delivery]) -> datetime:
        """On Slack's clock, which the wall's is nearest to: as long ago as the earliest claim."""
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
        """How long to wait before history is asked again."""
        for delivery in uncertain:
            self._tell(logging.INFO, "an uncertain message can't be settled yet", delivery, error)
        if not isinstance(error, SlackBusyError):
            return self._wait
        with self._ctx.db.write() as session:
            return self._results.busy(session, workspace_id, HISTORY, error.retry_after)

    def _tell(self, level: int, what: str, delivery: Delivery, error: SlackError | None = None) -> None:
        why = {"problem": str(error)} if error else {}
        WORK.log(level, what, extra={"delivery": delivery.delivery_id, **why})

    def _channel(self, delivery: Delivery) -> str | None:
        """Where it was posted to: the DM's id is stored before the first post, and without one nothing was."""
        if delivery.channel_id:
            return delivery.channel_id
        with self._ctx.db.read() as session:
            learner = learners.get(session, delivery.workspace_id, delivery.learner_id)
        return learner.channel_id if learner else None

    def _later(self, uncertain: list[Delivery], wait: timedelta) -> None:
        for delivery in uncertain:
            with self._ctx.db.write() as session:
                deliveries.update_row(session, delivery, lease_real=self._ctx.clock.real() + wait)
