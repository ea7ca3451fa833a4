"""A workspace in which another app has `/learn` already: ours are `/acme-learn`, `/acme-track` and `/acme-jargon`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.content import Catalogue
from bot.messages.command_names import CommandNames
from bot.slack import manifest
from localslack import LocalSlack
from tests.helpers import ADMIN, HENRIK, MONDAY, Running
from tests.running import running

PLAIN = re.compile(r"(?<![\w/-])/(learn|track|jargon)(?![\w-])")


@pytest.fixture
def backend() -> str:
    """The words are the same under both databases."""
    return "sqlite"


@pytest.fixture
def renamed(slack: LocalSlack) -> LocalSlack:
    """A Slack whose app was made from the manifest with a prefix."""
    slack.world.manifest = manifest.read(CommandNames("acme-"))
    return slack


@pytest.fixture
def prefixed(renamed: LocalSlack, url: str, course: Catalogue) -> Iterator[Running]:
    """The bot with the same prefix."""
    with running(renamed, url, course, MISSINGLINK_COMMAND_PREFIX="acme-") as bot:
        yield bot


def shown(slack: LocalSlack) -> str:
    """All that the bot has shown anybody, anywhere."""
    calls = [arguments for _, arguments, _ in slack.world.calls]
    return json.dumps([calls, slack.world.responses, [body for *_, body in slack.world.acknowledged]])


def answered(slack: LocalSlack, count: int) -> bool:
    return len(slack.messages(HENRIK)) >= count


@pytest.mark.parametrize("transport", ["socket", "http"])
def test_every_text_names_the_commands_that_slack_knows(prefixed: Running) -> None:
    bot, slack = prefixed, prefixed.slack
    assert "/acme-track assign" in bot.command(ADMIN, "/acme-track help").text
    assert "/acme-track" in bot.command(ADMIN, "/acme-track nonsense").text
    bot.command(ADMIN, "/acme-track assign @henrik speak-the-language")
    bot.eventually(lambda: slack.messages(ADMIN), "no summary")
    bot.advance(MONDAY + timedelta(days=1, hours=6, minutes=30))
    assert any("/acme-learn settings" in message.text for message in slack.messages(HENRIK))
    assert bot.asks_for_dialog(HENRIK, "/acme-learn")
    # people type the command twice
    assert "/acme-learn next" in bot.command(HENRIK, "/acme-learn /acme-learn help").text
    assert "FOMO" in bot.command(HENRIK, "/acme-jargon fomo").text
    bot.home(HENRIK)
    for words in ("help", "pause until friday", "what is the weather like?"):
        before = len(slack.messages(HENRIK))
        slack.say(HENRIK, words)
        bot.eventually(partial(answered, slack, before + 2), f"no answer to {words}")
    assert any("Paused until" in message.text for message in slack.messages(HENRIK))
    assert not PLAIN.findall(shown(slack))


def test_a_prefix_that_only_slack_knows_of_is_answered_and_told_to_the_operator(
    renamed: LocalSlack, url: str, course: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    with running(renamed, url, course) as bot:
        for _ in range(2):
            assert "speak-the-language" in bot.command(ADMIN, "/acme-track list").text
    told = [r.getMessage() for r in caplog.records if "MISSINGLINK_COMMAND_PREFIX" in r.getMessage()]
    assert told == ["Slack has /acme-track, and our texts say /track: MISSINGLINK_COMMAND_PREFIX?"]
