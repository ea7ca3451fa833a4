"""The least HTTP that slack_sdk and the bot need: one request after the other on a connection, answered at once or later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A request."""

    path: str
    token: str
    body: bytes


@dataclass(frozen=True)
class Answered:
    """What it is answered with, after so many seconds."""

    body: bytes
    status: bytes = b"200 OK"
    headers: bytes = b""
    after: float = 0.0


class Connection(asyncio.Protocol):
    """One connection of a client."""

    def __init__(self, answer: Callable[[Asked], Answered]) -> None:
        self._answer, self._seen = answer, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Collect a request, and answer it once it is there."""
        self._seen += data
        while (request := self._taken()) is not None:
            asked, ends = request
            answered = self._answer(asked)
            if answered.after:
                asyncio.get_running_loop().call_later(answered.after, self._write, answered, ends)
            else:
                self._write(answered, ends)

    def _taken(self) -> tuple[Asked, bool] | None:
        head, found, rest = self._seen.partition(b"\r\n\r\n")
        if not found:
            return None
        first, *lines = head.split(b"\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        length = int(headers.get(b"content-length", b"0"))
        if len(rest) < length:
            return None
        self._seen = rest[length:]
        token = headers.get(b"authorization", b"").removeprefix(b"Bearer ").decode()
        ends = headers.get(b"connection", b"").lower() == b"close"
        return Asked(first.split(b" ")[1].decode(), token, rest[:length]), ends

    def _write(self, answered: Answered, ends: bool) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        transport.write(
            b"HTTP/1.1 %b\r\nContent-Type: application/json; charset=utf-8\r\n%bContent-Length: %d\r\n\r\n%b"
            % (answered.status, answered.headers, len(answered.body), answered.body)
        )
        if ends:
            transport.close()
