"""Makes a bot die by its own hand at the nth step of what it does: after an SQL statement, a commit, or a half of an
HTTP request. A hook for `bots.bot`, called in the bot's process.
"""

from __future__ import annotations

import functools
import http.client
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk.socket_mode.client import BaseSocketModeClient
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from bot.app import RemoteClock, composition
from bot.delivery import Ticker, Timeouts
from bot.slack.inbound import low_priority

JUMP = timedelta(seconds=30)

ARMED, OVER = "armed", "over"


class Steps:
    """Writes each step down, and dies after the nth. Nothing is counted until the signal that arms it."""

    def __init__(self, nth: int, sending: bool, file: str) -> None:
        """`sending`: what counts is the tick in which the clock is seen to have moved; otherwise all but the ticks."""
        self._nth, self._sending = nth, sending
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._one, self._ticking = threading.Lock(), threading.Lock()
        self._armed = self._counts = False
        self._count = 0

    def step(self, what: str) -> None:
        """One step was taken."""
        if not self._counts:
            return
        with self._one:
            self._count += 1
            os.write(self._file, f"{what}\n".encode())
            if self._count == self._nth:
                os.kill(os.getpid(), signal.SIGKILL)
                # the signal may find another thread first, and this one must come no further
                time.sleep(10)

    def arm(self, *_signal: object) -> None:
        """From now on it counts, as soon as no tick is under way."""
        with self._ticking:
            self._armed, self._counts = True, not self._sending
        os.write(self._file, f"{ARMED}\n".encode())

    def over(self) -> None:
        """What the request itself does has come to its end; what it called for may still go on beside it."""
        if self._counts:
            os.write(self._file, f"{OVER}\n".encode())

    def ticks(self, tick: Callable[[Ticker], None]) -> Callable[[Ticker], None]:
        """A tick that counts as a whole, or that does nothing while something else is counted."""

        @functools.wraps(tick)
        def ticking(ticker: Ticker) -> None:
            with self._ticking:
                if self._armed and not self._sending:
                    return
                tick(ticker)
                self.over()
                self._counts = self._counts and not self._sending

        return ticking

    def moved(self, target: Callable[[RemoteClock], datetime]) -> Callable[[RemoteClock], datetime]:
        """The clock was moved: what follows is the path."""

        @functools.wraps(target)
        def reading(clock: RemoteClock) -> datetime:
            found = target(clock)
            if self._armed and self._sending and found - clock.business() > JUMP:
                self._counts = True
            return found

        return reading

    def last(self, call: Callable[..., None]) -> Callable[..., None]:
        """The same call, which is the last on the path of a request."""

        @functools.wraps(call)
        def calling(*given: Any) -> None:
            call(*given)
            self.over()

        return calling

    def after(self, call: Callable[..., Any], what: str) -> Callable[..., Any]:
        """The same call, and a step when it is through."""

        @functools.wraps(call)
        def calling(*given: Any, **named: Any) -> Any:
            came = call(*given, **named)
            self.step(what)
            return came

        return calling


def stumble(nth: int, sending: bool, file: str) -> None:
    """The hook. A lease here is short: the local Slack answers at once, and so nothing is in the air for long."""
    steps = Steps(nth, sending, file)
    brief = Timeouts(timedelta(seconds=0.7), timedelta(seconds=0.8), timedelta(seconds=0.3))
    composition.timeouts = lambda settings: brief
    Ticker.tick = steps.ticks(Ticker.tick)  # type: ignore[assignment, method-assign]
    RemoteClock.target = steps.moved(RemoteClock.target)  # type: ignore[assignment, method-assign]
    low_priority._attempt = steps.last(low_priority._attempt)
    connection = http.client.HTTPConnection
    connection.endheaders = steps.after(connection.endheaders, "a request was sent")  # type: ignore[method-assign]
    connection.getresponse = steps.after(connection.getresponse, "a reply came")  # type: ignore[method-assign]
    BaseSocketModeClient.send_socket_mode_response = steps.after(  # type: ignore[method-assign]
        BaseSocketModeClient.send_socket_mode_response, "it was acknowledged"
    )
    event.listen(Engine, "after_cursor_execute", lambda _c, _d, said, *_: steps.step(" ".join(str(said).split())[:70]))
    DefaultDialect.do_commit = steps.after(DefaultDialect.do_commit, "COMMIT")  # type: ignore[method-assign]
    signal.signal(signal.SIGUSR1, steps.arm)


def taken(file: Path) -> list[str]:
    """The steps that were written down, the first being that it was armed."""
    return file.read_text("utf-8").splitlines() if file.exists() else []
