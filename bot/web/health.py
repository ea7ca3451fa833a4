"""Is the bot alive, and can one count on it just now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.context import AppContext
from bot.delivery import Ticker
from bot.store.database_errors import classify


class Transport(Protocol):
    """How Slack's requests come in."""

    def start(self) -> None:
        """Take requests."""
        ...

    def stop(self) -> None:
        """Take no more."""
        ...

    @property
    def connected(self) -> bool:
        """True while requests can come in."""
        ...

    @property
    def trouble(self) -> str:
        """Why some or all requests can't come in; empty when they can."""
        ...


class Health:
    """What isn't well, for whoever looks after the bot. Parts: start, database, slack, tick."""

    def __init__(self, ctx: AppContext, ticker: Ticker, every: timedelta) -> None:
        """`every`: how often the tick comes."""
        self._ctx, self._ticker = ctx, ticker
        self._late = max(3 * every, timedelta(seconds=60))
        self.transport: Transport | None = None
        self.starting: Callable[[], str] = str
        """What the start still waits for; empty once it is over."""

    def dead(self) -> dict[str, str]:
        """Reasons to start this process anew: the tick hasn't come for much too long."""
        if self.starting():
            return {}
        silent = self._ctx.clock.real() - self._ticker.last_real
        return {"tick": f"the last one ended {silent.total_seconds():.0f} s ago"} if silent > 5 * self._late else {}

    def unready(self) -> dict[str, str]:
        """Reasons not to count on this process right now."""
        if waits := self.starting():
            return {"start": waits}
        found = self.dead()
        silent = self._ctx.clock.real() - self._ticker.last_real
        if silent > self._late:
            found["tick"] = f"the last one ended {silent.total_seconds():.0f} s ago"
        trouble = "requests can't come in" if self.transport is None else self.transport.trouble
        if trouble:
            found["slack"] = trouble
        try:
            with self._ctx.db.read() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            found["database"] = str(classify(error, self._ctx.db.url) or type(error).__name__)
        return found
