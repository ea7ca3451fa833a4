"""Requests that aren't Slack's although they look like it, each by its seed."""

from __future__ import annotations

import hashlib
import hmac
import time
from random import Random

from localslack.http_transport import signature
from tests.soak.shots import head

FLAWS = (
    "another secret", "a secret with a space", "an empty secret", "another version", "no version", "capital letters",
    "a version in capital letters", "cut off", "too long", "one sign off", "not ASCII", "missing", "empty", "a space before it",
    "no time", "another time", "the time isn't signed", "a time with a sign", "a time in other digits", "the body was changed",
    "a byte more", "a byte less", "fields in another order", "the body isn't signed", "too old", "much too old", "from the future",
    "another hash", "two signatures, a wrong one first", "base64",
)  # fmt: skip


def forged(rng: Random, flaw: str, body: bytes, content_type: str, secret: str) -> bytes:
    """A whole HTTP request, signed in every way but the right one."""
    now = int(time.time())
    stamp, sent = str(now), body
    sign = signature(secret, stamp, body)
    if flaw in {"too old", "much too old", "from the future"}:
        # a second is for the way: it mustn't be within the window when it arrives
        ago = {"too old": rng.uniform(301, 400), "much too old": 1e6, "from the future": -rng.uniform(303, 400)}[flaw]
        stamp = str(int(now - ago))
        sign = signature(secret, stamp, body)
    elif flaw in {"the body was changed", "a byte more", "a byte less", "fields in another order"}:
        sent = _changed(rng, flaw, body)
    else:
        stamp, sign = _signed(rng, flaw, body, secret, stamp)
    headers = {"Content-Type": content_type, "Content-Length": str(len(sent)), "X-Slack-Request-Timestamp": stamp,
               "X-Slack-Signature": sign}  # fmt: skip
    if flaw == "missing":
        del headers["X-Slack-Signature"]
    if flaw == "no time":
        del headers["X-Slack-Request-Timestamp"]
    if flaw == "two signatures, a wrong one first":
        headers = {**headers, "X-Slack-Signature": "v0=" + "0" * 64, "x-slack-signature": sign}
    return head(headers) + sent


def _signed(rng: Random, flaw: str, body: bytes, secret: str, stamp: str) -> tuple[str, str]:
    """A timestamp and a signature of which one is wrong."""
    good = signature(secret, stamp, body)
    place = rng.randrange(3, len(good))
    other = str(int(stamp) - rng.randrange(1, 200))
    made: dict[str, tuple[str, str]] = {
        "another secret": (stamp, signature(secret[::-1], stamp, body)),
        "a secret with a space": (stamp, signature(secret + " ", stamp, body)),
        "an empty secret": (stamp, signature("", stamp, body)),
        "another version": (stamp, "v1" + good[2:]),
        "no version": (stamp, good[3:]),
        "capital letters": (stamp, "v0=" + good[3:].upper() if good[3:].upper() != good[3:] else "v0="),
        "a version in capital letters": (stamp, "V0" + good[2:]),
        "cut off": (stamp, good[:place]),
        "too long": (stamp, good + rng.choice("0 f\t") + "0"),
        "one sign off": (stamp, good[:place] + ("0" if good[place] != "0" else "1") + good[place + 1 :]),
        "not ASCII": (stamp, good[:place] + "é" + good[place + 1 :]),
        "empty": (stamp, ""),
        "a space before it": (stamp, "v0 =" + good[3:]),
        "another time": (other, good),
        "the time isn't signed": (stamp, signature(secret, "", body)),
        "a time with a sign": ("+" + stamp, signature(secret, "+" + stamp, body)),
        "a time in other digits": ("²" + stamp[1:], good),
        "the body isn't signed": (stamp, signature(secret, stamp, b"")),
        "another hash": (stamp, "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha1).hexdigest()),
        "base64": (stamp, "v0=" + rng.randbytes(32).hex()),
    }  # fmt: skip
    return made.get(flaw, (stamp, good))


def _changed(rng: Random, flaw: str, body: bytes) -> bytes:
    if flaw == "a byte more":
        return body + rng.choice((b"&", b" ", b"\n", b"\x00", b"&text=x"))
    if flaw == "a byte less":
        return body[:-1]
    if flaw == "fields in another order":
        fields = body.split(b"&")
        return b"&".join([*fields[1:], fields[0]]) if len(fields) > 1 else b" " + body
    place = rng.randrange(len(body))
    return body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
