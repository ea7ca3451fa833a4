"""An attempt to send one claimed delivery: the last look, the DM, the post, and the record of what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.context import AppContext, SlackPort
from bot.delivery.attempt_results import AttemptResults
from bot.delivery.error_policy import RETRY_SECONDS
from bot.delivery.prepare import prepare
from bot.delivery.status_lookup import StatusLookup
from bot.domain.delivery import Delivery
from bot.domain.rate_limit import POST
from bot.errors import SlackError, SlackUncertainError
from bot.planning.learner_state import load
from bot.store import deliveries, learners
from bot.store.database_errors import why
from bot.view_models import View

log = logging.getLogger(__name__)
OPEN = "conversations.open"


class Attempts:
    """Attempts to send, in any number of threads. No transaction spans a call of Slack."""

    def __init__(
        self,
        ctx: AppContext,
        slack: SlackPort,
        *,
        results: AttemptResults,
        statuses: StatusLookup,
        lease: timedelta,
        refresh: Callable[[str, str], None],
    ) -> None:
        """`lease`: from the last look on, in real time. `refresh` brings a learner's lagging messages up to date."""
        self._ctx, self._slack, self._results, self._statuses = ctx, slack, results, statuses
        self._lease, self._refresh = lease, refresh

    def make(self, claimed: Delivery, *, asks_quiet: bool = False) -> None:
        """Attempt to send a claimed delivery. `asks_quiet`: a call of `dnd.info` was claimed with it."""
        try:
            self._statuses.read(claimed)
            ready = self._make_ready(claimed)
            if ready is None:
                return
            delivery, view, channel_id = ready
            if asks_quiet and self._disturbs(delivery):
                return
            channel_id = channel_id or self._open(delivery)
            if channel_id is not None:
                self._post(delivery, channel_id, view)
        except Exception as error:
            # its lease expires and it is reconciled with Slack's history, so nothing is lost
            log.exception("delivery %s stopped halfway", claimed.delivery_id, **why(error, self._ctx.db.url))

    def _make_ready(self, claimed: Delivery) -> tuple[Delivery, View, str | None] | None:
        """Check a delivery for the last time; return it with the view and the DM. None: it doesn't go now, or not at
        all.
        """
        with self._ctx.db.write() as session:
            learners.lock(session, claimed.workspace_id, claimed.learner_id)
            delivery = deliveries.take(session, claimed)
            if delivery is None:
                # its lease expired while it waited, and another process has taken it over
                return None
            if self._results.held(delivery.workspace_id, POST):
                deliveries.give_back(session, delivery)
                return None
            ids = delivery.workspace_id, delivery.learner_id
            state = load(session, self._ctx, *ids, lock=False, about=delivery.delivery_id)
            assert state is not None
            view = prepare(state, delivery)
            if view is None:
                return None
            # store what is about to be shown and where: reconciling after a lost reply needs both
            lease = self._ctx.clock.real() + self._lease
            channel_id = state.learner.channel_id
            state.change_delivery(delivery, shown=delivery.revision, channel_id=channel_id, lease_real=lease)
            return replace(delivery, shown=delivery.revision), view, channel_id

    def _disturbs(self, delivery: Delivery) -> bool:
        """Put off an unasked message while do-not-disturb holds; return True if so."""
        at = self._ctx.clock.business()
        until = self._slack.quiet_until(delivery.workspace_id, delivery.learner_id, at)
        if until is None:
            return False
        with self._ctx.db.write() as session:
            deliveries.give_back(session, delivery, claimable_at=until)
        return True

    def _open(self, delivery: Delivery) -> str | None:
        with self._ctx.db.write() as session:
            wait = self._results.wait_for(session, delivery.workspace_id, OPEN)
            if wait:
                self._results.again(session, delivery, wait, None)
                return None
        try:
            channel_id = self._slack.open_dm(delivery.workspace_id, delivery.learner_id)
        except SlackUncertainError as error:
            # nothing was posted, so a retry can't send it twice
            log.warning("delivery %s waits: its DM couldn't be opened: %s", delivery.delivery_id, error)
            with self._ctx.db.write() as session:
                self._results.again(session, delivery, timedelta(seconds=RETRY_SECONDS), "the DM couldn't be opened")
        except SlackError as error:
            self._results.failed(delivery, OPEN, error)
        else:
            with self._ctx.db.write() as session:
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
            self._results.failed(delivery, POST, error)
        else:
            with self._ctx.db.write() as session:
                lags = self._results.sent(session, delivery, channel_id, ts)
            # the first item changes what the welcome says
            if lags:
                self._refresh(delivery.workspace_id, delivery.learner_id)
