"""The local Slack from outside: calls over HTTP, an app on a socket or behind an address, and blocks to send."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect

from localslack import LocalSlack
from tests import patience
from tests.patience import eventually

Answer = dict[str, Any]


def call(slack: LocalSlack, method: str, token: str | None = None, **arguments: Any) -> Answer:
    """A Web API call as a form, as slack_sdk makes it."""
    body = urlencode({k: json.dumps(v) if isinstance(v, list | dict) else v for k, v in arguments.items()}).encode()
    request = urllib.request.Request(f"{slack.url}/api/{method}", body)
    chosen = slack.world.bot_token if token is None else token
    if chosen:
        request.add_header("Authorization", f"Bearer {chosen}")
    with urllib.request.urlopen(request, timeout=patience.SECONDS) as answer:
        found: Answer = json.load(answer)
    return found


def posted(url: str, content: bytes) -> tuple[int, str]:
    """Send bytes to an address; the status, and what it says."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, content), timeout=patience.SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def answered(slack: LocalSlack, method: str, **arguments: Any) -> tuple[int, Message, Answer]:
    """A call as its HTTP status, headers and body."""
    request = urllib.request.Request(f"{slack.url}/api/{method}", urlencode(arguments).encode())
    request.add_header("Authorization", f"Bearer {slack.world.bot_token}")
    try:
        with urllib.request.urlopen(request, timeout=patience.SECONDS) as answer:
            return answer.status, answer.headers, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.load(error)


def post_json(url: str, body: Any, token: str = "") -> tuple[int, str]:
    """A POST of JSON; status and text."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=patience.SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


class App:
    """An app on Socket Mode that acknowledges with what a test says."""

    def __init__(self, slack: LocalSlack) -> None:
        opened = call(slack, "apps.connections.open", slack.world.app_token)
        self._open = ExitStack()
        self.socket: ClientConnection = self._open.enter_context(connect(opened["url"]))
        assert json.loads(self.socket.recv())["type"] == "hello"
        self.got: list[Answer] = []
        self.reply: Answer | None = {}
        self.drop = 0
        """How many envelopes to leave without acknowledgement."""
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(ConnectionClosedError):
            for text in self.socket:
                self._take(json.loads(text))

    def _take(self, envelope: Answer) -> None:
        self.got.append(envelope)
        if self.drop:
            self.drop -= 1
        elif self.reply is not None:
            self.socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": self.reply}))

    def close(self) -> None:
        """Hang up."""
        self._open.close()

    def wait_for(self, number: int) -> None:
        """Until this many envelopes have come."""
        eventually(lambda: len(self.got) >= number, f"fewer than {number} came")

    @property
    def payload(self) -> Answer:
        """What came last."""
        found: Answer = self.got[-1]["payload"]
        return found


class WebApp:
    """An app behind an address, on HTTP, that answers with what a test says."""

    def __init__(self) -> None:
        self.got: list[tuple[Message, bytes]] = []
        self.status, self.body, self.seconds = 200, "", 0.0
        self.headers: dict[str, str] = {}
        app = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                app.got.append((self.headers, body))
                time.sleep(app.seconds)
                said = app.body.encode()
                if b"url_verification" in body:
                    said = json.dumps({"challenge": json.loads(body)["challenge"]}).encode()
                self.send_response(app.status)
                for name, value in app.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(said)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def wait_for(self, number: int) -> None:
        """Until this many requests have come."""
        eventually(lambda: len(self.got) >= number, f"fewer than {number} came")

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def plain(text: str) -> Answer:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Answer, **more: Any) -> Answer:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def field(action_id: str, element: Answer | None = None, **more: Any) -> Answer:
    """An input block, whose id is its element's with a b before it."""
    inside = {"type": "plain_text_input", **(element or {}), "action_id": action_id}
    return {"type": "input", "block_id": f"b{action_id}", "label": plain("Label"), "element": inside, **more}


def options(*values: str) -> list[Answer]:
    return [{"text": plain(value.title()), "value": value} for value in values]


def blocks(*elements: Answer, text: str = "x") -> list[Answer]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "block_id": "b", "elements": list(elements)},
    ]


BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "v"}
