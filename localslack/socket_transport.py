"""Slack's end of Socket Mode: envelopes go to one of the connections, and acknowledgements must come within 3 s."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from localslack.objects import APP
from localslack.transport import FIRST, DeliveryError, Payload
from localslack.world import World

MOST_CONNECTIONS = 10
CONNECTION_SECONDS = 3600


class SocketTransport:
    """The app's open connections, and the envelopes that wait for their acknowledgement."""

    timeout_reason = "timeout"

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: list[WebSocket] = []
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[Payload]] = {}
        self._frozen: list[WebSocket] = []
        self.mute = False
        """True while a new connection is accepted, and nothing is ever said on it."""
        self.accepted = 0
        """The number of connections so far."""

    @property
    def connected(self) -> int:
        """Return the number of open connections."""
        return len(self._open)

    async def serve(self, socket: WebSocket) -> None:
        """Serve one connection, from its ticket to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._world.tickets:
            await socket.close(4001)
            return
        self._world.tickets.discard(ticket)
        await socket.accept()
        self.accepted += 1
        if self.mute:
            self._freeze(socket)
            await _gone(socket)
            return
        if self.connected >= MOST_CONNECTIONS:
            await socket.send_json(_goodbye("too_many_websockets"))
            await socket.close()
            return
        self._open.append(socket)
        self._world.changed()
        await socket.send_json(self._hello())
        try:
            while True:
                text = await socket.receive_text()
                if socket in self._frozen:
                    # it arrived before, since the server reads on after each message it hands over
                    socket.scope["wire"].pause_reading()
                else:
                    self._received(text)
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(socket)

    def _hello(self) -> Payload:
        return {
            "type": "hello",
            "num_connections": self.connected,
            "connection_info": {"app_id": APP},
            "debug_info": {
                "host": "local",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_SECONDS,
            },
        }

    def _received(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.pop(str(message.get("envelope_id")), None) if isinstance(message, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("payload") or {})

    async def send(
        self, kind: str, payload: Payload, *, answers: bool, retry: tuple[int, str] = FIRST
    ) -> Payload | None:
        """Send an envelope to one connection; return its acknowledgement, or None if it wasn't in time.

        Raises:
            DeliveryError: the app has no open connection.
        """
        envelope: dict[str, Any] = {
            "type": kind,
            "envelope_id": str(uuid4()),
            "payload": payload,
            "accepts_response_payload": answers,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        waiting: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        await self._to_one(envelope)
        try:
            return await asyncio.wait_for(waiting, self._world.ack_seconds)
        except TimeoutError:
            self._waiting.pop(envelope["envelope_id"], None)
            return None

    async def _to_one(self, envelope: Payload) -> None:
        while self._open:
            socket = self._open[next(self._turn) % len(self._open)]
            if socket in self._frozen:
                # Slack believes that it was sent
                return None
            try:
                return await socket.send_json(envelope)
            except (RuntimeError, WebSocketDisconnect):
                # the app closed the connection just now
                self._forget(socket)
        self._waiting.pop(envelope["envelope_id"], None)
        raise DeliveryError("dispatch_failed")

    async def refresh(self, *, pause_seconds: float = 0.0) -> None:
        """Warn the oldest connection of its end, then end it, as Slack does every few hours.

        `pause_seconds`: between the warning and the end (about ten at Slack).
        """
        socket = await self.warn()
        await asyncio.sleep(pause_seconds)
        await self.end(socket)

    async def warn(self) -> WebSocket:
        """Warn the oldest connection of its end, and return it."""
        socket = self._open[0]
        await socket.send_json(_goodbye("warning"))
        return socket

    async def end(self, socket: WebSocket) -> None:
        """End a connection as Slack does."""
        self._forget(socket)
        await socket.send_json(_goodbye("refresh_requested"))
        await socket.close()

    async def close(self) -> None:
        """Close all connections."""
        for socket in list(self._open):
            await socket.close(1001)

    def cut(self) -> None:
        """Cut every connection without a close frame, as a crashing server does."""
        for socket in [*self._open, *self._frozen]:
            socket.scope["wire"].abort()
            self._forget(socket)
        self._frozen.clear()

    def freeze(self, *, one: bool = False) -> None:
        """Stop all traffic on the open connections, or on the oldest one, without closing them: Slack still counts them
        as open.
        """
        for socket in self._open[: 1 if one else None]:
            self._freeze(socket)

    def thaw(self) -> None:
        """End the frozen connections, and read new ones again."""
        self.mute = False
        for socket in self._frozen:
            socket.scope["wire"].abort()
            self._forget(socket)
        self._frozen.clear()

    def _freeze(self, socket: WebSocket) -> None:
        self._frozen.append(socket)
        socket.scope["wire"].pause_reading()

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._open:
            self._open.remove(socket)
            self._world.changed()


async def _gone(socket: WebSocket) -> None:
    """Wait for the end of a silent connection."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


def _goodbye(reason: str) -> Payload:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
