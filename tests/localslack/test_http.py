"""The same Slack over HTTP: signed POSTs to the app's request URL."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from localslack import LocalSlack
from tests.localslack.wire import BUTTON, WebApp, blocks, call, field, modal

MAYA = "U0MAYA"


@pytest.fixture
def web() -> Iterator[WebApp]:
    """An app that listens on HTTP."""
    app = WebApp()
    yield app
    app.close()


@pytest.fixture
def posting(web: WebApp) -> Iterator[LocalSlack]:
    """A Slack that posts to it."""
    slack = LocalSlack(transport="http").start()
    slack.request_url = web.url
    slack.world.retry_waits = (0.0, 0.02, 0.05)
    yield slack
    slack.stop()


def form(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}


def test_over_http_an_app_has_a_signing_secret_and_no_socket(posting: LocalSlack, slack: LocalSlack) -> None:
    assert posting.environment["SLACK_SIGNING_SECRET"] == posting.world.signing_secret
    assert "SLACK_APP_TOKEN" not in posting.environment
    assert "SLACK_SIGNING_SECRET" not in slack.environment


def test_every_post_is_signed(posting: LocalSlack, web: WebApp) -> None:
    posting.say(MAYA, "grüße")
    posting.command(MAYA, "/learn help")
    verifier = SignatureVerifier(posting.world.signing_secret)
    for headers, body in web.got:
        assert abs(int(headers["x-slack-request-timestamp"]) - time.time()) < 5
        assert verifier.is_valid(body, headers["x-slack-request-timestamp"], headers["x-slack-signature"])
        assert not verifier.is_valid(body + b" ", headers["x-slack-request-timestamp"], headers["x-slack-signature"])


def test_commands_and_interactions_are_forms_and_events_are_json(posting: LocalSlack, web: WebApp) -> None:
    assert posting.say(MAYA, "hello") == ""
    headers, body = web.got[-1]
    assert (headers["content-type"], json.loads(body)["event"]["text"]) == ("application/json", "hello")
    assert posting.command(MAYA, "/learn help me") == ""
    headers, body = web.got[-1]
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert (form(body)["command"], form(body)["text"]) == ("/learn", "help me")
    message = posting.world.write(posting.world.dm(MAYA), "U0MISSINGLINK", "x", blocks=blocks(BUTTON))
    assert posting.tap(MAYA, message, "go") == ""
    headers, body = web.got[-1]
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert json.loads(form(body)["payload"])["type"] == "block_actions"


def test_a_replys_body_is_the_acknowledgement(posting: LocalSlack, web: WebApp) -> None:
    web.body = "plain words"
    assert posting.command(MAYA, "/learn help") == ""
    web.body = json.dumps({"text": "from json"})
    assert posting.command(MAYA, "/learn help") == ""
    web.body = ""
    assert posting.command(MAYA, "/learn help") == ""
    assert [m.text for m in posting.whispers(MAYA)] == ["plain words", "from json"]
    view = modal(field("a"))
    call(posting, "views.open", trigger_id=form(web.got[-1][1])["trigger_id"], view=view)
    web.body = json.dumps({"response_action": "errors", "errors": {"ba": "No"}})
    assert posting.submit(MAYA, {"a": "x"}) == ""
    assert posting.modal_errors(MAYA) == {"ba": "No"}
    web.body = "ok"
    assert posting.submit(MAYA) == "We had some trouble connecting. Try again?"
    web.body = ""
    assert posting.submit(MAYA) == ""
    assert posting.modal(MAYA) is None


def test_a_late_or_failing_reply_has_failed(posting: LocalSlack, web: WebApp) -> None:
    web.status = 500
    assert "dispatch_failed" in posting.command(MAYA, "/learn help")
    web.status, web.seconds, posting.world.ack_seconds = 200, 0.3, 0.05
    assert "operation_timeout" in posting.command(MAYA, "/learn help")
    web.close()
    assert "did not respond" in posting.command(MAYA, "/learn help")


def test_a_retry_says_its_number_and_reason(posting: LocalSlack, web: WebApp) -> None:
    web.status = 500
    posting.say(MAYA, "hello")
    web.wait_for(4)
    assert [h["x-slack-retry-num"] for h, _ in web.got] == [None, "1", "2", "3"]
    assert {h["x-slack-retry-reason"] for h, _ in web.got[1:]} == {"http_error"}
    assert len({json.loads(body)["event_id"] for _, body in web.got}) == 1
    web.headers = {"X-Slack-No-Retry": "1"}
    posting.say(MAYA, "don't")
    time.sleep(0.15)
    assert len(web.got) == 5
    web.status, web.headers, web.seconds, posting.world.ack_seconds = 200, {}, 0.2, 0.05
    posting.say(MAYA, "late")
    web.wait_for(7)
    assert web.got[6][0]["x-slack-retry-reason"] == "http_timeout"


def test_a_request_url_answers_a_challenge(posting: LocalSlack, web: WebApp) -> None:
    assert posting.verify_url()
    headers, body = web.got[-1]
    web.status = 500
    assert not posting.verify_url()
    asked = json.loads(body)
    assert asked.keys() == {"token", "challenge", "type"}
    assert SignatureVerifier(posting.world.signing_secret).is_valid(
        body, headers["x-slack-request-timestamp"], headers["x-slack-signature"]
    )


@pytest.mark.parametrize("url", ["http://example.org/slack/events", "https://127.0.0.1/x", "http://10.0.0.1/", "x"])
def test_nothing_leaves_this_machine(posting: LocalSlack, url: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        posting.request_url = url
