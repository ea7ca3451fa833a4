"""Starlette and uvicorn in a thread of their own. Bolt is synchronous, so it works in a pool of threads."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import uvicorn
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.slack.inbound import payload_guard
from bot.slack.manifest import PATH
from bot.web.port import listener

log = logging.getLogger(__name__)
START_SECONDS = 10.0
GRACE = 2
"""Seconds for requests in hand, when the bot stops."""
BODY_SECONDS = 5.0
"""For a request's body to arrive. Slack sends it at once."""
Health = Callable[[], Mapping[str, str]]
"""What isn't well, by part; empty when all is."""
Now = Callable[[], Sequence[datetime]]


class Web:
    """Listens from the moment it is made; says how it is from `listen`, and takes Slack's requests from `start`."""

    def __init__(
        self,
        port: int,
        ready: Health,
        alive: Health,
        bolt: App | None,
        secret: str,
        now: Callable[[], Sequence[datetime]],
    ) -> None:
        """`port` 0 takes a free one. `bolt`: None where requests come through Socket Mode. `now`: what time it may be.

        Raises:
            ConfigurationError: the port is taken.
        """
        self._ready, self._alive, self._bolt, self._secret, self._now = ready, alive, bolt, secret, now
        self._listener = listener(port)
        self._taking = False
        self.port = int(self._listener.getsockname()[1])
        # of its own: whoever asks whether the bot is alive mustn't stand in line behind Slack's requests
        self._looking = ThreadPoolExecutor(2, thread_name_prefix="health")
        config = uvicorn.Config(
            self._app(), log_level="warning", access_log=False, lifespan="off", ws="none",
            timeout_graceful_shutdown=GRACE,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), name="web", daemon=True)

    def listen(self) -> None:
        """Answer whoever asks how it is."""
        self._thread.start()
        until = time.monotonic() + START_SECONDS
        while not self._server.started and self._thread.is_alive() and time.monotonic() < until:
            time.sleep(0.01)

    def start(self) -> None:
        """Take Slack's requests too."""
        if not self._thread.ident:
            self.listen()
        self._taking = True

    def stop(self) -> None:
        """Finish what is in hand, and close."""
        self._server.should_exit = True
        if self._thread.ident:
            self._thread.join()
        self._looking.shutdown(wait=False)
        self._listener.close()

    @property
    def connected(self) -> bool:
        """True while requests are answered."""
        return self._taking and bool(self._server.started) and self._thread.is_alive()

    @property
    def trouble(self) -> str:
        """Why no requests can come in; empty when they can."""
        return "" if self.connected else "requests can't come in"

    def _app(self) -> Starlette:
        routes = [Route("/livez", self._livez), Route("/readyz", self._readyz)]
        if self._bolt is not None:
            routes.append(Route(PATH, self._events, methods=["POST"]))
        return Starlette(routes=routes)

    async def _events(self, request: Request) -> Response:
        if not self._taking:
            return _refused(503, "the bot is still starting", close=True)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except TimeoutError:
            return _refused(408, "its end never came", close=True)
        except ClientDisconnect:
            return _refused(400, "it broke off", close=True)
        if (why := payload_guard.unsigned(self._secret, request.headers, body, self._now())) is not None:
            return _refused(*why, close=len(body) > payload_guard.LARGEST)
        # what is signed may still be large: reading it mustn't keep the others waiting
        return await run_in_threadpool(self._answer, request, body)

    def _answer(self, request: Request, body: bytes) -> Response:
        said = payload_guard.read(request.headers, body)
        return _refused(*said) if isinstance(said, tuple) else to_starlette_response(self._dispatch(request, said))

    def _dispatch(self, request: Request, said: dict[str, Any]) -> BoltResponse:
        assert self._bolt is not None
        # Bolt is handed what the guard has read, so that the two can't read it differently
        return self._bolt.dispatch(
            BoltRequest(body=json.dumps(said), query=str(request.query_params), headers=dict(request.headers))
        )

    async def _livez(self, _request: Request) -> Response:
        return _said(await asyncio.get_running_loop().run_in_executor(self._looking, self._alive))

    async def _readyz(self, _request: Request) -> Response:
        return _said(await asyncio.get_running_loop().run_in_executor(self._looking, self._ready))


async def _body(request: Request) -> bytes:
    """What was sent, up to where it is too much."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > payload_guard.LARGEST:
            break
    return bytes(body)


class _Parting(PlainTextResponse):
    """An answer before the request was read to its end. Nobody may be left to hear it: where the rest is no HTTP,
    uvicorn has answered by itself, and can't take another answer.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except Exception:
            log.info("a request was broken off while it was refused")
            while (await receive())["type"] != "http.disconnect":
                pass


def _refused(status: int, why: str, *, close: bool = False) -> Response:
    """`close`: the rest of the request was never read, so the connection is of no use any more."""
    log.warning("a request was refused: %s", why)
    return _Parting("", status, {"connection": "close"}) if close else PlainTextResponse("", status)


def _said(problems: Mapping[str, str]) -> Response:
    return JSONResponse({"ok": not problems, "problems": dict(problems)}, 503 if problems else 200)
