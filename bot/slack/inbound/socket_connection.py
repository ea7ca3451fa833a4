"""One WebSocket to Slack, which counts as alive only while something is heard on it."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from bot.errors import SlackUncertainError
from bot.slack.inbound import payload_guard
from bot.slack.outbound.connection_errors import explain

log = logging.getLogger(__name__)
# at DEBUG it logs whole payloads, answers and typed words included
LIBRARY_LOG = logging.getLogger("websockets.client")
LIBRARY_LOG.setLevel(logging.WARNING)
PING_SECONDS = 3.0
SILENT_SECONDS = 9.0
"""The silence, in seconds, after which a connection that was pinged counts as dead."""
OPEN_SECONDS = 5.0
CLOSE_SECONDS = 1.0
MOST_DOUBTED = 100
DOUBT_SECONDS = 2.0
"""The age, in seconds, to which an acknowledgement may have crossed the end of its connection; Slack waits three."""
LARGEST = 2**24
Envelope = dict[str, Any]


class SocketConnection:
    """An open connection on which Slack has said hello."""

    def __init__(
        self,
        url: str,
        take: Callable[[SocketConnection, Envelope], None],
        lost: Callable[[SocketConnection, list[str]], None],
    ) -> None:
        """Open it. `take` is given what Slack sends, and must not keep it waiting. `lost` is given, at its end, the
        acknowledgements that may not have arrived.

        Raises:
            SlackUncertainError: it couldn't be opened, or nothing was said on it in time.
        """
        self._take, self._lost = take, lost
        self._sent: deque[tuple[float, str]] = deque(maxlen=MOST_DOUBTED)
        self.over = threading.Event()
        """Set when another connection should replace this one: it ended, or Slack announced that it will."""
        self.why = ""
        self._socket = _opened(url)
        self._heard = time.monotonic()
        self.since = self._heard
        self._pong: threading.Event | None = None
        self._thread = threading.Thread(target=self._listen, name="socket-line", daemon=True)
        self._thread.start()

    def send(self, text: str) -> None:
        """Send an acknowledgement.

        Raises:
            SlackUncertainError: the connection is gone.
        """
        # before it is sent, so that none is missed by the listener, which may notice the end meanwhile
        doubted = time.monotonic(), text
        self._sent.append(doubted)
        try:
            self._socket.send(text)
        except (ConnectionClosed, OSError) as error:
            with suppress(ValueError):
                # it takes another connection
                self._sent.remove(doubted)
            raise SlackUncertainError(f"the connection is gone: {error}") from error

    def close(self) -> None:
        """Send a close frame, and wait a moment for the answer."""
        self._socket.close()

    def cut(self) -> None:
        """Close at once without a close frame: nobody is listening at the other end."""
        # not `close`, which waits for whoever is sending, and a send to a frozen server may never end
        with suppress(OSError):
            self._socket.socket.shutdown(socket.SHUT_RDWR)

    @property
    def silence(self) -> float:
        """Return the seconds since something was heard."""
        if self._pong is not None and self._pong.is_set():
            self._heard, self._pong = time.monotonic(), None
        return time.monotonic() - self._heard

    @property
    def ended(self) -> bool:
        """Return True if nothing can come any more."""
        return not self._thread.is_alive()

    @property
    def alive(self) -> bool:
        """Return True while requests can come in."""
        return not self.ended and self.silence < SILENT_SECONDS

    def check(self) -> None:
        """Ping; close the connection if nobody has answered for too long. Called every few seconds."""
        if self.silence >= SILENT_SECONDS:
            self._give_up(f"nothing was heard for {self.silence:.0f} s")
            self.cut()
            return
        with suppress(ConnectionClosed, OSError):
            pong = self._socket.ping()
            # the oldest one that isn't answered counts: a slow answer is one too
            self._pong = self._pong or pong

    def _listen(self) -> None:
        try:
            while True:
                text = self._socket.recv()
                self._heard = time.monotonic()
                self._received(text)
        except ConnectionClosed as closed:
            self._give_up(f"it was closed: {closed}")
        except Exception as error:
            # whatever it was, another connection takes over
            log.exception("listening to Slack failed")
            self._give_up(f"listening failed: {error}")
            self.cut()
        since = time.monotonic() - DOUBT_SECONDS
        if doubted := [text for at, text in list(self._sent) if at >= since]:
            # what is written to a connection that the other end has closed raises no error, and is lost
            self._lost(self, doubted)

    def _received(self, text: str | bytes) -> None:
        said = payload_guard.parse(text)
        if said is None:
            log.warning("something that came through the socket was refused: unreadable")
        elif said.get("type") == "disconnect":
            # it is still listened to until Slack closes it: what is on its way must not be lost
            self._give_up(f"Slack asked for it: {said.get('reason')}")
        else:
            self._take(self, said)

    def _give_up(self, why: str) -> None:
        self.why = self.why or why
        self.over.set()


def _opened(url: str) -> ClientConnection:
    until = time.monotonic() + OPEN_SECONDS
    try:
        how = connect(
            url,
            open_timeout=OPEN_SECONDS,
            close_timeout=CLOSE_SECONDS,
            ping_interval=None,
            compression=None,
            max_size=LARGEST,
            logger=LIBRARY_LOG,
        )
        # left when it is closed, and not at the end of a block: it outlives this function
        found = ExitStack().enter_context(how)
    except Exception as error:
        # an address, a proxy, a name, TLS, a handshake: each fails in its own way, and another attempt may not
        raise SlackUncertainError(explain(error, url)) from error
    try:
        said = json.loads(found.recv(max(0.1, until - time.monotonic())))
        problem = "" if said["type"] == "hello" else f"Slack said {said.get('reason') or said['type']}"
    except (TimeoutError, OSError, WebSocketException, ValueError, TypeError, KeyError) as error:
        problem = f"no hello came: {explain(error, url)}"
    if problem:
        with suppress(OSError):
            found.socket.shutdown(socket.SHUT_RDWR)
        raise SlackUncertainError(problem)
    return found
