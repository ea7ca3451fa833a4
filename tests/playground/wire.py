"""The local Slack from outside: calls over HTTP, an app on a socket or behind an address, and blocks to send."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from websockets.sync.client import ClientConnection, connect

from bot.playground import LocalSlack

Answer = dict[str, Any]


def call(slack: LocalSlack, method: str, token: str | None = None, **arguments: Any) -> Answer:
    """A Web API call as a form, as slack_sdk makes it."""
    body = urlencode({k: json.dumps(v) if isinstance(v, list | dict) else v for k, v in arguments.items()}).encode()
    request = urllib.request.Request(f"{slack.url}/api/{method}", body)
    chosen = slack.world.bot_token if token is None else token
    if chosen:
        request.add_header("Authorization", f"Bearer {chosen}")
    with urllib.request.urlopen(request, timeout=5) as answer:
        found: Answer = json.load(answer)
    return found


def post_json(url: str, body: Any, token: str = "") -> tuple[int, str]:
    """A POST of JSON; status and text."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
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
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        for text in self.socket:
            envelope = json.loads(text)
            self.got.append(envelope)
            if self.reply is not None:
                self.socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": self.reply}))

    def close(self) -> None:
        """Hang up."""
        self._open.close()

    def wait_for(self, number: int, seconds: float = 5) -> None:
        """Until this many envelopes have come."""
        until = time.monotonic() + seconds
        while len(self.got) < number:
            assert time.monotonic() < until, f"only {len(self.got)} came"
            time.sleep(0.005)

    @property
    def payload(self) -> Answer:
        """What came last."""
        found: Answer = self.got[-1]["payload"]
        return found


def blocks(*elements: Answer, text: str = "x") -> list[Answer]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "block_id": "b", "elements": list(elements)},
    ]


BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "v"}
