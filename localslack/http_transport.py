"""The HTTP transport: payloads are POSTed to the app's request URL, signed."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from localslack.objects import VERIFICATION
from localslack.transport import FIRST, DeliveryError, Payload
from localslack.world import World

AT_ONCE = 32
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class HttpTransport:
    """A transport that POSTs to `request_url`, which must be on this machine."""

    timeout_reason = "http_timeout"

    def __init__(self, world: World) -> None:
        self._world = world
        self._url = ""
        self._pool = ThreadPoolExecutor(AT_ONCE, "local-slack-http")

    @property
    def request_url(self) -> str:
        """Return the URL on which the app listens, such as http://127.0.0.1:3000/slack/events."""
        return self._url

    @request_url.setter
    def request_url(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        if urlsplit(url).scheme != "http" or not _loopback(host):
            raise ValueError(f"the local Slack posts to this machine only, not to {url}")
        self._url = url

    @property
    def connected(self) -> int:
        """Return 1 if there is a URL to post to, else 0."""
        return 1 if self._url else 0

    async def send(
        self, kind: str, payload: Payload, *, answers: bool, retry: tuple[int, str] = FIRST
    ) -> Payload | None:
        """POST a payload; return the reply, or None if it didn't come in time.

        Raises:
            DeliveryError: nobody listens, or the reply isn't 2xx.
        """
        headers = {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]} if retry[0] else {}
        body, content_type = _encoded(kind, payload)
        reply = await self._reply(body, {"Content-Type": content_type, **headers})
        if reply is None:
            return None
        return _read(reply) if answers else {}

    async def verify_url(self) -> bool:
        """Send the challenge with which Slack verifies a request URL; return True if the app answered it."""
        challenge = self._world.new_id("challenge")
        asked = {"token": VERIFICATION, "challenge": challenge, "type": "url_verification"}
        try:
            reply = await self._reply(json.dumps(asked).encode(), {"Content-Type": JSON})
        except DeliveryError:
            return False
        if reply is None:
            return False
        return reply in {challenge, f"challenge={challenge}"} or _object(reply).get("challenge") == challenge

    def close(self) -> None:
        """Stop without waiting for replies."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _reply(self, body: bytes, headers: dict[str, str]) -> str | None:
        if not self._url:
            raise DeliveryError("connection_failed")
        signed = {**headers, **self._signed(body)}
        posting = asyncio.get_running_loop().run_in_executor(self._pool, self._post, body, signed)
        try:
            return await asyncio.wait_for(posting, self._world.ack_seconds)
        except TimeoutError:
            return None

    def _signed(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature(self._world.signing_secret, at, body)}

    def _post(self, body: bytes, headers: dict[str, str]) -> str:
        where = urlsplit(self._url)
        connection = HTTPConnection(where.hostname or "", where.port or 80, timeout=self._world.ack_seconds)
        try:
            connection.request("POST", where.path or "/", body, headers)
            reply = connection.getresponse()
            said = reply.read().decode("utf-8", "replace")
        except TimeoutError:
            raise
        except (OSError, HTTPException):
            raise DeliveryError("connection_failed") from None
        finally:
            connection.close()
        if not 200 <= reply.status < 300:
            raise DeliveryError("http_error", again=reply.getheader("X-Slack-No-Retry") != "1")
        return said


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return `X-Slack-Signature`, version 0."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _encoded(kind: str, payload: Payload) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), JSON
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), FORM


def _read(reply: str) -> Payload:
    """Parse an acknowledgement's body: empty, JSON, or plain text, which only a command may answer with."""
    found = _object(reply)
    return {"text": reply} if not found and reply.strip() not in {"", "{}"} else found


def _object(reply: str) -> Payload:
    try:
        found = json.loads(reply or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
