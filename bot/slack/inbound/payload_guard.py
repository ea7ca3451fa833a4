"""The guard in front of Bolt, over HTTP and at the socket: only what is of a sane size, depth and shape goes on, and
over HTTP only what Slack signed.

How Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack (looked up 2026-11-24). Why a
request isn't let in is said in words of our own: nothing that was sent ever stands in the log.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import Clock, SignatureVerifier

from bot.slack.inbound.bolt_fields import misshapen

LARGEST = 1_000_000
"""Bytes of a request. A message has 40,000 characters at most, and a payload holds one or two of them."""
DEEPEST = 64
"""Objects and lists inside each other. Slack's own, a view with rich text in it, are some fifteen deep; Python and
Bolt, which copies a payload, give up at a few hundred."""
MOST_THINGS = 20_000
"""Objects and lists in all: a hundred thousand empty ones are thirty megabytes of memory."""
LONGEST_NUMBER = 20
"""Digits. Slack's longest are ids and instants."""
MOST_FIELDS = 100
"""Of a form. A command has fifteen."""
OLDEST_SECONDS = 300
ENVELOPES = frozenset({"slash_commands", "interactive", "events_api"})
"""What comes through the socket and is answered; whatever else does, such as a greeting, is the connection's own."""
# possessive, without a way back, so that no text makes it slow
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[{\]}]")


class _At(Clock):
    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at

    def now(self) -> float:
        return self._at.timestamp()


def unsigned(secret: str, headers: Mapping[str, str], body: bytes, now: Sequence[datetime]) -> tuple[int, str] | None:
    """Return why a request isn't Slack's, as HTTP status and words for the log; None when it is. `now`: what time it
    may be.

    There is more than one while the machine's clock is set wrong: as it is set, and as it was when the process began.
    Quick, whatever was sent. The signatures are compared in constant time, by slack_sdk's verifier.
    """
    if len(body) > LARGEST:
        return 413, "too large"
    signature, stamp = headers.get("x-slack-signature", ""), headers.get("x-slack-request-timestamp", "")
    if not (signature.isascii() and stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return 401, "not signed"
    at = min(now, key=lambda instant: abs(instant.timestamp() - int(stamp)))
    if abs(at.timestamp() - int(stamp)) > OLDEST_SECONDS:
        return 401, "too old"
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return 400, "no text"
    if not SignatureVerifier(secret, _At(at)).is_valid(text, stamp, signature):
        return 401, "signed by somebody else"
    return None


def read(headers: Mapping[str, str], body: bytes) -> dict[str, Any] | tuple[int, str]:
    """Return the content of a signed body: a JSON object, or a form that is a command or carries a JSON object; for
    anything else
    HTTP status and words for the log.

    Bolt's own reading of a form finds nothing in a command whose text has the word "payload" in it.
    """
    said = _read(headers, body.decode())
    if said is None:
        return 400, "unreadable"
    odd = misshapen(said)
    return (400, f"misshapen: {odd}") if odd else said


def _read(headers: Mapping[str, str], text: str) -> dict[str, Any] | None:
    if headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        return parse(text)
    try:
        fields: dict[str, Any] = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return None
    if "payload" in fields:
        return parse(fields["payload"])
    return fields if "command" in fields or "ssl_check" in fields else None


def parse(text: str | bytes) -> dict[str, Any] | None:
    """A JSON object of a sane size and depth, with numbers that are some; None for anything else. Never raises."""
    if len(text) > LARGEST or isinstance(text, bytes) or _overgrown(text):
        return None
    try:
        said = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _overgrown(text: str) -> bool:
    """Return True if brackets stand too deeply in each other, or are too many. The reading itself is what goes too
    deep, so
    this comes before it; what stands in a text doesn't count.
    """
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    deep = many = 0
    for found in _BRACKETS.finditer(_STRINGS.sub("", text)):
        opens = found[0] in "[{"
        deep, many = deep + (1 if opens else -1), many + opens
        if deep > DEEPEST or many > MOST_THINGS:
            return True
    return False


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number without end")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number without end")
    return number


# "NaN" and "Infinity", which Python reads although they are no JSON, go the way of 1e999
_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_finite, parse_constant=_finite)


def unfit(envelope: Mapping[str, Any]) -> str:
    """Return why an envelope of the socket mustn't go on; "" when it may, or is the connection's own, without a
    payload.
    """
    kind, payload = envelope.get("type"), envelope.get("payload")
    if not isinstance(kind, str):
        return "type"
    if kind not in ENVELOPES:
        return "envelope" if "payload" in envelope else ""
    if not (isinstance(envelope.get("envelope_id"), str) and isinstance(envelope.get("retry_reason"), str | None)):
        return "envelope"
    return misshapen(payload) if isinstance(payload, Mapping) else "payload"
