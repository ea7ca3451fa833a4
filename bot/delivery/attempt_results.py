"""The results of attempts to send, recorded."""

from __future__ import annotations

import logging
import random
from collections import Counter
from datetime import datetime, timedelta

from bot.actions.delivery_problems import token_failed
from bot.context import AppContext
from bot.delivery import claims
from bot.delivery.error_policy import FailureAction, decide
from bot.delivery.prepare import give_up
from bot.delivery.tick_counts import TickCounts
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.people import HoldKind
from bot.domain.rate_limit import LONGEST_WAIT, RateLimits
from bot.errors import SlackBusyError, SlackError, SlackUnreachableError
from bot.logs import WORK
from bot.planning.holds import came
from bot.planning.learner_state import LearnerState, load
from bot.planning.next_due import update_next_due
from bot.planning.open_item import skip
from bot.store import deliveries, learners, workspaces
from bot.store.database import Session

log = logging.getLogger(__name__)
SHORTEST_RETRY_SECONDS = 1.0
"""The shortest wait before a retry, in seconds, even if Slack's `Retry-After` is shorter."""
LONGEST_BACKOFF_SECONDS = 60.0
"""The longest backoff while Slack can't be reached, in seconds."""
JITTER = 0.2
DEAD_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel"})


class AttemptResults:
    """A recorder of how attempts ended. `reconcile_after`: the real time before an uncertain message's history is
    read.
    """

    def __init__(self, ctx: AppContext, reconcile_after: timedelta, limits: RateLimits) -> None:
        self._ctx, self._reconcile_after, self._limits = ctx, reconcile_after, limits
        self.tally = TickCounts()
        self._held: dict[tuple[str, str], datetime] = {}
        self._refused: Counter[str] = Counter()

    def held(self, workspace_id: str, method: str) -> bool:
        """Return True while this process knows that a method is rate limited for a workspace."""
        until = self._held.get((workspace_id, method))
        return until is not None and until > self._ctx.clock.real()

    def wait_for(self, session: Session, workspace_id: str, method: str) -> timedelta:
        """Take the next call of a method if it may come now; return the time to wait, zero if it was taken."""
        real = self._ctx.clock.real()
        return claims.wait_for(session, workspace_id, method, real, self._limits.of(method))

    def has_turn(self, delivery: Delivery, method: str, again: str) -> bool:
        """Take the next call of a method for a delivery; return False if there is none now. Its column `again` (real)
        says when to retry.
        """
        with self._ctx.db.write() as session:
            wait = self.wait_for(session, delivery.workspace_id, method)
            if wait:
                deliveries.update_row(session, delivery, **{again: self._ctx.clock.real() + wait})
        return not wait

    def sent(self, session: Session, delivery: Delivery, channel_id: str, ts: str) -> bool:
        """Record that Slack has the message; return True if other messages of the learner lag now."""
        self._refused.pop(delivery.workspace_id, None)
        learners.lock(session, delivery.workspace_id, delivery.learner_id)
        done = deliveries.sent(session, delivery, channel_id, ts, self._ctx.clock.real())
        if not done:
            return False
        self.tally.count("sent")
        state = self._state(session, delivery)
        came(state, delivery)
        return bool(state.lagging)

    def busy(self, session: Session, workspace_id: str, method: str, after_seconds: float) -> timedelta:
        """Hold a method of a workspace for so many seconds; return the time."""
        wait = min(timedelta(seconds=max(after_seconds, SHORTEST_RETRY_SECONDS)), LONGEST_WAIT)
        until = self._ctx.clock.real() + wait
        self._held[workspace_id, method] = until
        claims.hold(session, workspace_id, method, until, self._limits.of(method))
        return wait

    def failed(self, delivery: Delivery, method: str, error: SlackError) -> None:
        """Record that an attempt failed in this call."""
        decision, problem = decide(error), str(error)
        if decision.action is FailureAction.RECONCILE:
            self.tally.count("uncertain")
            WORK.warning("a message is uncertain: %s", problem, extra={"delivery": delivery.delivery_id})
        else:
            self.tally.count("failed")
            log.warning("delivery %s: %s (%s)", delivery.delivery_id, decision.action, problem)
        after_seconds = self._backoff(delivery.workspace_id, error, decision.after_seconds)
        with self._ctx.db.write() as session:
            if isinstance(error, SlackBusyError | SlackUnreachableError):
                self.busy(session, delivery.workspace_id, method, after_seconds)
            learners.lock(session, delivery.workspace_id, delivery.learner_id)
            if not deliveries.update_attempt(session, delivery, problem=problem):
                return
            if decision.action is FailureAction.RECONCILE:
                lease = self._ctx.clock.real() + self._reconcile_after
                deliveries.update_row(session, delivery, state=State.UNCERTAIN, lease_real=lease)
            elif decision.action is FailureAction.HOLD_LEARNER:
                self._unreachable(session, delivery, problem)
            elif decision.action is FailureAction.QUARANTINE:
                self._quarantine(session, delivery, problem)
            else:
                if decision.action is FailureAction.HOLD_WORKSPACE:
                    self._token(session, delivery.workspace_id, problem.partition(":")[0])
                self.again(session, delivery, timedelta(seconds=max(after_seconds, SHORTEST_RETRY_SECONDS)), problem)

    def _backoff(self, workspace_id: str, error: SlackError, after_seconds: float) -> float:
        """Return the seconds before a retry: as many as Slack says; while Slack can't be reached, exponential backoff
        with jitter.
        """
        if isinstance(error, SlackUnreachableError):
            after_seconds = min(LONGEST_BACKOFF_SECONDS, after_seconds * 2 ** min(self._refused[workspace_id], 10))
            self._refused[workspace_id] += 1
            # jitter, so that many processes don't all retry in the same instant
            return after_seconds * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
        return after_seconds

    def again(self, session: Session, delivery: Delivery, after: timedelta, problem: str | None) -> None:
        """Return the delivery to the queue. The next attempt may come after `after`, in real time."""
        retry = self._ctx.clock.real() + min(after, LONGEST_WAIT)
        deliveries.give_back(session, delivery, retry_real=retry, problem=problem)

    def _token(self, session: Session, workspace_id: str, code: str) -> None:
        if workspaces.hold(session, workspace_id, code):
            token_failed(session, self._ctx, workspace_id, code)

    def _unreachable(self, session: Session, delivery: Delivery, problem: str) -> None:
        state = self._state(session, delivery)
        if problem.partition(":")[0] in DEAD_CHANNEL:
            state.change_learner(channel_id=None)
        state.hold(HoldKind.UNREACHABLE)
        give_up(state, delivery, State.WITHDRAWN, problem)

    def _quarantine(self, session: Session, delivery: Delivery, problem: str) -> None:
        state = self._state(session, delivery)
        state.retire(delivery, State.FAILED, problem)
        if delivery.slot is Slot.WELCOME:
            state.change_learner(welcome_done=True)
        # a refused reminder proves nothing about its item
        item = delivery.brings_item
        asking = state.asking(delivery.asking_id) if delivery.asking_id else None
        if asking and item and asking.outcome is None:
            state.quarantine(asking, problem)
            skip(state, asking)
        update_next_due(state, planned=True)

    def _state(self, session: Session, delivery: Delivery) -> LearnerState:
        """Load the learner's state; the caller has locked them."""
        ids = delivery.workspace_id, delivery.learner_id
        state = load(session, self._ctx, *ids, lock=False, about=delivery.delivery_id)
        assert state is not None
        return state
