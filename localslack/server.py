"""The local Slack as a server on loopback, with its driver for tests and the demo."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import uvicorn
from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from localslack import files, page, webapi
from localslack.driver import Driver
from localslack.faults import Faults
from localslack.http_transport import HttpTransport
from localslack.outbox import Outbox
from localslack.people import People
from localslack.seed import ADMIN, EXECUTIVES, seed
from localslack.socket_transport import SocketTransport
from localslack.transport import AppTransport
from localslack.world import World

HERE = Path(__file__).resolve().parent
START_SECONDS = 10.0
COMPLAINT = (KeyError, PermissionError, ValueError, TypeError, RecursionError)


ROUNDS = 3
"""Of the loop, until what was aborted is closed."""


class PortError(OSError):
    """The port can't be used; the message says what to do."""


class LocalSlack(Driver):
    """A workspace on 127.0.0.1: start it, give its tokens to a bot, act for its people, look at its messages."""

    def __init__(self, port: int = 0, transport: str = "socket") -> None:
        """`port`: 0 takes a free one. `transport`: "socket", or "http" to POST to `request_url`."""
        self._listener = _listener(port)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.world = World()
        seed(self.world)
        self.sockets = SocketTransport(self.world)
        self.http_transport = HttpTransport(self.world)
        self.transport: AppTransport = self.http_transport if transport == "http" else self.sockets
        self.people = People(self.world, Outbox(self.world, self.transport), self.url)
        self.faults = Faults(self._app())
        self._ready()

    def _ready(self) -> None:
        """Make a server that hasn't started."""
        self._stopping = asyncio.Event()
        config = uvicorn.Config(
            self.faults,
            log_level="critical",
            ws="websockets-sansio",
            lifespan="off",
            timeout_graceful_shutdown=1,
            access_log=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="local-slack", daemon=True)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment that a bot needs to use this Slack."""
        way = (
            {"SLACK_SIGNING_SECRET": self.world.signing_secret}
            if self.transport is self.http_transport
            else {"SLACK_APP_TOKEN": self.world.app_token}
        )
        return {
            "SLACK_BOT_TOKEN": self.world.bot_token,
            **way,
            "SLACK_API_URL": f"{self.url}/api/",
            "MISSINGLINK_CLOCK_URL": f"{self.url}/clock",
        }

    @property
    def request_url(self) -> str:
        """Return the URL on which the app listens for HTTP, such as http://127.0.0.1:3000/slack/events."""
        return self.http_transport.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self.http_transport.request_url = url

    def verify_url(self) -> bool:
        """Send the challenge for the request URL; return True if the app answered it."""
        return self.do(self.http_transport.verify_url())

    def start(self) -> LocalSlack:
        """Serve, in a thread of its own."""
        self._thread.start()
        until = time.monotonic() + START_SECONDS
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.01)
        if not self._server.started:
            raise RuntimeError("the local Slack didn't start")
        return self

    def stop(self) -> None:
        """Close all connections and end."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self.do(self.people.outbox.close())
            self.do(self.sockets.close())
        self.http_transport.close()
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()

    def crash(self) -> None:
        """End at once, as a machine that loses its power does. Nothing listens at the URL any more."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._loop.call_soon_threadsafe(self.sockets.cut)
        self._server.force_exit = True
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()

    def come_back(self) -> None:
        """Restart after a crash: the same workspace at the same URL, with no connections."""
        self._listener = _listener(urlsplit(self.url).port or 0)
        self._ready()
        self.start()

    def _run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await self._server.serve(sockets=[self._listener])
            for _ in range(ROUNDS):
                # after a crash nobody has closed them, and one that was being accepted comes a round later
                for connection in list(self._server.server_state.connections):
                    if (transport := getattr(connection, "transport", None)) is not None:
                        transport.abort()
                await asyncio.sleep(0.02)

        asyncio.run(serve())

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._page),
                Route("/archives/{channel}/{message}", self._archive),
                Route("/api/{method}", self._method, methods=["POST"]),
                Route("/response/{key}", self._response, methods=["POST"]),
                Route("/upload/{key}", self._upload, methods=["POST"]),
                Route("/clock", self._clock, methods=["GET", "POST"]),
                Route("/page/state", self._state),
                Route("/page/events", self._events),
                Route("/page/{action}", self._action, methods=["POST"]),
                WebSocketRoute("/link", self.sockets.serve),
                Mount("/static", StaticFiles(directory=HERE / "static")),
            ]
        )

    async def _page(self, _request: Request) -> Response:
        templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
        people = [u for u in self.world.users.values() if u.shown]
        return HTMLResponse(templates.get_template("page.html").render(people=people, first=EXECUTIVES[0], admin=ADMIN))

    async def _archive(self, request: Request) -> Response:
        message = request.path_params["message"].removeprefix("p")
        return RedirectResponse(f"/#m{message}")

    async def _method(self, request: Request) -> Response:
        arguments = await _arguments(request)
        if arguments is None:
            return JSONResponse({"ok": False, "error": "invalid_json"})
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip() or str(
            arguments.pop("token", "")
        )
        reply = webapi.call(self.world, self.url, request.path_params["method"], token, arguments)
        return JSONResponse(reply.body, reply.status, reply.headers)

    async def _response(self, request: Request) -> Response:
        try:
            body = json.loads(await request.body())
        except ValueError:
            return PlainTextResponse("invalid_payload", 400)
        status, text = self.people.answer_by_url(request.path_params["key"], body)
        return PlainTextResponse(text, status)

    async def _upload(self, request: Request) -> Response:
        status, text = files.receive(self.world, request.path_params["key"], await request.body())
        return PlainTextResponse(text, status)

    async def _clock(self, request: Request) -> Response:
        if request.method == "POST":
            self.world.stands = timedelta(seconds=float((await request.json())["stands_ahead_seconds"]))
            self.world.changed()
        return JSONResponse(
            {
                "ahead_seconds": self.world.ahead.total_seconds(),
                "stands_ahead_seconds": self.world.stands.total_seconds(),
            }
        )

    async def _state(self, request: Request) -> Response:
        user_id = request.query_params.get("user", "")
        if user_id not in self.world.users:
            return JSONResponse({"error": "no such person"}, 404)
        return JSONResponse(page.state(self.world, self.transport, user_id))

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(
            page.changes(self.world, self._stopping),
            media_type="text/event-stream",
            headers={"cache-control": "no-store"},
        )

    async def _action(self, request: Request) -> Response:
        try:
            asked = await request.json()
            return JSONResponse(await page.act(self.world, self.people, request.path_params["action"], asked))
        except COMPLAINT as error:
            return JSONResponse({"complaint": f"That can't be done: {error}"}, 400)


def _listener(port: int) -> socket.socket:
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # asyncio doesn't set it on what a listener of ours accepts: on a kept connection, an answer's body would wait 40 ms
    # for the acknowledgement of its head
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        found.bind(("127.0.0.1", port))
        found.listen()
    except OSError as error:
        found.close()
        raise PortError(
            f"port {port} can't be used ({error.strerror}): give another with --port; 0 takes a free one"
        ) from error
    return found


async def _arguments(request: Request) -> dict[str, Any] | None:
    if request.headers.get("content-type", "").startswith("application/json"):
        raw = await request.body()
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            return None
        return body if isinstance(body, dict) else None
    return {**request.query_params, **dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))}
