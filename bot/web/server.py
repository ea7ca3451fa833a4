"""Starlette and uvicorn in a thread of their own. Bolt is synchronous, so it works in a pool of threads."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

import uvicorn
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import ConfigurationError
from bot.slack import guard
from bot.slack.manifest import PATH

log = logging.getLogger(__name__)
START_SECONDS = 10.0
GRACE = 2
"""Seconds for requests in hand, when the bot stops."""
Health = Callable[[], Mapping[str, str]]
"""What isn't well, by part; empty when all is."""


class Web:
    """Listens from the moment it is made; answers from `start` to `stop`."""

    def __init__(
        self, port: int, ready: Health, alive: Health, bolt: App | None, secret: str, now: Callable[[], datetime]
    ) -> None:
        """`port` 0 takes a free one. `bolt`: None where requests come through Socket Mode. `now`: real time, UTC.

        Raises:
            ConfigurationError: the port is taken.
        """
        self._ready, self._alive, self._bolt, self._secret, self._now = ready, alive, bolt, secret, now
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._listener.bind(("0.0.0.0", port))  # noqa: S104 - in a container, from where the platform looks
        except OSError as error:
            self._listener.close()
            raise ConfigurationError(f"PORT {port} can't be used ({error}); name another, such as PORT=3000") from error
        self.port = int(self._listener.getsockname()[1])
        config = uvicorn.Config(
            self._app(), log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=GRACE
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), name="web", daemon=True)

    def start(self) -> None:
        """Answer requests."""
        self._thread.start()
        until = time.monotonic() + START_SECONDS
        while not self._server.started and self._thread.is_alive() and time.monotonic() < until:
            time.sleep(0.01)

    def stop(self) -> None:
        """Finish what is in hand, and close."""
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()

    @property
    def connected(self) -> bool:
        """True while requests are answered."""
        return bool(self._server.started) and self._thread.is_alive()

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
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > guard.LARGEST:
                break
        refused = guard.objection(self._secret, request.headers, body, self._now())
        if refused is not None:
            log.warning("a request to %s was refused: %s", PATH, refused[1])
            return PlainTextResponse("", refused[0])
        return to_starlette_response(await run_in_threadpool(self._dispatch, request, body.decode()))

    def _dispatch(self, request: Request, text: str) -> BoltResponse:
        assert self._bolt is not None
        # Bolt is handed what the guard has read, so that the two can't read it differently
        said = json.dumps(guard.read(request.headers, text))
        return self._bolt.dispatch(
            BoltRequest(body=said, query=str(request.query_params), headers=dict(request.headers))
        )

    async def _livez(self, _request: Request) -> Response:
        return _said(await run_in_threadpool(self._alive))

    async def _readyz(self, _request: Request) -> Response:
        return _said(await run_in_threadpool(self._ready))


def _said(problems: Mapping[str, str]) -> Response:
    return JSONResponse({"ok": not problems, "problems": dict(problems)}, 503 if problems else 200)
