"""Erasures, worked off: the person's rows, then the bot's own messages and files in their DM, and what Home shows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.actions.erasing import go_on
from bot.context import AppContext, SlackPort
from bot.delivery.attempt_results import AttemptResults
from bot.domain.dm_history import OwnMessage
from bot.domain.erasing import Erasure
from bot.domain.rate_limit import DELETE, DELETE_FILE, HISTORY
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.logs import WORK
from bot.store import deliveries, erasures

log = logging.getLogger(__name__)
BATCH = 20
RETRY = timedelta(minutes=1)
GONE = frozenset({"message_not_found", "channel_not_found", "file_not_found", "file_deleted"})
NO_HISTORY = frozenset({"channel_not_found", "missing_scope", "not_in_channel"})


class Erasures:
    """Any number of processes may work at one erasure: deleting twice does no harm."""

    def __init__(self, ctx: AppContext, slack: SlackPort, results: AttemptResults, settled: timedelta) -> None:
        """`settled`: the real time after which no message that was on its way to them can arrive any more."""
        self._ctx, self._slack, self._results, self._settled = ctx, slack, results, settled

    def work_off(self) -> None:
        """Go on with each erasure that waits, as far as the rate limits let it."""
        with self._ctx.db.read() as session:
            waiting = erasures.unfinished(session, self._ctx.clock.real(), BATCH)
        for erasure in waiting:
            try:
                self._go_on(erasure)
            except SlackBusyError as error:
                self._wait(erasure, timedelta(seconds=error.retry_after_seconds))
            except SlackError as error:
                log.warning("an erasure waits: %s", error)
                self._wait(erasure, RETRY)

    def _go_on(self, erasure: Erasure) -> None:
        if not erasure.scrubbed:
            erasure = go_on(self._ctx, erasure)
            WORK.info("somebody was erased", extra={"workspace": erasure.workspace_id})
        if erasure.begun_real is None:
            self._clear_home(erasure)
            with self._ctx.db.write() as session:
                erasure = erasures.change(session, erasure, begun_real=self._ctx.clock.real(), cursor="")
        channel_id = erasure.channel_id or self._dm(erasure)
        if channel_id is None or self._swept(erasure, channel_id):
            self._read_to_its_end(erasure)

    def _dm(self, erasure: Erasure) -> str | None:
        """Return the DM of somebody who was sent files alone, which no row knows; None where Slack opens none."""
        try:
            channel_id = self._slack.open_dm(erasure.workspace_id, erasure.learner_id)
        except SlackRefusedError as error:
            log.info("somebody erased has no DM: %s", error)
            return None
        with self._ctx.db.write() as session:
            erasures.change(session, erasure, channel_id=channel_id)
        return channel_id

    def _clear_home(self, erasure: Erasure) -> None:
        try:
            self._slack.blank_home(erasure.workspace_id, erasure.learner_id)
        except SlackRefusedError as error:
            log.info("the Home of somebody erased stays as it was: %s", error)

    def _swept(self, erasure: Erasure, channel_id: str) -> bool:
        """Delete what is there, page after page; return True at the history's end.

        A page is read again until nothing of it is left to delete, so that nothing slips past a cursor.
        """
        while self._has_turn(erasure, HISTORY):
            try:
                page = self._slack.own_messages(erasure.workspace_id, channel_id, erasure.cursor)
            except SlackRefusedError as error:
                if error.code not in NO_HISTORY:
                    raise
                WORK.warning("messages to somebody who was erased stay in Slack: %s", error)
                return True
            deleted = self._delete_all(erasure, channel_id, page.messages)
            if deleted is None:
                return False
            if not deleted and not page.cursor:
                return True
            if not deleted:
                with self._ctx.db.write() as session:
                    erasure = erasures.change(session, erasure, cursor=page.cursor)
        return False

    def _delete_all(self, erasure: Erasure, channel_id: str, messages: Sequence[OwnMessage]) -> bool | None:
        """Delete messages and their files; return whether anything was deleted, None if the rest has to wait."""
        deleted = False
        for message in messages:
            if self._is_of_since(erasure, message.key):
                continue
            for file_id in message.files:
                if not self._has_turn(erasure, DELETE_FILE):
                    return None
                self._try(self._slack.delete_file, erasure.workspace_id, file_id)
            if not self._has_turn(erasure, DELETE):
                return None
            deleted = self._try(self._slack.delete, erasure.workspace_id, channel_id, message.ts) or deleted
        return deleted

    def _is_of_since(self, erasure: Erasure, key: str) -> bool:
        """Return True for a message that came after the erasure, since they wrote to the bot again."""
        with self._ctx.db.read() as session:
            return bool(key) and deliveries.get(session, erasure.workspace_id, key) is not None

    def _try(self, delete: Callable[..., None], *what: str) -> bool:
        """Return True if it was deleted, False if Slack leaves it where it is."""
        try:
            delete(*what)
        except SlackRefusedError as error:
            if error.code not in GONE:
                WORK.warning("something for somebody who was erased stays in Slack: %s", error)
            return False
        return True

    def _has_turn(self, erasure: Erasure, method: str) -> bool:
        """Take the next call of a method if it may come now; else let the erasure wait for it."""
        with self._ctx.db.write() as session:
            wait = self._results.wait_for(session, erasure.workspace_id, method)
        if wait:
            self._wait(erasure, wait)
        return not wait

    def _read_to_its_end(self, erasure: Erasure) -> None:
        """End an erasure; one that was read before the last post can have arrived is read once more."""
        settled = erasure.asked_real + self._settled
        with self._ctx.db.write() as session:
            if erasure.begun_real is not None and erasure.begun_real >= settled:
                erasures.over(session, erasure)
                WORK.info("what was sent to somebody erased is deleted", extra={"workspace": erasure.workspace_id})
            else:
                erasures.change(session, erasure, begun_real=None, cursor="", open_real=settled)

    def _wait(self, erasure: Erasure, lasting: timedelta) -> None:
        with self._ctx.db.write() as session:
            erasures.change(session, erasure, open_real=self._ctx.clock.real() + lasting)
