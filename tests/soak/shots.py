"""Hostile requests, each by its seed: what is written to the bot's HTTP port, or into its socket."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from bot.slack.inbound.payload_guard import LARGEST
from localslack.http_transport import FORM, JSON, signature
from tests.soak.mutations import WORD, fresh, mutated, wrecked

Base = tuple[str, dict[str, Any]]
"""A sound payload and its kind."""
TYPES = ("text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "APPLICATION/JSON", "", ",",
         "application/x-www-form-urlencoded; charset=shift_jis")  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """Bytes for the HTTP port. `closes`: the connection is of no use afterwards."""

    what: str
    bytes: bytes
    closes: bool = False


def http_shot(seed: int, bases: Sequence[Base], secret: str) -> Shot:
    """One request, most of them signed."""
    rng = Random(seed)
    kind, payload = rng.choice(bases)
    text = mutated(rng, fresh(payload, str(seed)))
    draw = rng.random()
    if draw < 0.70:
        return Shot("mutated", request(*encoded(kind, text), secret))
    if draw < 0.80:
        body, kind_of_body = wrecked(rng, text), rng.choice((JSON, JSON, FORM))
        return Shot("wrecked", request(body, kind_of_body, secret))
    if draw < 0.86:
        body, content_type = encoded(kind, text)
        return Shot("unsigned", request(body, content_type, "", 0, **unsigned(rng)))
    if draw < 0.92:
        return Shot("odd form", request(odd_form(rng, text), rng.choice((FORM, *TYPES)), secret))
    if draw < 0.95:
        body = big(rng)
        return Shot("big", request(body, JSON, secret), closes=len(body) > LARGEST)
    return framed(rng, *encoded(kind, text), secret)


def encoded(kind: str, text: str) -> tuple[bytes, str]:
    """A payload's JSON as Slack sends it over HTTP: body and content type."""
    if kind == "events_api":
        return text.encode("utf-8", "surrogatepass"), JSON
    if kind == "interactive":
        return urlencode({"payload": text}, errors="surrogatepass").encode(), FORM
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return text.encode("utf-8", "surrogatepass"), FORM
    said = {str(k): v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()}
    return urlencode(said, errors="surrogatepass").encode(), FORM


def request(body: bytes, content_type: str, secret: str, age: int = 0, **more: str) -> bytes:
    """A whole HTTP request, signed unless there is no secret. `age` in seconds."""
    stamp = str(int(time.time()) - age)
    signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(secret, stamp, body)} if secret else {}
    named = {name.replace("_", "-"): value for name, value in more.items()}
    headers = {"Content-Type": content_type, "Content-Length": str(len(body)), **signed, **named}
    return head(headers) + body


def head(headers: dict[str, str], first: str = "POST /slack/events HTTP/1.1") -> bytes:
    """The lines before a body."""
    lines = [first, "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def unsigned(rng: Random) -> dict[str, str]:
    """Headers of somebody who can't sign."""
    stamp = rng.choice((str(int(time.time())), "", "0", "-1", "9" * 400, "soon", "1e9", "²", "1 700 000 000"))
    sign = rng.choice(("", "v0=", "v0=" + "0" * 64, "v1=" + "0" * 64, "ü", "v0=" + "é" * 64, "x" * 5_000))
    return {"X_Slack_Request_Timestamp": stamp, "X_Slack_Signature": sign}


def odd_form(rng: Random, text: str) -> bytes:
    """Forms that are none, or say too much."""
    good = urlencode({"payload": text}, errors="surrogatepass").encode()
    return rng.choice(
        (
            good.replace(b"%", b"%%"),
            good[: rng.randrange(len(good))],
            good + b"&" + good,
            b"payload=" + text.encode("utf-8", "surrogatepass"),
            b"&".join(b"a%d=b" % n for n in range(20_000)),
            b"=&=&=",
            b"command=/learn&text=" + rng.randbytes(30),
            b"command=/learn&text=%ff%00%ed%a0%80",
            b"command=/nobody&text=" + WORD.encode(),
            b"ssl_check=1",
            b"payload=",
            b"payload[]=1",
            text.encode("utf-16", "surrogatepass"),
        )
    )


def big(rng: Random) -> bytes:
    """As large as is let in, and larger."""
    size = rng.choice((100_000, 900_000, LARGEST - 30, LARGEST + 1, 2 * LARGEST))
    kind = rng.choice((b"[],", b'{"a":1},', b'\\"', b"1,", b"x"))
    return b'{"type":"event_callback","event":[' + kind * (size // len(kind)) + b"0]}"


def framed(rng: Random, body: bytes, content_type: str, secret: str) -> Shot:
    """HTTP itself is wrong, or unusual."""
    stamp = str(int(time.time()))
    said = {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp}
    said["X-Slack-Signature"] = signature(secret, stamp, body)
    chunked, chunk = {**said, "Transfer-Encoding": "chunked"}, b"%x\r\n" % len(body) + body + b"\r\n"
    length, half = str(len(body)), body[: len(body) // 2]
    dribble = b"".join(b"1\r\n%c\r\n" % byte for byte in body[:3_000])
    what, sent = rng.choice(
        (
            ("broken off", head({**said, "Content-Length": length}) + half),
            ("longer than said", head({**said, "Content-Length": str(len(half))}) + body),
            ("chunked", head(chunked) + chunk + b"0\r\n\r\n"),
            ("chunk by chunk", head(chunked) + dribble + b"0\r\n\r\n"),
            ("chunks without end", head(chunked) + chunk),
            ("a chunk that is none", head(chunked) + b"zz\r\n" + body),
            ("a chunk too large", head(chunked) + b"ffffffffffff\r\n" + body),
            ("too large, then nonsense", head(chunked) + (b"%x\r\n" % (LARGEST + 9)) + b"x" * (LARGEST + 9) + b"zz\r\n"),
            ("two lengths", head({**said, "Content-Length": f"{length}, 5"}) + body),
            ("a length that is none", head({**said, "Content-Length": "-1"}) + body),
            ("a header without end", b"POST /slack/events HTTP/1.1\r\nX: " + b"x" * 100_000),
            ("no HTTP", rng.randbytes(300) + b"\r\n\r\n"),
            ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + rng.randbytes(200)),
            ("another method", head({**said, "Content-Length": length}, "PUT /slack/events HTTP/1.1") + body),
            ("another path", head({"Content-Length": "0"}, "POST /slack/%00/../events HTTP/1.1")),
            ("an upgrade", head({"Connection": "Upgrade", "Upgrade": "websocket"}, "GET /slack/events HTTP/1.1")),
            ("an upgrade that is half one", head({"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": "x",
                                                  "Sec-WebSocket-Version": "13"}, "GET /slack/events HTTP/1.1")),
            ("a body that waits", head({**said, "Content-Length": length, "Expect": "100-continue"}) + body),
            ("several at once", (head({**said, "Content-Length": length}) + body) * 3),
        )
    )  # fmt: skip
    return Shot(what, sent, closes=True)


def socket_shot(seed: int, bases: Sequence[Base]) -> tuple[str, str | bytes]:
    """One message for the bot's socket; bytes go as a binary one."""
    rng = Random(seed)
    kind, payload = rng.choice(bases)
    text = mutated(rng, fresh(payload, str(seed)))
    sound = (
        f'{{"type": {json.dumps(kind)}, "envelope_id": "e{seed}", "accepts_response_payload": true, "payload": {text}}}'
    )
    draw = rng.random()
    if draw < 0.75:
        return "mutated", sound
    if draw < 0.85:
        return "wrecked", wrecked(rng, sound).decode("utf-8", "replace")
    if draw < 0.88:
        return "binary", rng.choice(
            (sound.encode("utf-8", "surrogatepass"), rng.randbytes(200), b"", WORD.encode() * 99)
        )
    if draw < 0.90:
        return "big", big(rng)[: LARGEST + 100].decode()
    envelope = {"type": kind, "envelope_id": f"e{seed}", "payload": payload, "accepts_response_payload": True}
    return "odd envelope", mutated(rng, {**envelope, "retry_attempt": 1, "retry_reason": WORD})
