"""The keeper of one Socket Mode connection: it reconnects with backoff, and logs the reason."""

from __future__ import annotations

import logging
import threading
import time
from random import SystemRandom
from typing import Any, Protocol

from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.logs import RepeatedFailure
from bot.slack.inbound.socket_connection import PING_SECONDS, SocketConnection

log = logging.getLogger(__name__)
MOST_WAIT = 4.0
"""The pause between two attempts, in seconds; with an attempt cut off after OPEN_SECONDS it stays under ten."""
SHIFT = 0.25
"""The longest random wait, in seconds, before a reconnection that Slack asks many bots for at once."""
STEADY_SECONDS = 10.0
"""The age, in seconds, from which a connection was a good one, so that the backoff begins anew."""
REFUSED_SECONDS = 60.0
CHANCE = SystemRandom()


class Kept(Protocol):
    """The client as its connection keepers use it."""

    ending: threading.Event
    reconnects: bool

    def address(self) -> str:
        """Return the address of the next connection; good for one."""
        ...

    def take(self, connection: SocketConnection, said: dict[str, Any]) -> None:
        """Take what came on a connection."""
        ...

    def lost(self, connection: SocketConnection, acknowledgements: list[str]) -> None:
        """Send what may not have arrived before a connection's end over another."""
        ...


class ConnectionKeeper:
    """The keeper of one connection at a time: when it is over, another is opened."""

    def __init__(self, mode: Kept, number: int) -> None:
        self._mode, self._number = mode, number
        self.connection: SocketConnection | None = None
        self._left: list[SocketConnection] = []
        self._failures = 0
        self.trouble = "it isn't connected yet"
        self._told = RepeatedFailure()
        self.thread = threading.Thread(target=self._keep, name=f"socket-keeper-{number}", daemon=True)

    def open(self) -> None:
        """Open a connection.

        Raises:
            SlackError: it couldn't be opened.
        """
        connection = SocketConnection(self._mode.address(), self._mode.take, self._mode.lost)
        self.connection, self.trouble = connection, ""
        if self._mode.ending.is_set():
            connection.cut()

    @property
    def connections(self) -> list[SocketConnection]:
        """Return all connections that may still bring something, the newest first."""
        return [
            connection
            for connection in (self.connection, *self._left)
            if connection is not None and not connection.ended
        ]

    @property
    def alive(self) -> bool:
        """Return True while requests can come in here."""
        return self.connection is not None and self.connection.alive

    def _keep(self) -> None:
        while not self._mode.ending.is_set():
            try:
                self._attend()
            except Exception:
                log.exception("keeping connection %d open failed; it goes on", self._number)
                self._mode.ending.wait(PING_SECONDS)

    def _attend(self) -> None:
        """Check the connection there is, or open one."""
        self._left = [connection for connection in self._left if not connection.ended]
        connection = self.connection
        if connection is None:
            self._call()
        elif not connection.over.wait(PING_SECONDS) and not connection.ended:
            connection.check()
        elif not self._mode.reconnects:
            self._mode.ending.wait(PING_SECONDS)
        else:
            self._leave(connection)

    def _leave(self, connection: SocketConnection) -> None:
        self.trouble = connection.why or "its listener is gone"
        if not connection.ended:
            self._left.append(connection)
        lasted = time.monotonic() - connection.since
        self._failures = 0 if lasted >= STEADY_SECONDS else self._failures + 1
        log.warning("connection %d to Slack is replaced: %s", self._number, self.trouble)
        self.connection = None
        warned = not connection.ended and lasted >= SHIFT
        self._mode.ending.wait(CHANCE.uniform(0, SHIFT) if warned else pause(max(1, self._failures)))

    def _call(self) -> None:
        """Try to open a connection, and wait a while if that fails."""
        try:
            self.open()
        except SlackError as error:
            self.failed(error)
            self._mode.ending.wait(_timeouts(error, self._failures))
        else:
            self._told.over()
            log.info("connection %d to Slack is open", self._number)

    def failed(self, error: SlackError) -> None:
        """Log the reason of a failed attempt once, not at each of the many attempts that follow."""
        self._failures += 1
        self.trouble = str(error)
        if self._told.is_news(self.trouble):
            log.warning("connection %d to Slack can't be opened, and is tried again: %s", self._number, error)


def pause(failures: int) -> float:
    """Return the backoff before the next attempt, in seconds: growing, with a random jitter so that no two bots
    agree.
    """
    most = min(MOST_WAIT, 2.0 ** (failures - 1))
    return CHANCE.uniform(most / 2 if failures > 1 else 0, most)


def _timeouts(error: SlackError, failures: int) -> float:
    if isinstance(error, SlackBusyError):
        return min(error.retry_after_seconds, REFUSED_SECONDS) + CHANCE.uniform(0, 1)
    if isinstance(error, SlackRefusedError):
        return REFUSED_SECONDS
    return pause(failures)
