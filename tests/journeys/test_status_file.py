"""The status as a file, over the wire."""

from __future__ import annotations

import pytest

from localslack.world import PostedMessage
from tests.helpers import ADMIN, HENRIK, MAYA, Running


def first(bot: Running, user: str) -> PostedMessage:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def labels(message: PostedMessage) -> list[str]:
    return [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def test_a_status_comes_as_a_file_that_shows_what_the_status_shows_and_nothing_more(taught: Running) -> None:
    taught.slack.world.users[HENRIK].name = "=1+1"
    taught.slack.do(taught.slack.people.change_profile(HENRIK, tz="Europe/Paris"))
    taught.tap(MAYA, first(taught, MAYA), "answer:1:0")
    taught.command(MAYA, "/learn pause")
    status = taught.command(ADMIN, "/track status speak-the-language")
    assert taught.slack.tap(ADMIN, status, "as_file") == ""
    message = taught.eventually(lambda: next((m for m in taught.slack.messages(ADMIN) if m.files), None))
    assert "It shows what /track status shows" in message.text.replace("`", "")
    [file] = message.files
    assert file.name == "status-speak-the-language.csv"
    said = file.content.decode("utf-8-sig").splitlines()
    assert said[0] == "Person,Slack member ID,Track,State,Couldn't be reached"
    assert [line.split(",")[1:4] for line in said[1:]] == [
        ["U0AIKO", "Speak the language", "not begun"],
        ["U0HENRIK", "Speak the language", "not begun"],
        ["U0MAYA", "Speak the language", "started"],
    ]
    assert said[2].startswith("'=1+1,")
    taught.eventually(lambda: "The file is in your messages" in taught.slack.whispers(ADMIN)[-1].text)
    assert [m for who in (MAYA, HENRIK) for m in taught.slack.messages(who) if m.files] == []


def test_without_the_scope_there_is_no_button_and_help_says_how_there_would_be_one(taught: Running) -> None:
    assert "As a file" in labels(taught.command(ADMIN, "/track status"))
    assert "As a file" in taught.command(ADMIN, "/track help").text
    status = taught.command(ADMIN, "/track status speak-the-language")
    taught.slack.world.granted.discard("files:write")
    assert taught.slack.tap(ADMIN, status, "as_file") == ""
    taught.eventually(lambda: "I can't send files here yet" in taught.slack.whispers(ADMIN)[-1].text)
    assert [m for m in taught.slack.messages(ADMIN) if m.files] == []
    assert "As a file" not in labels(taught.command(ADMIN, "/track status"))
    assert "files:write" in taught.command(ADMIN, "/track help").text


@pytest.mark.impatient
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_file_that_slack_doesnt_take_is_told_and_can_be_asked_for_again(taught: Running, method: str) -> None:
    status = taught.command(ADMIN, "/track status speak-the-language")
    taught.slack.fault(method, "error_500")
    assert taught.slack.tap(ADMIN, status, "as_file") == ""
    taught.eventually(lambda: "Slack didn't take the file" in taught.slack.whispers(ADMIN)[-1].text)
    assert taught.slack.tap(ADMIN, status, "as_file") == ""
    taught.eventually(lambda: any(m.files for m in taught.slack.messages(ADMIN)))
