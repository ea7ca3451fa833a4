"""Over HTTP only what Slack signed, of a sane size and shape, gets as far as Bolt."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.slack.guard import LARGEST, objection

SECRET = "s" * 32
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
STAMP = str(int(AT.timestamp()))


def signed(body: str, stamp: str = STAMP, kind: str = "application/x-www-form-urlencoded") -> dict[str, str]:
    """The headers Slack would send."""
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    assert signature
    return {"x-slack-signature": signature, "x-slack-request-timestamp": stamp, "content-type": kind}


FORM = urlencode({"payload": json.dumps({"type": "block_actions", "actions": [{"action_id": "a", "block_id": "b"}]})})
COMMAND = urlencode({"command": "/learn", "text": "next"})
EVENT = json.dumps({"type": "event_callback", "event": {"type": "message"}})


def test_what_slack_signed_is_let_in() -> None:
    assert objection(SECRET, signed(FORM), FORM.encode(), AT) is None
    assert objection(SECRET, signed(COMMAND), COMMAND.encode(), AT) is None
    assert objection(SECRET, signed(EVENT, kind="application/json"), EVENT.encode(), AT) is None


@pytest.mark.parametrize(("headers", "body", "status"), [
    ({}, FORM, 401),
    ({**signed(FORM), "x-slack-signature": "v0=" + "0" * 64}, FORM, 401),
    ({**signed(FORM), "x-slack-signature": "é"}, FORM, 401),
    ({**signed(FORM), "x-slack-request-timestamp": "soon"}, FORM, 401),
    ({**signed(FORM), "x-slack-request-timestamp": "9" * 400}, FORM, 401),
    (signed(FORM, str(int(AT.timestamp()) - 301)), FORM, 401),
    (signed(FORM), FORM + "x", 401),
    (signed("payload=%7B"), "payload=%7B", 400),
    (signed("a=b"), "a=b", 400),
    (signed("payload=[1]"), "payload=[1]", 400),
    (signed("[" * 100_000, kind="application/json"), "[" * 100_000, 400),
    (signed("x" * (LARGEST + 1)), "x" * (LARGEST + 1), 413),
])  # fmt: skip
def test_anything_else_is_turned_away(headers: dict[str, str], body: str, status: int) -> None:
    refused = objection(SECRET, headers, body.encode(), AT)
    assert refused is not None
    assert refused[0] == status


@given(st.binary(max_size=200), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_garbage_never_raises(body: bytes, signature: str, stamp: str, kind: str) -> None:
    headers = {"x-slack-signature": signature, "x-slack-request-timestamp": stamp, "content-type": kind}
    assert objection(SECRET, headers, body, AT) is not None
