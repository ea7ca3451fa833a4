"""Where a learner stands, and what they take into a meeting, over the wire."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.messages import brief
from tests.helpers import HENRIK, MONDAY, Running, words_of


def missed(bot: Running) -> None:
    """Henrik has answered his first item wrong."""
    message = next(m for m in bot.slack.messages(HENRIK) if "1 of 12" in m.text)
    for choice in range(3):
        value = f"answer:1:{choice}"
        if value in str(message.blocks):
            bot.tap(HENRIK, message, value)
            return


def titles_of(view: dict[str, Any], verb: str) -> list[str]:
    """The entries of a menu."""
    menus = [e for b in view["blocks"] for e in b.get("elements", []) if e.get("action_id") == verb]
    return [o["value"] for menu in menus for o in menu["options"]]


def test_what_comes_back_stands_in_progress_and_in_home_with_its_day(taught: Running) -> None:
    missed(taught)
    said = taught.command(HENRIK, "/learn progress")
    assert "Speak the language: 1 of 12" in said.text
    assert "Why the words matter:" in said.text
    assert "next on " in said.text
    assert "%" not in said.text
    assert titles_of({"blocks": said.blocks}, "read_again") == ["why-the-words-matter"]
    assert "What comes back" in words_of(taught.home(HENRIK))


def test_each_item_that_was_done_can_be_read_again_from_progress(taught: Running) -> None:
    missed(taught)
    taught.advance(MONDAY + timedelta(days=2, hours=6, minutes=30))
    fomo = next(m for m in taught.slack.messages(HENRIK) if "2 of 12" in m.text)
    taught.tap(HENRIK, fomo, "read")
    said = taught.command(HENRIK, "/learn progress")
    assert titles_of({"blocks": said.blocks}, "read_again") == ["fomo", "why-the-words-matter"]
    assert taught.slack.tap(HENRIK, said, "read_again", "fomo") == ""
    assert "fear of missing out" in words_of(taught.dialog(HENRIK, "Read again"))


def test_a_brief_before_a_meeting_comes_from_a_word_or_a_track(taught: Running) -> None:
    said = taught.command(HENRIK, "/learn brief speak the language")
    assert "Before your meeting: Speak the language" in said.text
    assert said.text.count("\n• ") + said.text.startswith("• ") >= 6
    assert "Is that people, or screens?" in said.text
    about = taught.command(HENRIK, "/learn brief reach")
    assert "• reach: How many different people had a post on their screen." in about.text
    assert "Worth asking" in about.text
    assert said.only_for == about.only_for == HENRIK
    assert "Nobody sees what you look up" in about.text
    near = taught.command(HENRIK, "/learn brief synergy")
    assert "I have nothing on “synergy” yet." in near.text


def test_a_meeting_is_prepared_in_home(taught: Running) -> None:
    home = taught.home(HENRIK)
    assert taught.slack.tap_view(HENRIK, home, "meeting") == ""
    taught.dialog(HENRIK, brief.MEETING)
    assert taught.slack.suggest(HENRIK, brief.ABOUT, "")[0]["value"] == "track:speak-the-language"
    assert taught.slack.suggest(HENRIK, brief.ABOUT, "share of")[0]["value"] == "term:share-of-voice"
    assert taught.slack.submit(HENRIK, {brief.ABOUT: "term:share-of-voice"}) == ""
    shown = words_of(taught.slack.modal(HENRIK) or {})
    assert "Before your meeting: share of voice" in shown
    assert "Worth asking" in shown


def test_a_brief_alone_asks_what_it_is_about(taught: Running) -> None:
    assert taught.asks_for_dialog(HENRIK, "/learn brief", brief.MEETING)["callback_id"] == brief.CALLBACK
