"""No log line, at any level, has a token, an answer or what was looked up."""

from __future__ import annotations

import logging

import pytest

from tests.helpers import ADMIN, HENRIK, Running


@pytest.mark.parametrize("backend", ["sqlite"])
def test_logs_at_their_loudest_have_no_token_no_answer_and_no_look_up(
    taught: Running, caplog: pytest.LogCaptureFixture
) -> None:
    message = next(m for m in taught.slack.messages(HENRIK) if "1 of 12" in m.text)
    with caplog.at_level(logging.DEBUG):
        taught.tap(HENRIK, message, "answer:1:2")
        taught.command(HENRIK, "/jargon yolo")
        taught.slack.say(HENRIK, "what is fomo?")
        taught.eventually(lambda: "fear of missing out" in taught.last(HENRIK).text)
        taught.command(HENRIK, "/learn pause")
        taught.command(ADMIN, "/track status")
        label = {"type": "plain_text", "text": "A choice"}
        forged = {"type": "button", "action_id": "answer:9", "block_id": "nothing", "action_ts": "1.1", "text": label}
        where = taught.slack.world.users[HENRIK], taught.slack.world.dm(HENRIK), message
        taught.slack.do(taught.slack.people.send_tap(*where, forged))
        taught.tick()
    said = caplog.text
    assert "a tap that means nothing" in said, "the log is on"
    for secret in (taught.slack.world.bot_token, taught.slack.world.app_token, "answer:1:2", "You chose", "yolo", "fomo",
                   "/learn pause", "text=pause"):  # fmt: skip
        found = [line for line in said.splitlines() if secret.lower() in line.lower()]
        assert not found, (secret, found[0][:300])
