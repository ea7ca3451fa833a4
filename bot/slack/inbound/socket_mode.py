"""Socket Mode: Slack's requests through connections that the bot opens, and reopens whatever happens.

slack_sdk's own client is not used: it can lose a connection for good without noticing, when Slack replaces two in
quick succession, or when one never answers its first ping (docs/adr/0014-own-socket-mode-client.md).
"""

from __future__ import annotations

import http
import json
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.errors import ConfigurationError, SlackError, SlackRefusedError, SlackUncertainError
from bot.slack.inbound import payload_guard
from bot.slack.inbound.connection_keeper import ConnectionKeeper
from bot.slack.inbound.prioritized_app import PrioritizedApp
from bot.slack.inbound.socket_connection import (
    CLOSE_SECONDS,
    OPEN_SECONDS,
    PING_SECONDS,
    SILENT_SECONDS,
    Envelope,
    SocketConnection,
)
from bot.slack.outbound.api_client import ApiClient

log = logging.getLogger(__name__)
THREADS = 10
ANSWER_SECONDS = 2.0
"""The seconds that an acknowledgement waits for a connection; Slack waits three."""
STUCK_SECONDS = SILENT_SECONDS + PING_SECONDS


class _Answering(BaseSocketModeClient):
    """The client through which Bolt acknowledges: the connection of the request, or another if that is gone."""

    def __init__(self, mode: SocketMode, connection: SocketConnection) -> None:
        self._mode, self._connection = mode, connection
        self.logger = log

    def send_message(self, message: str) -> None:
        """See slack_sdk."""
        until = time.monotonic() + ANSWER_SECONDS
        while True:
            for connection in (
                self._connection,
                *(other for other in self._mode.open_connections if other is not self._connection),
            ):
                try:
                    connection.send(message)
                except SlackError as error:
                    log.info("an acknowledgement takes another way: %s", error)
                else:
                    return
            if time.monotonic() >= until or self._mode.ending.wait(0.05):
                log.warning("an acknowledgement couldn't be sent: no connection is open")
                return


def _acknowledge(client: _Answering, envelope_id: str, said: BoltResponse) -> None:
    """Send what a listener acknowledged with. What failed isn't acknowledged: Slack tells the person."""
    if said.status != http.HTTPStatus.OK:
        return
    kind = said.headers.get("content-type", [""])[0]
    payload: dict[str, Any] | None = None
    if said.body:
        payload = json.loads(said.body) if kind.startswith("application/json") else {"text": said.body}
    client.send_socket_mode_response(SocketModeResponse(envelope_id=envelope_id, payload=payload))


class SocketMode:
    """The client of Socket Mode. A frozen connection is noticed within twelve seconds."""

    def __init__(
        self, app: PrioritizedApp, app_token: str, base_url: str, timeout_seconds: int, connections: int = 1
    ) -> None:
        """`timeout_seconds`: of each HTTP request. `connections`: how many, up to ten, are kept open."""
        self.app = app
        self.reconnects = True
        """False to leave a lost connection closed."""
        self.ending = threading.Event()
        self._app_token, self._client = app_token, ApiClient(base_url, min(timeout_seconds, OPEN_SECONDS))
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="bolt-socket")
        self._keepers = [ConnectionKeeper(self, number) for number in range(1, connections + 1)]
        self._watch = threading.Thread(target=self._watching, name="socket-watch", daemon=True)

    def start(self) -> None:
        """Connect, and stay connected. A failure that may pass is retried.

        Raises:
            ConfigurationError: Slack refuses the app's token.
        """
        try:
            self._keepers[0].open()
        except SlackRefusedError as error:
            raise ConfigurationError(
                f"SLACK_APP_TOKEN was refused ({error}): make one with the scope connections:write, "
                "and switch Socket Mode on, for example xapp-..."
            ) from error
        except SlackError as error:
            self._keepers[0].failed(error)
        for keeper in self._keepers:
            keeper.thread.start()
        self._watch.start()

    def stop(self) -> None:
        """Take no more requests, acknowledge those in hand, and close the connections."""
        self.reconnects = False
        self.ending.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        goodbyes = [threading.Thread(target=connection.close, daemon=True) for connection in self.open_connections]
        for goodbye in goodbyes:
            goodbye.start()
        for goodbye in goodbyes:
            goodbye.join(2 * CLOSE_SECONDS)

    @property
    def open_connections(self) -> list[SocketConnection]:
        """Return every connection on which something may come."""
        return [connection for keeper in self._keepers for connection in keeper.connections]

    @property
    def connected(self) -> bool:
        """Return True while Slack can reach the bot."""
        return any(keeper.alive for keeper in self._keepers)

    @property
    def trouble(self) -> str:
        """Return the problem with the connections; "" if there is none."""
        dead = [keeper for keeper in self._keepers if not keeper.alive]
        if not dead:
            return ""
        why = dead[0].trouble or "nothing is heard from Slack"
        if len(dead) == len(self._keepers):
            return f"requests can't come in: {why}"
        return f"{len(dead)} of {len(self._keepers)} connections can't bring any: {why}"

    def address(self) -> str:
        """Return the address of the next connection; good for one.

        Raises:
            SlackError: Slack doesn't say.
        """
        url = self._client.call(self._app_token, "apps.connections.open").get("url")
        if not isinstance(url, str):
            raise SlackUncertainError("Slack named no address for a connection")
        return url

    def take(self, connection: SocketConnection, said: Envelope) -> None:
        """Hand a request that came on a connection to a thread."""
        if self.ending.is_set():
            # the client stops: an unacknowledged request fails for the person, who can repeat it
            return
        self._pool.submit(self._handle, _Answering(self, connection), said)

    def lost(self, connection: SocketConnection, acknowledgements: list[str]) -> None:
        """Send what may not have arrived before a connection's end over another. What comes twice changes nothing."""
        if self.ending.is_set():
            # the bot closes it itself, behind what was sent on it
            return
        log.info("acknowledgements are sent again, since their connection ended: %d", len(acknowledgements))
        again = _Answering(self, connection)
        for acknowledgement in acknowledgements:
            with suppress(RuntimeError):
                # the client has just stopped, and its threads take no more
                self._pool.submit(again.send_message, acknowledgement)

    def _handle(self, client: _Answering, said: Envelope) -> None:
        try:
            if why := payload_guard.unfit(said):
                log.warning("something that came through the socket was refused: %s", why)
                if isinstance(said.get("envelope_id"), str):
                    # acknowledged, so that Slack doesn't send it again
                    client.send_socket_mode_response(SocketModeResponse(envelope_id=said["envelope_id"]))
            elif said["type"] in payload_guard.ENVELOPES:
                # what is none is a greeting and the like
                with self.app.answering(said["payload"]) as request:
                    _acknowledge(client, said["envelope_id"], self.app.dispatch(request))
        except Exception:
            log.exception("a request failed before it could be answered")

    def _watching(self) -> None:
        """Restart a keeper's thread that has died; free one that is stuck."""
        while not self.ending.wait(PING_SECONDS):
            for number, keeper in enumerate(self._keepers):
                connection = keeper.connection
                if connection is not None and not connection.ended and connection.silence >= STUCK_SECONDS:
                    # its ping may block behind an acknowledgement to a frozen server, so the socket is closed
                    log.error("connection %d is silent and wasn't given up; it is cut", number + 1)
                    connection.cut()
                if not keeper.thread.is_alive():
                    log.error("what kept connection %d open has died; it is started anew", number + 1)
                    self._keepers[number] = ConnectionKeeper(self, number + 1)
                    self._keepers[number].thread.start()
                    if keeper.connection is not None:
                        keeper.connection.cut()
