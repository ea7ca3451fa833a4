"""Carries deliveries to Slack, settles the uncertain ones, and brings messages up to date.

No transaction is open during a call to Slack: claim, commit, call, record, commit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Lock

from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery, Slot, State
from bot.domain.people import HoldKind
from bot.domain.views import View
from bot.errors import SlackBusyError, SlackError, SlackRefusedError, SlackUncertainError
from bot.schedule.outcomes import RETRY_SECONDS, Fate, Ruling, rule
from bot.services.house import House, Slack
from bot.services.orders import work_off
from bot.services.prepare import give_up, prepare
from bot.services.profiles import changed
from bot.services.reschedule import reschedule
from bot.services.show import show
from bot.services.standing import skip
from bot.store import askings, deliveries, learners, orders, records

log = logging.getLogger(__name__)
Via = Callable[[View], bool]
BATCH = 50
SKEW = timedelta(minutes=5)
SOON = 1.0
"""No retry comes sooner than this, in seconds, whatever Slack says."""
DEAD_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
GONE = frozenset({"message_not_found", "cant_update_message", "channel_not_found", "is_archived", "edit_window_closed"})


@dataclass(frozen=True)
class Patience:
    """How long to wait, in real time. `settle` must exceed the HTTP timeout, `lease` both together."""

    settle: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(seconds=120)
    grace: timedelta = timedelta(seconds=10)
    """A message may lag for this long before a tick brings it up to date: the tap's own update comes first."""


class Courier:
    """One process's share of the work. Any number of them may run on one Postgres."""

    def __init__(self, house: House, slack: Slack, patience: Patience, threads: int = 8) -> None:
        self._house, self._slack, self._patience = house, slack, patience
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="courier")
        # updates of one message take turns; a few locks serve all messages
        self._turns = [Lock() for _ in range(64)]
        self._stopping = False

    def stop(self) -> None:
        """Claim nothing more, and finish what is in hand."""
        self._stopping = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def deliver(self) -> int:
        """Send everything that is due now; how many were claimed."""
        total = 0
        while not self._stopping:
            with self._house.db.write() as session:
                at, real = self._house.clock.business(), self._house.clock.real()
                batch = deliveries.claim(session, at, real, self._patience.lease, BATCH)
            if not batch:
                break
            total += len(batch)
            list(self._pool.map(self._send, batch))
        return total

    def _send(self, claimed: Delivery) -> None:
        try:
            with self._house.db.write() as session:
                lease_until = self._house.clock.real() + self._patience.lease
                delivery = deliveries.take(session, claimed, lease_until)
                if delivery is None:
                    # it waited here past its lease, and another took it over
                    return
                view = prepare(session, self._house, delivery, self._house.clock.business())
                learner = learners.get(session, delivery.workspace_id, delivery.learner_id)
                assert learner is not None
                if view is not None:
                    # what is about to be shown, and where: the settling of a lost reply needs both
                    deliveries.update_row(session, delivery, shown=delivery.revision, channel_id=learner.channel_id)
            if view is None or self._disturbs(delivery):
                return
            channel_id = learner.channel_id or self._open(delivery)
            if channel_id is not None:
                self._post(replace(delivery, shown=delivery.revision), channel_id, view)
        except Exception:
            # the lease runs out and the delivery is settled by asking Slack: nothing is lost by going on
            log.exception("delivery %s stopped halfway", claimed.delivery_id)

    def _disturbs(self, delivery: Delivery) -> bool:
        """Put off what nobody asked for while its reader isn't to be disturbed; True when it was put off."""
        at = self._house.clock.business()
        until = self._slack.quiet_until(delivery.workspace_id, delivery.learner_id, at) if delivery.unasked else None
        if until is None:
            return False
        with self._house.db.write() as session:
            deliveries.update_attempt(session, delivery, state=State.DUE, claimable_at=until, lease_real=None)
        return True

    def _open(self, delivery: Delivery) -> str | None:
        try:
            channel_id = self._slack.open_dm(delivery.workspace_id, delivery.learner_id)
        except SlackUncertainError:
            # nothing was posted, so trying again can't double anything
            self._record(delivery, Ruling(Fate.RETRY, RETRY_SECONDS), "the DM couldn't be opened")
        except SlackError as error:
            self._record(delivery, rule(error), str(error))
        else:
            with self._house.db.write() as session:
                learner = learners.get(session, delivery.workspace_id, delivery.learner_id)
                assert learner is not None
                learners.update(session, learner, channel_id=channel_id)
                deliveries.update_row(session, delivery, channel_id=channel_id)
            return channel_id
        return None

    def _post(self, delivery: Delivery, channel_id: str, view: View) -> None:
        try:
            ts = self._slack.post(delivery.workspace_id, channel_id, view, delivery.delivery_id)
        except SlackError as error:
            self._record(delivery, rule(error), str(error))
        else:
            with self._house.db.write() as session:
                self._sent(session, delivery, channel_id, ts)
            # the first item changes what the welcome says
            self.refresh(delivery.workspace_id, delivery.learner_id)

    def _sent(self, session: Session, delivery: Delivery, channel_id: str, ts: str) -> None:
        done = deliveries.update_attempt(
            session,
            delivery,
            state=State.SENT,
            channel_id=channel_id,
            ts=ts,
            lease_real=None,
            claimable_at=None,
            retry_real=None,
            problem=None,
        )
        if done and delivery.asking_id is not None and delivery.slot is not Slot.REMINDER:
            askings.no_longer_owed(session, delivery.workspace_id, delivery.asking_id)
        if done:
            deliveries.caught_up(session, delivery, delivery.shown, self._house.clock.real())

    def _record(self, delivery: Delivery, ruling: Ruling, problem: str) -> None:
        log.warning("delivery %s: %s (%s)", delivery.delivery_id, ruling.fate, problem)
        real = self._house.clock.real()
        with self._house.db.write() as session:
            if not deliveries.update_attempt(session, delivery, problem=problem):
                return
            if ruling.fate is Fate.SETTLE:
                lease = real + self._patience.settle
                deliveries.update_row(session, delivery, state=State.UNCERTAIN, lease_real=lease)
            elif ruling.fate is Fate.HOLD_LEARNER:
                self._unreachable(session, delivery, problem)
            elif ruling.fate is Fate.QUARANTINE:
                self._quarantine(session, delivery, problem)
            else:
                if ruling.fate is Fate.HOLD_WORKSPACE:
                    records.hold_workspace(session, delivery.workspace_id, problem.partition(":")[0])
                self._again(session, delivery, timedelta(seconds=max(ruling.after, SOON)), problem)

    def _again(self, session: Session, delivery: Delivery, after: timedelta, problem: str | None) -> None:
        retry = self._house.clock.real() + after
        deliveries.update_attempt(
            session,
            delivery,
            state=State.DUE,
            claimable_at=delivery.due_at,
            lease_real=None,
            retry_real=retry,
            problem=problem,
        )

    def _unreachable(self, session: Session, delivery: Delivery, problem: str) -> None:
        at = self._house.clock.business()
        learner = learners.get(session, delivery.workspace_id, delivery.learner_id, lock=True)
        assert learner is not None
        if problem.partition(":")[0] in DEAD_CHANNEL:
            learners.update(session, learner, channel_id=None)
        learners.hold(session, learner, HoldKind.UNREACHABLE, at)
        give_up(session, self._house, delivery, State.WITHDRAWN, problem, at)

    def _quarantine(self, session: Session, delivery: Delivery, problem: str) -> None:
        deliveries.retire(session, delivery, State.FAILED, problem)
        if delivery.slot is Slot.WELCOME:
            learner = learners.get(session, delivery.workspace_id, delivery.learner_id, lock=True)
            assert learner is not None
            learners.update(session, learner, welcome_done=True)
        # a reminder that Slack refused says nothing of the item it reminds of
        item = delivery.slot is not Slot.REMINDER or delivery.about.get("opened")
        asking = delivery.asking_id and askings.get(session, delivery.workspace_id, delivery.asking_id)
        if asking and item and asking.outcome is None:
            askings.set_aside(session, delivery.workspace_id, asking.content_hash, problem)
            skip(session, self._house, asking)
        at = self._house.clock.business()
        reschedule(session, self._house, delivery.workspace_id, delivery.learner_id, at, planned=True)

    def recover(self) -> None:
        """Settle deliveries whose sender fell silent or whose reply was lost: Slack's history decides."""
        with self._house.db.write() as session:
            found = deliveries.expired(session, self._house.clock.real(), self._patience.lease, BATCH)
        for delivery in found:
            self._settle(delivery)

    def _settle(self, delivery: Delivery) -> None:
        since = (delivery.claimed_real or self._house.clock.real()) - SKEW
        with self._house.db.read() as session:
            learner = learners.get(session, delivery.workspace_id, delivery.learner_id)
        # the DM's id is stored before the first post: without one nothing can have been posted
        channel_id = delivery.channel_id or (learner.channel_id if learner else None)
        try:
            ts = channel_id and self._slack.find(delivery.workspace_id, channel_id, delivery.delivery_id, since)
        except SlackRefusedError as error:
            with self._house.db.write() as session:
                deliveries.update_row(session, delivery, state=State.UNCERTAIN, lease_real=None, problem=str(error))
            log.warning("delivery %s stays uncertain: %s", delivery.delivery_id, error)
            return
        except SlackError as error:
            log.warning("delivery %s can't be settled yet: %s", delivery.delivery_id, error)
            wait = timedelta(seconds=error.retry_after) if isinstance(error, SlackBusyError) else self._patience.settle
            with self._house.db.write() as session:
                deliveries.update_row(session, delivery, lease_real=self._house.clock.real() + wait)
            return
        with self._house.db.write() as session:
            if ts:
                self._sent(session, delivery, str(channel_id), ts)
            else:
                self._again(session, delivery, timedelta(0), None)

    def refresh(self, workspace_id: str, learner_id: str, clicked: str | None = None, via: Via | None = None) -> None:
        """Bring a learner's lagging messages up to date; the one that was tapped by `via`, its response_url."""
        with self._house.db.read() as session:
            lagging = deliveries.lagging(session, self._house.clock.real(), BATCH, (workspace_id, learner_id))
        for delivery in lagging:
            self._update(delivery, via if delivery.delivery_id == clicked else None)

    def catch_up(self) -> None:
        """Bring messages up to date that nobody else did: the process died, or the update failed."""
        with self._house.db.read() as session:
            lagging = deliveries.lagging(session, self._house.clock.real() - self._patience.grace, BATCH)
        for delivery in lagging:
            self._update(delivery, None)

    def _update(self, delivery: Delivery, via: Via | None) -> None:
        with self._turns[hash(delivery.delivery_id) % len(self._turns)]:
            with self._house.db.read() as session:
                current = deliveries.get(session, delivery.workspace_id, delivery.delivery_id)
                if current is None or current.lags_real is None or not current.ts or not current.channel_id:
                    return
                view = show(session, self._house, current)
            try:
                if via is None or not via(view):
                    self._slack.update(current.workspace_id, current.channel_id, current.ts, view)
            except SlackRefusedError as error:
                if error.code not in GONE and rule(error).fate is not Fate.QUARANTINE:
                    self._lag_on(current, error)
                    return
                # asking again would be answered the same way
                log.warning("message of %s can't be brought up to date: %s", current.delivery_id, error)
            except SlackError as error:
                self._lag_on(current, error)
                return
            with self._house.db.write() as session:
                deliveries.caught_up(session, current, current.revision, self._house.clock.real())

    def _lag_on(self, delivery: Delivery, error: SlackError) -> None:
        log.warning("message of %s lags: %s", delivery.delivery_id, error)
        ruling = rule(error)
        wait = timedelta(seconds=ruling.after if ruling.fate in {Fate.RETRY, Fate.CONFIGURE} else 0)
        with self._house.db.write() as session:
            deliveries.update_row(session, delivery, lags_real=self._house.clock.real() + wait)

    def work_off(self) -> None:
        """Work off what admins asked for."""
        with self._house.db.read() as session:
            waiting = orders.unfinished(session, self._house.clock.real(), BATCH)
        for order in waiting:
            try:
                work_off(self._house, self._slack, order)
            except SlackError as error:
                log.warning("order %s waits: %s", order.order_id, error)
            except Exception:
                log.exception("order %s stopped halfway; it goes on with the next tick", order.order_id)

    def probe(self) -> None:
        """See whether people who couldn't be reached, and workspaces whose token failed, can be reached again."""
        with self._house.db.read() as session:
            lost = learners.unreachable(session)
        for workspace_id, learner_id in lost:
            try:
                profile = self._slack.profile(workspace_id, learner_id)
            except SlackError as error:
                log.warning("profile of %s: %s", learner_id, error)
                continue
            if profile is not None:
                with self._house.db.write() as session:
                    changed(session, self._house, profile, self._house.clock.business())

    def try_held_workspaces(self) -> None:
        """Let workspaces go on whose token works again."""
        with self._house.db.read() as session:
            held = [w.workspace_id for w in records.workspaces(session) if w.held]
        for workspace_id in held:
            if self._slack.works(workspace_id):
                with self._house.db.write() as session:
                    records.hold_workspace(session, workspace_id, None)
                    askings.owe_all_again(session, workspace_id)
