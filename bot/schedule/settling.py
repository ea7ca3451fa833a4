"""Settles what is uncertain: Slack's history is asked for the delivery's key, and decides."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.domain.delivery import Delivery, State
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.logs import WORK
from bot.schedule.register import Register
from bot.services.house import House, Slack
from bot.store import deliveries, instants, learners

HISTORY = "conversations.history"
BATCH = 50
SKEW = timedelta(hours=2)
"""By how much this clock and Slack's may have differed when a message was posted: people set clocks an hour wrong."""


class Settling:
    """Deliveries whose sender fell silent, or whose reply was lost. `wait` and `lease` are real time."""

    def __init__(self, house: House, slack: Slack, register: Register, wait: timedelta, lease: timedelta) -> None:
        self._house, self._slack, self._register = house, slack, register
        self._wait, self._lease = wait, lease
        self._seen: dict[tuple[str, str, datetime], datetime] = {}
        """Leases that another clock may have given, and since when (real) they are known here."""

    def recover(self) -> None:
        """Settle what can be settled now."""
        with self._house.db.read() as session:
            if not deliveries.any_expired(session, self._house.clock.real()):
                return
        with self._house.db.write() as session:
            found = deliveries.expired(session, self._house.clock.real(), self._lease, BATCH, self._ran_out)
        deaf: set[str] = set()
        for delivery in found:
            if delivery.state is State.CLAIMED:
                self._register.tally.count("uncertain")
                self._tell(logging.WARNING, "a message is uncertain: whoever sent it gave no sign any more", delivery)
            # where one question got no answer, the others wait for theirs rather than keep the tick waiting
            if delivery.workspace_id in deaf:
                self._later(delivery, None)
            elif not self._settle(delivery):
                deaf.add(delivery.workspace_id)

    def _ran_out(self, delivery: Delivery) -> bool:
        """Whether a lease has run out for certain: by this clock; or, where it must be by another, because this process
        has known it for as long as its request may take.
        """
        real, lease = self._house.clock.real(), delivery.lease_real
        assert lease is not None
        if not instants.odd(lease, real):
            return True
        key = delivery.workspace_id, delivery.delivery_id, lease
        if real - self._seen.setdefault(key, real) < self._wait:
            return False
        del self._seen[key]
        return True

    def _settle(self, delivery: Delivery) -> bool:
        """Ask, and decide; False when Slack gave no answer."""
        channel_id = self._channel(delivery)
        if channel_id and not self._register.has_turn(delivery, HISTORY, "lease_real"):
            return True
        clock = self._house.clock
        # on Slack's clock, which the wall's is nearest to: as long ago as the claim
        age = clock.real() - (delivery.claimed_real or clock.real())
        since = clock.wall() - max(age, timedelta(0)) - SKEW
        try:
            ts = channel_id and self._slack.find(delivery.workspace_id, channel_id, delivery.delivery_id, since)
        except SlackRefusedError as error:
            with self._house.db.write() as session:
                deliveries.update_row(session, delivery, state=State.UNCERTAIN, lease_real=None, problem=str(error))
            self._tell(logging.WARNING, "an uncertain message stays so, for an admin to decide", delivery, error)
            return True
        except SlackError as error:
            self._tell(logging.INFO, "an uncertain message can't be settled yet", delivery, error)
            self._later(delivery, error)
            return False
        with self._house.db.write() as session:
            if ts:
                self._register.sent(session, delivery, str(channel_id), ts)
            else:
                self._register.again(session, delivery, timedelta(0), None)
        self._register.tally.count("settled")
        found = "Slack has it" if ts else "Slack doesn't have it, and it is sent again"
        self._tell(logging.INFO, f"an uncertain message is settled: {found}", delivery)
        return True

    def _tell(self, level: int, what: str, delivery: Delivery, error: SlackError | None = None) -> None:
        why = {"problem": str(error)} if error else {}
        WORK.log(level, what, extra={"delivery": delivery.delivery_id, **why})

    def _channel(self, delivery: Delivery) -> str | None:
        """Where it was posted to: the DM's id is stored before the first post, and without one nothing was."""
        if delivery.channel_id:
            return delivery.channel_id
        with self._house.db.read() as session:
            learner = learners.get(session, delivery.workspace_id, delivery.learner_id)
        return learner.channel_id if learner else None

    def _later(self, delivery: Delivery, error: SlackError | None) -> None:
        with self._house.db.write() as session:
            wait = self._wait
            if isinstance(error, SlackBusyError):
                wait = self._register.busy(session, delivery.workspace_id, HISTORY, error.retry_after)
            deliveries.update_row(session, delivery, lease_real=self._house.clock.real() + wait)
