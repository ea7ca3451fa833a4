"""A Slack for benchmarks, in a process of its own, so that it shares no lock with what is measured.

It knows the methods that the bot calls, answers a post after as long as it is told, keeps a limit for each token, sends
taps over Socket Mode at a given rate without waiting for anything (open loop), and times each acknowledgement.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.benchmarks.wire import Answered, Asked, Connection

KEY = re.compile(rb'"key": ?"([\w-]+)"')
ACK_SECONDS = 10.0
"""How long an acknowledgement is waited for: far beyond Slack's three seconds, so that a late one is seen as late."""
NUMBER = "%N%"
"""Stands in a payload where a tap's number belongs."""
Command = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Manner:
    """How it behaves."""

    post_seconds: float = 0.0
    """How long a post takes to be answered."""
    limit: float = 0.0
    """Posts a second for each token, with a second's worth at once; 0 for no limit."""
    dnd: bool = False
    """Whether the app has the scope to ask for do-not-disturb."""


@dataclass
class Posted:
    """What was posted since the last reset."""

    keys: Counter[bytes] = field(default_factory=Counter)
    by_token: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    first: float = 0.0
    last: float = 0.0


class Slack:
    """The server's insides."""

    def __init__(self) -> None:
        self.manner, self.posted = Manner(), Posted()
        self.http_port = self.socket_port = 0
        self._apps: dict[str, ServerConnection] = {}
        self._waiting: dict[str, asyncio.Future[float]] = {}
        self._allowed: dict[str, float] = {}
        self._number = itertools.count()

    def answer(self, asked: Asked) -> Answered:
        """One call of the Web API, or of a response_url."""
        method = asked.path.rpartition("/")[2]
        if method == "chat.postMessage":
            return self._post(asked)
        if method == "apps.connections.open":
            return _said(url=f"ws://127.0.0.1:{self.socket_port}/?app={asked.token}")
        if method == "auth.test":
            return _said(team_id="T0", team="Benchmark", user_id="U0BOT", bot_id="B0BOT", user="bot", url="http://x/")
        if method == "dnd.info" and not self.manner.dnd:
            return Answered(b'{"ok":false,"error":"missing_scope"}')
        if method == "users.info":
            # asked after a start; somebody it doesn't know stays as the bot knows them
            return Answered(b'{"ok":false,"error":"user_not_found"}')
        return _said(dnd_enabled=False, ts="1.000001", channel={"id": "D0"})

    def _post(self, asked: Asked) -> Answered:
        now = time.perf_counter()
        if self.manner.limit and not self._allows(asked.token, now):
            self.posted.refused += 1
            return Answered(b'{"ok":false,"error":"ratelimited"}', b"429 Too Many Requests", b"Retry-After: 1\r\n")
        key = KEY.search(asked.body)
        self.posted.keys[key[1] if key else b""] += 1
        self.posted.by_token[asked.token] += 1
        self.posted.first, self.posted.last = self.posted.first or now, now
        body = b'{"ok":true,"channel":"D0","ts":"1800000000.%06d"}' % next(self._number)
        return Answered(body, after=self.manner.post_seconds)

    def _allows(self, token: str, now: float) -> bool:
        """GCRA: each post moves the token's time one step on; more than a second ahead of now is too much."""
        step = 1 / self.manner.limit
        at = max(self._allowed.get(token, now), now) + step
        if at - now > 1 + step / 2:
            return False
        self._allowed[token] = at
        return True

    async def connected(self, socket: ServerConnection) -> None:
        """One app's connection, from its ticket to its end."""
        assert socket.request is not None
        app = parse_qs(urlsplit(socket.request.path).query)["app"][0]
        self._apps[app] = socket
        await socket.send(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}}))
        try:
            async for text in socket:
                waiting = self._waiting.pop(json.loads(text).get("envelope_id", ""), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(time.perf_counter())
        except ConnectionClosed:
            pass
        finally:
            if self._apps.get(app) is socket:
                del self._apps[app]

    async def tap(self, apps: Sequence[str], payload: str, numbers: Sequence[int], rate: float) -> list[float | None]:
        """A tap for each number, `rate` of them a second (0: all at once), to these apps in turn.

        What comes back is how long each took to be acknowledged, in ms; None for never.
        """
        begun, taps = time.perf_counter(), []
        for nth, number in enumerate(numbers):
            early = begun + nth / rate - time.perf_counter() if rate else 0.0
            if early > 0:
                await asyncio.sleep(early)
            app = self._apps[apps[nth % len(apps)]]
            taps.append(asyncio.ensure_future(self._tap(app, payload.replace(NUMBER, str(number)))))
        return list(await asyncio.gather(*taps))

    async def _tap(self, app: ServerConnection, payload: str) -> float | None:
        envelope_id = f"e{next(self._number)}"
        waiting = self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        envelope = f'{{"type":"interactive","envelope_id":"{envelope_id}","accepts_response_payload":false,"payload":'
        begun = time.perf_counter()
        await app.send(f"{envelope}{payload}}}")
        try:
            answered: float = await asyncio.wait_for(waiting, ACK_SECONDS)
        except TimeoutError:
            self._waiting.pop(envelope_id, None)
            return None
        return (answered - begun) * 1000

    async def has(self, app: str, seconds: float) -> bool:
        """Wait until an app has connected."""
        until = time.perf_counter() + seconds
        while app not in self._apps and time.perf_counter() < until:
            await asyncio.sleep(0.002)
        return app in self._apps

    async def behave(self, manner: Manner) -> None:
        """From now on, with nothing posted yet."""
        self.manner, self.posted = manner, Posted()
        self._allowed.clear()

    async def counted(self) -> Posted:
        """What was posted."""
        return self.posted


def _said(**more: Any) -> Answered:
    return Answered(json.dumps({"ok": True, **more}).encode())


def run(pipe: Pipe) -> None:
    """The process: serves, and does what it is told through the pipe, until it is told nothing any more."""
    asyncio.run(_run(pipe))


async def _run(pipe: Pipe) -> None:
    slack, loop = Slack(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(slack.answer), "127.0.0.1", 0, backlog=1024)
    async with serve(slack.connected, "127.0.0.1", 0, compression=None, ping_interval=None) as sockets:
        slack.http_port = server.sockets[0].getsockname()[1]
        slack.socket_port = next(iter(sockets.sockets)).getsockname()[1]
        pipe.send(slack.http_port)
        while (command := await loop.run_in_executor(None, _told, pipe)) is not None:
            name, arguments = command
            pipe.send(await getattr(slack, name)(*arguments))
    server.close()


def _told(pipe: Pipe) -> Command | None:
    try:
        told: Command = pipe.recv()
    except EOFError:
        return None
    return told
