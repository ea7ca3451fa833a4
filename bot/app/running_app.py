"""A bot at work, and how it stops."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from bot.app.shelf import Shelf
from bot.context import AppContext
from bot.delivery import Sender, Ticker, Timer
from bot.slack.inbound.missed_messages import MissedMessages
from bot.slack.inbound.prioritized_app import PrioritizedApp
from bot.slack.outbound.web_api import WebApi
from bot.web.health import Health, Transport

if TYPE_CHECKING:
    from bot.web.server import Web

log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class RunningApp:
    """The parts of a bot at work."""

    ctx: AppContext
    ticker: Ticker
    sender: Sender
    transport: Transport
    web: Web | None
    health: Health
    bolt: PrioritizedApp
    timer: Timer
    listening: Timer
    shelf: Shelf
    reading: Timer
    """Looks for lessons that have changed."""
    missed: MissedMessages
    web_api: WebApi
    lock: IO[str] | None
    """The lock on the SQLite file; None on Postgres."""
    stop_after: timedelta
    """The longest that `stop` waits."""
    stopped: bool = False
    """It was stopped, and no thread is at work any more."""

    def stop(self) -> bool:
        """Claim nothing new, finish requests and posts in progress, close. The next start reconciles what is left.

        Returns:
            False when it took too long, and some thread is at work still.
        """
        worker = threading.Thread(target=self._stop, daemon=True)
        worker.start()
        worker.join(self.stop_after.total_seconds())
        if worker.is_alive():
            log.warning(
                "stopping took longer than %s s; what is in the air is settled at the next start",
                self.stop_after.total_seconds(),
            )
            return False
        log.info("stopped")
        return True

    def _stop(self) -> None:
        self.transport.stop()
        if self.web is not None and self.web is not self.transport:
            self.web.stop()
        self.bolt.finish()
        # a tick may be sending to hundreds: it ends once nothing more is claimed
        self.sender.halt()
        self.timer.stop()
        self.reading.stop()
        # follow-ups of missed messages use the sender, so the sender stops after them
        self.missed.stop()
        self.sender.stop()
        self.listening.stop()
        self.web_api.close()
        self.ctx.db.close()
        if self.lock is not None:
            self.lock.close()
