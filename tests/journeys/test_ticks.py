"""What is known is skipped by asking, over the wire: the ticks at *Start*, and the text of what was right and sure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages.ticks import KNOWN
from localslack import LocalSlack
from localslack.world import PostedMessage
from tests.content.writing import LESSON, TERM, Lessons
from tests.helpers import ADMIN, HENRIK, Running, words_of
from tests.running import running

TERMS = {"reach": "Reach", "cpm": "CPM", "share-of-voice": "Share of voice"}
TITLE = "Skip what you know"


@pytest.fixture
def bot(tmp_path: Path, slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot with a track of a lesson and three terms, which anybody may start."""
    lessons = Lessons(tmp_path / "lessons")
    lessons.write("tracks/one/a.md", LESSON.format(id="a"))
    for name, words in TERMS.items():
        lessons.write(f"jargon/{name}.md", TERM.format(id=name, term=words))
    listed = ", ".join(("a", *TERMS))
    lessons.write("tracks/one/track.md", f"---\nid: one\ntitle: One\nopen: yes\nitems: [{listed}]\n---\nSome words.\n")
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as started:
        yield started


def start(bot: Running) -> PostedMessage:
    """The track is assigned and started; the message of the first item."""
    bot.assign("@henrik one")
    bot.to(HENRIK, "2026-03-02 14:00")
    assert bot.slack.tap(HENRIK, bot.last(HENRIK), "start") == ""
    bot.dialog(HENRIK, TITLE)
    return next_item(bot, "A title")


def next_item(bot: Running, title: str) -> PostedMessage:
    """The message of an item that is on its way."""
    return bot.eventually(lambda: next((m for m in bot.slack.messages(HENRIK) if f"{title}\n" in m.text), None), title)  # type: ignore[no-any-return]


def test_what_is_ticked_at_the_start_is_asked_first_and_its_text_skipped(bot: Running) -> None:
    first = start(bot)
    offered = words_of(bot.slack.modal(HENRIK) or {})
    assert "Which of these could you explain to a colleague?" in str(bot.slack.modal(HENRIK))
    assert all(f"'{words}'" in str(bot.slack.modal(HENRIK)) for words in TERMS.values())
    assert "Nobody else sees what you tick." in offered
    assert bot.slack.submit(HENRIK, {KNOWN: ["reach", "cpm"]}) == ""
    bot.eventually(lambda: bot.slack.modal(HENRIK) is None, "the dialog stayed")
    bot.tap(HENRIK, first, "answer:1:1")
    bot.to(HENRIK, "2026-03-03 09:05")
    reach = next_item(bot, "Reach")
    assert "It means this." not in reach.text
    bot.tap(HENRIK, reach, "answer:1:1")
    assert "for that" not in reach.text
    bot.tap(HENRIK, reach, "sure:1:yes")
    assert "because of that" in reach.text
    bot.tap(HENRIK, reach, "skip_text")
    assert "Noted: you know this one." in reach.text
    # the next one comes at once, on the same day
    cpm = next_item(bot, "CPM")
    bot.tap(HENRIK, cpm, "answer:1:0")
    bot.tap(HENRIK, cpm, "sure:1:yes")
    assert "You were sure of this one, so it comes back first. Only you are told." in cpm.text
    assert "It means this." in cpm.text
    bot.to(HENRIK, "2026-03-04 09:05")
    assert "It means this." in next_item(bot, "Share of voice").text
    assert "tick" not in "".join(m.text for m in bot.slack.messages(ADMIN))


def test_the_dialog_may_be_closed_and_everything_comes_as_ever(bot: Running) -> None:
    first = start(bot)
    assert bot.slack.close_modal(HENRIK) == ""
    bot.tap(HENRIK, first, "read")
    bot.to(HENRIK, "2026-03-03 09:05")
    assert "It means this." in next_item(bot, "Reach").text


def test_a_dialog_that_slack_doesnt_open_is_no_word_to_anybody(bot: Running) -> None:
    bot.assign("@henrik one")
    bot.to(HENRIK, "2026-03-02 14:00")
    bot.slack.world.trigger_seconds = -1
    whispered = len(bot.slack.whispers(HENRIK))
    assert bot.slack.tap(HENRIK, bot.last(HENRIK), "start") == ""
    next_item(bot, "A title")
    bot.quiet()
    assert bot.slack.modal(HENRIK) is None
    assert len(bot.slack.whispers(HENRIK)) == whispered


def test_a_track_that_one_starts_oneself_offers_the_ticks_too(bot: Running) -> None:
    bot.command(HENRIK, "/learn start one")
    whisper = bot.slack.whispers(HENRIK)[-1]
    bot.tap(HENRIK, whisper, "begin")
    next_item(bot, "A title")
    assert "It is on its way" in whisper.text
    assert bot.slack.tap(HENRIK, whisper, "ticks") == ""
    bot.dialog(HENRIK, TITLE)
    assert bot.slack.submit(HENRIK, {KNOWN: ["reach", "cpm", "share-of-voice"]}) == ""
    bot.eventually(lambda: bot.slack.modal(HENRIK) is None, "the dialog stayed")
    bot.tap(HENRIK, bot.last(HENRIK), "read")
    bot.to(HENRIK, "2026-03-03 09:05")
    assert "It means this." not in next_item(bot, "Reach").text
    bot.to(HENRIK, "2026-03-20 09:05")
    # once nothing is left to tick, the button says so
    for _ in TERMS:
        bot.tap(
            HENRIK,
            next(m for m in reversed(bot.slack.messages(HENRIK)) if "show_text" in str(m.blocks)),
            "more",
            "known",
        )
        bot.command(HENRIK, "/learn next")
        bot.quiet()
    whispered = len(bot.slack.whispers(HENRIK))
    assert bot.slack.tap(HENRIK, whisper, "ticks") == ""
    bot.eventually(lambda: len(bot.slack.whispers(HENRIK)) > whispered, "nothing was said")
    assert "No words of this track are left to skip." in bot.slack.whispers(HENRIK)[-1].text
