"""Faults that tests inject into requests and payloads. HTTP faults act at the connection, before everything else."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
KINDS = (
    "drop_reply",
    "error_500",
    "error_500_after",
    "hang",
    "reset",
    "rate_limit",
    "html_200",
    "truncated",
    "slow_read",
)
HTML = b"<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>"
ENVELOPE_KINDS = ("duplicate", "reorder")


@dataclass
class Fault:
    """A fault in the next `times` requests of a path that ends in `path`.

    drop_reply: done, but the reply is lost. error_500: HTTP 500, nothing done. error_500_after: done, then HTTP 500.
    hang: no reply for `seconds`, nothing done. reset: the connection is cut, nothing done. rate_limit: HTTP 429 with
    `Retry-After: seconds`. html_200: a proxy's page instead of JSON, nothing done. truncated: done, but the reply
    breaks off in the middle. slow_read: done, and the reply takes `seconds` to arrive in pieces.
    """

    path: str
    kind: str
    times: int = 1
    seconds: float = 1.0


class Envelopes:
    """Faults of payloads on their way to the app.

    duplicate: the next one of its kind is delivered twice. reorder: the next event arrives after the following one.
    """

    def __init__(self) -> None:
        self._left: Counter[tuple[str, str]] = Counter()

    def add(self, fault: str, kind: str, times: int = 1) -> None:
        """Inject a fault into the next `times` payloads of a kind, such as "interactive"."""
        self._left[fault, kind] += times

    def take(self, fault: str, kind: str) -> bool:
        """Return True if the fault happens now."""
        if not self._left[fault, kind]:
            return False
        self._left[fault, kind] -= 1
        return True


class Faults:
    """The ASGI middleware that injects faults."""

    def __init__(self, inner: App) -> None:
        self._inner = inner
        self.active: list[Fault] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or inject a fault."""
        if scope["type"] == "websocket":
            # for cutting and freezing it: uvicorn's `send` belongs to the object that holds the connection
            scope["wire"] = getattr(getattr(send, "__self__", None), "transport", None)
        fault = self._take(str(scope.get("path", ""))) if scope["type"] == "http" else None
        if fault is None:
            await self._inner(scope, receive, send)
        elif fault.kind == "drop_reply":
            await self._inner(scope, receive, _nowhere)
            _cut(send)
        elif fault.kind == "error_500_after":
            await self._inner(scope, receive, _nowhere)
            await _answer(send, 500, b"upstream error", {})
        elif fault.kind == "truncated":
            await self._inner(scope, receive, _half(send))
            _cut(send)
        elif fault.kind == "slow_read":
            await self._inner(scope, receive, _dribbling(send, fault.seconds))
        else:
            await _instead(fault, send)

    def _take(self, path: str) -> Fault | None:
        for fault in self.active:
            if path.endswith(fault.path) and fault.times > 0:
                fault.times -= 1
                return fault
        return None


async def _instead(fault: Fault, send: Send) -> None:
    """Send a reply to a request that was never carried out."""
    if fault.kind == "error_500":
        await _answer(send, 500, b"upstream error", {})
    elif fault.kind == "html_200":
        await _answer(send, 200, HTML, {"content-type": "text/html; charset=utf-8"})
    elif fault.kind == "rate_limit":
        body = json.dumps({"ok": False, "error": "ratelimited"}).encode()
        await _answer(send, 429, body, {"retry-after": f"{fault.seconds:g}", "content-type": "application/json"})
    else:
        await asyncio.sleep(fault.seconds if fault.kind == "hang" else 0)
        _cut(send)


async def _nowhere(_event: Event) -> None:
    """Drop an event of the reply."""


def _half(send: Send) -> Send:
    """Return a `send` that sends half of the body that the headers promise."""

    async def sending(event: Event) -> None:
        if event["type"] == "http.response.body":
            body = event["body"]
            event = {**event, "body": body[: len(body) // 2], "more_body": True}
        await send(event)

    return sending


def _dribbling(send: Send, seconds: float) -> Send:
    """Return a `send` that sends the body in ten pieces over `seconds`."""

    async def sending(event: Event) -> None:
        if event["type"] != "http.response.body":
            await send(event)
            return
        body = event["body"]
        size = max(1, len(body) // 10)
        for start in range(0, len(body), size):
            await send({"type": event["type"], "body": body[start : start + size], "more_body": True})
            await asyncio.sleep(seconds / 10)
        await send({"type": event["type"], "body": b""})

    return sending


def _cut(send: Send) -> None:
    # ASGI itself has no "reset", but uvicorn's `send` is a method of the object that holds the connection
    cycle = getattr(send, "__self__", None)
    if cycle is None:
        raise RuntimeError("the connection can only be cut under uvicorn")
    cycle.transport.abort()


async def _answer(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    listed = [(name.encode(), value.encode()) for name, value in {"content-length": str(len(body)), **headers}.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": body})
