"""Starlette and uvicorn in a thread of their own. Bolt is synchronous, so it runs in a thread pool."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime

import uvicorn
from slack_bolt import BoltResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.slack.inbound import payload_guard
from bot.slack.inbound.prioritized_app import PrioritizedApp
from bot.slack.manifest import PATH
from bot.web.port import listener

log = logging.getLogger(__name__)
START_SECONDS = 10.0
GRACE_SECONDS = 2
"""Seconds for requests in progress when the bot stops."""
BODY_SECONDS = 5.0
"""Seconds for a request's body to arrive. Slack sends it at once."""
Health = Callable[[], Mapping[str, str]]
"""A health check that returns faults by part; empty if there are none."""
Now = Callable[[], Sequence[datetime]]


class Web:
    """The web server. It holds the port from its construction, answers health checks from `listen` on, and Slack's
    requests from `start` on.
    """

    def __init__(
        self,
        port: int,
        ready: Health,
        alive: Health,
        bolt: PrioritizedApp | None,
        secret: str,
        now: Callable[[], Sequence[datetime]],
    ) -> None:
        """`port`: 0 takes a free one. `bolt`: None if requests come through Socket Mode. `now`: returns the times
        against which a signature's age may be checked.

        Raises:
            ConfigurationError: the port is taken.
        """
        self._ready, self._alive, self._bolt, self._secret, self._now = ready, alive, bolt, secret, now
        self._listener = listener(port)
        self._taking = False
        self.port = int(self._listener.getsockname()[1])
        # a pool of its own, since health checks mustn't queue behind Slack's requests
        self._looking = ThreadPoolExecutor(2, thread_name_prefix="health")
        config = uvicorn.Config(
            self._app(), log_level="warning", access_log=False, lifespan="off", ws="none",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), name="web", daemon=True)

    def listen(self) -> None:
        """Answer health checks."""
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
        """Finish requests in progress, and close."""
        self._server.should_exit = True
        if self._thread.ident:
            self._thread.join()
        self._looking.shutdown(wait=False)
        self._listener.close()

    @property
    def connected(self) -> bool:
        """Return True while requests are answered."""
        return self._taking and bool(self._server.started) and self._thread.is_alive()

    @property
    def trouble(self) -> str:
        """Return why no requests can come in; "" if they can."""
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
        # a signed body may still be large: parsing it in a thread doesn't block other requests
        return await run_in_threadpool(self._answer, request, body)

    def _answer(self, request: Request, body: bytes) -> Response:
        assert self._bolt is not None
        said = payload_guard.read(request.headers, body)
        if isinstance(said, tuple):
            return _refused(*said)
        answering = ExitStack()
        try:
            given = answering.enter_context(self._bolt.answering(said))
            return _Acknowledgement(self._bolt.dispatch(given), answering.close)
        except BaseException:
            answering.close()
            raise

    async def _livez(self, _request: Request) -> Response:
        return _said(await asyncio.get_running_loop().run_in_executor(self._looking, self._alive))

    async def _readyz(self, _request: Request) -> Response:
        return _said(await asyncio.get_running_loop().run_in_executor(self._looking, self._ready))


async def _body(request: Request) -> bytes:
    """Return the body of a request, cut once it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > payload_guard.LARGEST:
            break
    return bytes(body)


class _Parting(PlainTextResponse):
    """An answer before the request was read to its end. The client may be gone; and if the rest isn't HTTP, uvicorn has
    answered by itself and can't send another answer.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except Exception:
            log.info("a request was broken off while it was refused")
            while (await receive())["type"] != "http.disconnect":
                pass


class _Acknowledgement(Response):
    """The answer of Bolt. `sent` is called once it was handed to the server, or couldn't be."""

    def __init__(self, said: BoltResponse, sent: Callable[[], object]) -> None:
        super().__init__(said.body, said.status, said.first_headers_without_set_cookie())
        self._sent = sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._sent()


def _refused(status: int, why: str, *, close: bool = False) -> Response:
    """Return a refusal. `close`: the rest of the request was never read, so the connection can't be reused."""
    log.warning("a request was refused: %s", why)
    return _Parting("", status, {"connection": "close"}) if close else PlainTextResponse("", status)


def _said(problems: Mapping[str, str]) -> Response:
    return JSONResponse({"ok": not problems, "problems": dict(problems)}, 503 if problems else 200)
