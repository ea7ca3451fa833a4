"""What stands in front of Bolt over HTTP: only what Slack signed, of a sane size and shape, goes on.

How Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack (looked up 2026-11-24).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import Clock, SignatureVerifier

LARGEST = 1_000_000
"""Bytes of a request. A message has 40,000 characters at most, and a payload holds one or two of them."""
OLDEST_SECONDS = 300


class _At(Clock):
    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at

    def now(self) -> float:
        return self._at.timestamp()


def objection(secret: str, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[int, str] | None:
    """Why a request isn't let in, as HTTP status and a word for the log; None when it is. `at`: real time, UTC."""
    if len(body) > LARGEST:
        return 413, "too large"
    signature, stamp = headers.get("x-slack-signature", ""), headers.get("x-slack-request-timestamp", "")
    if not (signature.isascii() and stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return 401, "not signed"
    if abs(at.timestamp() - int(stamp)) > OLDEST_SECONDS:
        return 401, "too old"
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return 400, "no text"
    if not SignatureVerifier(secret, _At(at)).is_valid(text, stamp, signature):
        return 401, "signed by somebody else"
    return (400, "unreadable") if read(headers, text) is None else None


def read(headers: Mapping[str, str], text: str) -> dict[str, Any] | None:
    """What a body says: a JSON object, or a form that is a command or carries a JSON object; None for anything else.

    Bolt's own reading of a form finds nothing in a command whose text has the word "payload" in it.
    """
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        fields = dict(parse_qsl(text, keep_blank_values=True))
        if "payload" not in fields:
            return fields if "command" in fields or "ssl_check" in fields else None
        text = fields["payload"]
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
