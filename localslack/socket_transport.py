"""Socket Mode's other end: envelopes go out to one of the connections, acknowledgements come back within 3 s."""

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


class Sockets:
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
        """How many connections there have been."""

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return len(self._open)

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from its ticket to its end."""
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
                    # it had come already, and the server reads on whenever it has handed over what came
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
        """Send an envelope to one connection; what it was acknowledged with, None when it wasn't in time.

        Raises:
            DeliveryError: the app has no connection open.
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
                # Slack believes that it went out
                return None
            try:
                return await socket.send_json(envelope)
            except (RuntimeError, WebSocketDisconnect):
                # it hung up this very moment
                self._forget(socket)
        self._waiting.pop(envelope["envelope_id"], None)
        raise DeliveryError("dispatch_failed")

    async def refresh(self, *, pause: float = 0.0) -> None:
        """Tell the oldest connection that it will end, then end it, as Slack does every few hours.

        `pause`: seconds between the warning (Slack: about ten) and the end.
        """
        socket = await self.warn()
        await asyncio.sleep(pause)
        await self.end(socket)

    async def warn(self) -> WebSocket:
        """Tell the oldest connection that it will end; which one that is."""
        socket = self._open[0]
        await socket.send_json(_goodbye("warning"))
        return socket

    async def end(self, socket: WebSocket) -> None:
        """End a connection, as Slack does it."""
        self._forget(socket)
        await socket.send_json(_goodbye("refresh_requested"))
        await socket.close()

    async def close(self) -> None:
        """Hang up on everybody."""
        for socket in list(self._open):
            await socket.close(1001)

    def cut(self) -> None:
        """Cut every connection without a word, as a server that crashes does."""
        for socket in [*self._open, *self._frozen]:
            socket.scope["wire"].abort()
            self._forget(socket)
        self._frozen.clear()

    def freeze(self, *, one: bool = False) -> None:
        """From now on nothing is said and nothing heard on the open connections, or on the oldest one; none is closed,
        and Slack goes on believing in them.
        """
        for socket in self._open[: 1 if one else None]:
            self._freeze(socket)

    def thaw(self) -> None:
        """The frozen connections end, and new ones are listened to again."""
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
    """Wait for the end of a connection on which nothing is said."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


def _goodbye(reason: str) -> Payload:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
