"""Whoever wants out is out in one tap, and comes back in one."""

from __future__ import annotations

from localslack.world import PostedMessage
from tests.helpers import ADMIN, HENRIK, MAYA, Running, words_of


def labels(message: PostedMessage) -> list[str]:
    return [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def first(bot: Running, user: str) -> PostedMessage:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def test_a_track_is_left_from_help_and_from_home_and_taken_up_again(taught: Running) -> None:
    offer = taught.command(HENRIK, "/learn help")
    taught.tap(HENRIK, offer, "leaving")
    assert "admins see “not taking part” and no reason" in offer.text
    assert "You can leave here" in taught.command(HENRIK, "/learn leave").text
    home = taught.home(HENRIK)
    assert "not taking part" in words_of(home)
    taught.tap_home(HENRIK, "quit_track:speak-the-language")
    # Home may be published once more for what was typed before it was opened
    taught.eventually(lambda: "Speak the language*: you've left it" in words_of(taught.slack.home(HENRIK) or {}))
    assert "so nothing more comes" in words_of(taught.slack.home(HENRIK) or {})
    before = len(taught.slack.messages(HENRIK))
    taught.to(HENRIK, "2026-03-06 12:00")
    assert len(taught.slack.messages(HENRIK)) == before, "not even a reminder"
    assert "1 not taking part" in taught.command(ADMIN, "/track status").text
    assert "<@U0HENRIK>: not taking part" in taught.command(ADMIN, "/track status speak-the-language").text
    taught.tap_home(HENRIK, "come_back:speak-the-language")
    taught.to(HENRIK, "2026-03-09 12:00")
    assert "1 of 12" in taught.last(HENRIK).text


def test_who_types_stop_after_the_command_is_paused_and_can_leave_in_one_tap(taught: Running) -> None:
    for typed in ("/learn stop", "/learn pause until friday"):
        said = taught.command(HENRIK, typed)
        assert "Paused" in said.text
        assert "admins see “not taking part” and no reason" in said.text
        assert labels(said) == ["Resume", "Leave this track"]
    taught.tap(HENRIK, said, "quit_track:speak-the-language")
    assert "You've left Speak the language" in said.text
    assert labels(taught.command(HENRIK, "/learn stop")) == ["Resume"], "there is nothing left to leave"


def test_an_answer_in_an_old_message_counts_after_leaving_and_the_admin_is_told_who_isnt_taking_part(
    taught: Running,
) -> None:
    item = first(taught, MAYA)
    said = taught.command(MAYA, "/learn leave")
    taught.tap(MAYA, said, "quit_track:speak-the-language")
    assert "You've left Speak the language" in said.text
    taught.tap(MAYA, item, "answer:1:1")
    taught.eventually(lambda: "not shown to anybody else" in item.text)
    summary = taught.assign("@maya @henrik speak-the-language restart")
    assert "Not taking part, so nothing changed for them: <@U0MAYA>" in summary.text
    assert "is assigned to <@U0HENRIK>" in summary.text
    assert "You've left it" in taught.command(MAYA, "/learn tracks").text
    dialog = taught.asks_for_dialog(ADMIN, "/track", "Assign a track")
    assert taught.slack.submit(ADMIN, {"f_people": [MAYA], "f_track": "speak-the-language"}) == ""
    taught.dialog(ADMIN, "Nobody to assign")
    assert "Not taking part, and only they can come back: <@U0MAYA>" in words_of(taught.slack.modal(ADMIN) or dialog)
