"""Updates of sent messages that lag behind the database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Lock

from bot.context import AppContext, SlackPort
from bot.delivery.attempt_results import AttemptResults
from bot.delivery.error_policy import FailureAction, decide
from bot.delivery.shown_revisions import ShownRevisions
from bot.domain.delivery import Delivery
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.planning.learner_state import load
from bot.queries.message_view import message_view
from bot.store import deliveries, lagging
from bot.view_models import View

log = logging.getLogger(__name__)
Via = Callable[[View], bool]
Shown = tuple[Delivery, View]
UPDATE = "chat.update"
BATCH = 50
REMEMBERED = 10_000
GONE = frozenset({"message_not_found", "cant_update_message", "channel_not_found", "is_archived", "edit_window_closed"})


class MessageUpdater:
    """An updater that handles one learner's messages at a time. `grace`: the real time that a tap's own update has
    before a tick's.
    """

    def __init__(self, ctx: AppContext, slack: SlackPort, results: AttemptResults, grace: timedelta) -> None:
        self._ctx, self._slack, self._results, self._grace = ctx, slack, results, grace
        # a few locks, shared by hash
        self._turns = [Lock() for _ in range(64)]
        self._notes = ShownRevisions(ctx, results.tally)
        self._noting = Lock()
        self._newest: dict[str, int] = {}
        """The revisions that were shown last, by delivery."""

    def refresh(self, workspace_id: str, learner_id: str, clicked: str | None = None, via: Via | None = None) -> None:
        """Update a learner's lagging messages; the tapped one through `via`, its response_url."""
        self._notes.add(self._refreshed(workspace_id, learner_id, clicked, via))

    def _refreshed(
        self, workspace_id: str, learner_id: str, clicked: str | None = None, via: Via | None = None
    ) -> list[Delivery]:
        whose = workspace_id, learner_id
        with self._turns[hash(whose) % len(self._turns)]:
            with self._ctx.db.read() as session:
                found = lagging.find(session, self._ctx.clock.real(), BATCH, whose)
                about = found[0].delivery_id if found else ""
                state = load(session, self._ctx, *whose, lock=False, about=about) if found else None
                views = [message_view(state, delivery) for delivery in found] if state is not None else []
            return self._show(list(zip(found, views, strict=True)), clicked, via)

    def show(
        self, workspace_id: str, learner_id: str, views: Sequence[Shown], clicked: str | None, via: Via | None
    ) -> None:
        """Update messages as the transaction that changed them knew them; the tapped one through `via`."""
        with self._turns[hash((workspace_id, learner_id)) % len(self._turns)]:
            shown = self._show(views, clicked, via)
        self._notes.add(shown)

    def catch_up(self) -> None:
        """Update lagging messages that nobody else did, since a process died or an update failed."""
        with self._ctx.db.read() as session:
            found = lagging.find(session, self._ctx.clock.real() - self._grace, BATCH)
        for workspace_id, learner_id in dict.fromkeys((d.workspace_id, d.learner_id) for d in found):
            self._notes.add(self._refreshed(workspace_id, learner_id), at_once=True)

    def _show(self, views: Sequence[Shown], clicked: str | None, via: Via | None) -> list[Delivery]:
        """Return the messages that Slack shows as they are now, or never will."""
        return [d for d, view in views if self._put(d, view, via if d.delivery_id == clicked else None)]

    def _put(self, delivery: Delivery, view: View, via: Via | None) -> bool:
        """Show a message as it is now; True when Slack shows it, or never will."""
        if not delivery.ts or not delivery.channel_id or not self._is_news(delivery):
            return False
        if via is not None and via(view):
            return True
        if not self._results.has_turn(delivery, UPDATE, "lags_real"):
            return False
        try:
            self._slack.update(delivery.workspace_id, delivery.channel_id, delivery.ts, view)
        except SlackError as error:
            if not _for_good(error):
                self._lag_on(delivery, error)
                return False
            # a retry would get the same answer
            log.warning("message of %s can't be brought up to date: %s", delivery.delivery_id, error)
        return True

    def _is_news(self, delivery: Delivery) -> bool:
        """Return False where this process has shown a newer revision since: views are made before their turn comes."""
        with self._noting:
            shown = self._newest.pop(delivery.delivery_id, 0)
            self._newest[delivery.delivery_id] = max(shown, delivery.revision)
            if len(self._newest) > REMEMBERED:
                del self._newest[next(iter(self._newest))]
        return delivery.revision >= shown

    def _lag_on(self, delivery: Delivery, error: SlackError) -> None:
        log.warning("message of %s lags: %s", delivery.delivery_id, error)
        decision = decide(error)
        wait = timedelta(
            seconds=decision.after_seconds if decision.action in {FailureAction.RETRY, FailureAction.CONFIGURE} else 0
        )
        with self._ctx.db.write() as session:
            if isinstance(error, SlackBusyError):
                self._results.busy(session, delivery.workspace_id, UPDATE, error.retry_after_seconds)
            deliveries.update_row(session, delivery, lags_real=self._ctx.clock.real() + wait)


def _for_good(error: SlackError) -> bool:
    return isinstance(error, SlackRefusedError) and (
        error.code in GONE or decide(error).action is FailureAction.QUARANTINE
    )
