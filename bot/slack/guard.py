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
_WORDS = (
    "id type command team_id user_id channel_id trigger_id response_url callback_id action_id block_id thread_ts "
    "enterprise_id app_installed_team_id subtype channel_type"
)
_THINGS = "view container message previous_message event item assistant_thread function_data"
WORDS = frozenset(_WORDS.split())
"""Fields that are text wherever they stand, or not there."""
THINGS = frozenset(_THINGS.split())
WORDS_OR_THINGS = frozenset({"team", "user", "channel", "enterprise"})
LISTS = frozenset({"actions", "authorizations", "response_urls"})
"""Lists of things."""
EVER_LISTS = frozenset({"response_urls"})
"""Of these, the ones that are never null."""
DEEPEST = 6
ALWAYS: dict[str, tuple[str, ...]] = {
    "event_callback": ("event", "type"),
    "block_actions": ("actions", "action_id"),
    "view_submission": ("view", "callback_id", "type"),
}
"""What a payload of a type always has, and that has in turn."""


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
    said = read(headers, text)
    if said is None:
        return 400, "unreadable"
    odd = misshapen(said)
    return (400, f"misshapen: {odd}") if odd else None


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


def misshapen(said: Mapping[str, Any]) -> str:
    """The field that isn't of the type that Bolt takes for granted; "" when all are."""
    odd = _misshapen(said, DEEPEST)
    name, *inner = ALWAYS.get(str(said.get("type")), ("",))
    if odd or not name:
        return odd
    things = said.get(name)
    first = things[0] if isinstance(things, list) and things else things
    return "" if isinstance(first, Mapping) and all(first.get(part) is not None for part in inner) else name


def _misshapen(said: Mapping[str, Any], deep: int) -> str:
    for name, value in said.items():
        if value is None and name not in EVER_LISTS:
            continue
        if not (deep and isinstance(value, _kind(name))):
            return name
        parts: list[Any] = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        for part in parts if name in THINGS | WORDS_OR_THINGS | LISTS else []:
            if not isinstance(part, dict):
                return name
            if odd := _misshapen(part, deep - 1):
                return f"{name}.{odd}"
    return ""


def _kind(name: str) -> type | tuple[type, ...]:
    if name in WORDS:
        return str
    if name in WORDS_OR_THINGS:
        return str, dict
    return dict if name in THINGS else list if name in LISTS else object
