"""Health checks: liveness and readiness."""

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
    """The transport of Slack's requests: Socket Mode or HTTP."""

    def start(self) -> None:
        """Take requests."""
        ...

    def stop(self) -> None:
        """Take no more requests."""
        ...

    @property
    def connected(self) -> bool:
        """Return True while requests can come in."""
        ...

    @property
    def trouble(self) -> str:
        """Return why some or all requests can't come in; "" if they can."""
        ...


class Health:
    """Health checks for the operator, by part: start, database, slack, tick."""

    def __init__(self, ctx: AppContext, ticker: Ticker, every: timedelta) -> None:
        """`every`: the interval of the tick."""
        self._ctx, self._ticker = ctx, ticker
        self._late = max(3 * every, timedelta(seconds=60))
        self.transport: Transport | None = None
        self.starting: Callable[[], str] = str
        """Returns what the start still waits for; "" once it is over."""

    def dead(self) -> dict[str, str]:
        """Return reasons to restart this process: the last tick ended far too long ago."""
        if self.starting():
            return {}
        silent = self._ctx.clock.real() - self._ticker.last_real
        return {"tick": f"the last one ended {silent.total_seconds():.0f} s ago"} if silent > 5 * self._late else {}

    def unready(self) -> dict[str, str]:
        """Return reasons not to rely on this process right now."""
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
