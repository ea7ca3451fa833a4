"""Over HTTP only what Slack signed, of a sane size and shape, gets as far as Bolt."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.slack.inbound.payload_guard import DEEPEST, LARGEST, parse, read, unfit, unsigned

SECRET = "s" * 32
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
STAMP = str(int(AT.timestamp()))


def signed(body: str, stamp: str = STAMP, kind: str = "application/x-www-form-urlencoded") -> dict[str, str]:
    """The headers Slack would send."""
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    assert signature
    return {"x-slack-signature": signature, "x-slack-request-timestamp": stamp, "content-type": kind}


def objection(secret: str, headers: dict[str, str], body: bytes, at: datetime) -> tuple[int, str] | None:
    """Both halves of the guard, one after the other; None when a request is let in."""
    if (why := unsigned(secret, headers, body, [at])) is not None:
        return why
    said = read(headers, body)
    return said if isinstance(said, tuple) else None


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


def nested(deep: int, around: str = "1") -> str:
    """Lists inside each other, in an object."""
    return '{"a":' + "[" * deep + around + "]" * deep + "}"


def test_how_deep_it_goes_is_looked_at_before_it_is_read() -> None:
    assert parse(nested(DEEPEST - 1)) is not None
    assert parse(nested(DEEPEST)) is None
    assert parse(nested(200_000)) is None
    assert parse('{"a":[' + "[]," * 30_000 + "1]}") is None
    # brackets that somebody typed are no depth, and a text that never ends isn't slow
    assert parse(json.dumps({"text": "[" * 5_000 + '\\" {' * 5_000})) is not None
    assert parse('{"a":"' + '\\"' * 400_000 + "[" * 100) is None


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000, "-" + "9" * 30])
def test_numbers_that_are_none_are_not_read(number: str) -> None:
    assert parse(f'{{"a": {number}}}') is None
    assert parse('{"a": 12345678901234567890, "b": 1.5e300}') is not None


def test_a_form_with_fields_without_end_is_unreadable() -> None:
    body = "command=/learn" + "&a=b" * 200
    assert read(signed(body), body.encode()) == (400, "unreadable")


@pytest.mark.parametrize("url", ["99:99", "http://", "https://a b/", "https://é/", "http://h:port/", "file:///etc/passwd",
                                 "https://h/\x00", "http://[::1", "https://h:0/", "javascript:alert(1)"])  # fmt: skip
def test_an_address_that_nothing_can_be_posted_to_is_turned_away(url: str) -> None:
    body = urlencode({"command": "/learn", "text": "help", "response_url": url})
    assert read(signed(body), body.encode()) == (400, "misshapen: response_url")
    sound = urlencode({"command": "/learn", "response_url": "https://hooks.slack.com/commands/T1/2/x"})
    assert isinstance(read(signed(sound), sound.encode()), dict)


def test_why_something_is_turned_away_never_says_what_it_said() -> None:
    body = json.dumps(
        {"view": {"view": {"view": {"view": {"view": {"view": {"my secret": 1, "id": {"my secret": 1}}}}}}}}
    )
    refused = read(signed(body, kind="application/json"), body.encode())
    assert refused == (400, "misshapen: view.view.view.view.view.view.id")


@pytest.mark.parametrize(("envelope", "why"), [
    ({"type": "hello", "num_connections": 1}, ""),
    ({"type": "disconnect", "reason": "warning"}, ""),
    ({"type": "slash_commands", "envelope_id": "e", "payload": {"command": "/learn"}}, ""),
    ({"type": "slash_commands", "envelope_id": "e", "payload": {"command": 5}}, "command"),
    ({"type": "slash_commands", "envelope_id": "e", "payload": ["/learn"]}, "payload"),
    ({"type": "slash_commands", "envelope_id": "e"}, "payload"),
    ({"type": "slash_commands", "payload": {}}, "envelope"),
    ({"type": "interactive", "envelope_id": "e", "payload": {"event": None}}, "event"),
    ({"type": "made_up", "envelope_id": "e", "payload": {}}, "envelope"),
    ({"type": "events_api", "envelope_id": "e", "payload": {}, "retry_reason": 7}, "envelope"),
    ({"type": ["slash_commands"], "envelope_id": "e", "payload": {}}, "type"),
    ({}, "type"),
])  # fmt: skip
def test_what_comes_through_the_socket_is_looked_at_like_what_comes_over_http(
    envelope: dict[str, Any], why: str
) -> None:
    assert unfit(envelope) == why


@given(st.text(max_size=60) | st.binary(max_size=20))
def test_reading_never_raises(text: str | bytes) -> None:
    assert parse(text) is None or isinstance(parse(text), dict)


def test_a_signature_is_fresh_by_the_machines_clock_or_by_the_one_that_nobody_sets() -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    stamp, body = str(int(now.timestamp())), b"{}"
    signature = SignatureVerifier("secret").generate_signature(timestamp=stamp, body=body)
    headers = {"x-slack-signature": str(signature), "x-slack-request-timestamp": stamp}
    hour = timedelta(hours=1)
    assert unsigned("secret", headers, body, [now - hour, now]) is None, "the clock was set back"
    assert unsigned("secret", headers, body, [now, now - hour]) is None, "and it was wrong when the process began"
    assert unsigned("secret", headers, body, [now - hour, now + hour]) == (401, "too old")
