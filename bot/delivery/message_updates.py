"""Updates of sent messages that lag behind the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Lock

from bot.context import AppContext, SlackPort
from bot.delivery.attempt_results import AttemptResults
from bot.delivery.error_policy import FailureAction, decide
from bot.domain.delivery import Delivery
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.planning.learner_state import load
from bot.queries.message_view import message_view
from bot.store import deliveries
from bot.view_models import View

log = logging.getLogger(__name__)
Via = Callable[[View], bool]
UPDATE = "chat.update"
BATCH = 50
GONE = frozenset({"message_not_found", "cant_update_message", "channel_not_found", "is_archived", "edit_window_closed"})


class MessageUpdater:
    """An updater that handles one learner's messages at a time. `grace`: the real time that a tap's own update has
    before a tick's.
    """

    def __init__(self, ctx: AppContext, slack: SlackPort, results: AttemptResults, grace: timedelta) -> None:
        self._ctx, self._slack, self._results, self._grace = ctx, slack, results, grace
        # a few locks, shared by hash
        self._turns = [Lock() for _ in range(64)]

    def refresh(self, workspace_id: str, learner_id: str, clicked: str | None = None, via: Via | None = None) -> None:
        """Update a learner's lagging messages; the tapped one through `via`, its response_url."""
        whose = workspace_id, learner_id
        with self._turns[hash(whose) % len(self._turns)]:
            with self._ctx.db.read() as session:
                lagging = deliveries.lagging(session, self._ctx.clock.real(), BATCH, whose)
                about = lagging[0].delivery_id if lagging else ""
                state = load(session, self._ctx, *whose, lock=False, about=about) if lagging else None
                views = [message_view(state, delivery) for delivery in lagging] if state is not None else []
            for delivery, view in zip(lagging, views, strict=True):
                self._update(delivery, view, via if delivery.delivery_id == clicked else None)

    def catch_up(self) -> None:
        """Update lagging messages that nobody else did, since a process died or an update failed."""
        with self._ctx.db.read() as session:
            lagging = deliveries.lagging(session, self._ctx.clock.real() - self._grace, BATCH)
        for workspace_id, learner_id in dict.fromkeys((d.workspace_id, d.learner_id) for d in lagging):
            self.refresh(workspace_id, learner_id)

    def _update(self, delivery: Delivery, view: View, via: Via | None) -> None:
        if not delivery.ts or not delivery.channel_id:
            return
        if via is None or not via(view):
            if not self._results.has_turn(delivery, UPDATE, "lags_real"):
                return
            try:
                self._slack.update(delivery.workspace_id, delivery.channel_id, delivery.ts, view)
            except SlackError as error:
                if not _for_good(error):
                    self._lag_on(delivery, error)
                    return
                # a retry would get the same answer
                log.warning("message of %s can't be brought up to date: %s", delivery.delivery_id, error)
        with self._ctx.db.write() as session:
            deliveries.caught_up(session, delivery, delivery.revision, self._ctx.clock.real())
        self._results.tally.count("updated")

    def _lag_on(self, delivery: Delivery, error: SlackError) -> None:
        log.warning("message of %s lags: %s", delivery.delivery_id, error)
        decision = decide(error)
        wait = timedelta(
            seconds=decision.after_seconds if decision.action in {FailureAction.RETRY, FailureAction.CONFIGURE} else 0
        )
        with self._ctx.db.write() as session:
            if isinstance(error, SlackBusyError):
                self._results.busy(session, delivery.workspace_id, UPDATE, error.retry_after)
            deliveries.update_row(session, delivery, lags_real=self._ctx.clock.real() + wait)


def _for_good(error: SlackError) -> bool:
    return isinstance(error, SlackRefusedError) and (
        error.code in GONE or decide(error).action is FailureAction.QUARANTINE
    )
