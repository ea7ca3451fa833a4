"""What comes back, over the wire: below the day's item, with a word on confidence, for its learner alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.spacing import STEPS
from localslack import LocalSlack
from localslack.world import PostedMessage
from tests.content.writing import LESSON, TERM, Lessons, once
from tests.helpers import ADMIN, HENRIK, MONDAY, Running
from tests.running import running

COUNT = 12
MORNING = MONDAY + timedelta(days=1, hours=6, minutes=30)
"""Tuesday, when the first item comes."""


@pytest.fixture
def bot(tmp_path: Path, slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot with a track of lessons in two wordings each, and a term of one."""
    lessons = Lessons(tmp_path / "lessons")
    (lessons.root / "tracks/one/a.md").unlink()
    listed = [f"l{n:02}" for n in range(COUNT)]
    lessons.write("tracks/one/track.md", f"---\nid: one\ntitle: One\nitems: [{', '.join(listed)}]\n---\nA track.\n")
    for name in listed:
        lesson = LESSON.format(id=name).replace("title: A title", f"title: Lesson {name}")
        lessons.write(f"tracks/one/{name}.md", lesson)
    lessons.write("jargon/fomo.md", once(TERM).format(id="fomo", term="FOMO"))
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as started:
        started.assign("@henrik one")
        yield started


def came(bot: Running, name: str) -> PostedMessage:
    """The message that brings a lesson."""
    bot.eventually(lambda: any(f"Lesson {name}" in m.text for m in bot.slack.messages(HENRIK)), name)
    return next(m for m in reversed(bot.slack.messages(HENRIK)) if f"Lesson {name}" in m.text)


def workdays(bot: Running, count: int) -> None:
    """Answer the items of so many working days rightly, from the second on."""
    at = MORNING
    for n in range(1, count + 1):
        at += timedelta(days=3 if at.weekday() == 4 else 1)
        bot.advance(at)
        bot.tap(HENRIK, came(bot, f"l{n:02}"), "answer:1:1")


@pytest.fixture
def back(bot: Running) -> PostedMessage:
    """The first lesson was missed, and has come back below the lesson of its day."""
    bot.advance(MORNING)
    bot.tap(HENRIK, came(bot, "l00"), "answer:1:0")
    # ten working days later, twelve days have passed
    assert STEPS[0] == 12
    workdays(bot, 9)
    message = came(bot, "l09")
    bot.eventually(lambda: "Of the two?" in message.text, message.text)
    return message


def test_a_review_is_picked_then_rated_then_explained(bot: Running, back: PostedMessage) -> None:
    assert "One from last week, 15 s" in back.text
    bot.tap(HENRIK, back, "answer:2:1")
    assert "You picked the latter" in back.text
    assert back.text.count("because of that") == 1
    assert "for that reason" not in back.text
    bot.tap(HENRIK, back, "sure:2:no")
    assert "Right, and you were guessing, so it comes back soon." in back.text
    assert back.text.count("for that reason") == 1
    assert all("picked" not in m.text and "guessing" not in m.text for m in bot.slack.messages(ADMIN))


def test_a_sure_and_wrong_one_is_told_to_its_learner_alone_and_can_be_a_slip(bot: Running, back: PostedMessage) -> None:
    bot.tap(HENRIK, back, "answer:2:0")
    bot.tap(HENRIK, back, "sure:2:yes")
    assert "You were sure of this one, so it comes back first. Only you are told." in back.text
    bot.tap(HENRIK, back, "more:2", "slip")
    assert "You said that was a slip, so it counts for nothing." in back.text
    assert all("sure of this" not in m.text for m in bot.slack.messages(ADMIN))


def test_what_isnt_wanted_any_more_is_left_out_and_taken_back(bot: Running, back: PostedMessage) -> None:
    before = len(bot.slack.whispers(HENRIK))
    bot.tap(HENRIK, back, "more:2", "drop")
    bot.eventually(lambda: len(bot.slack.whispers(HENRIK)) > before)
    told = bot.slack.whispers(HENRIK)[-1]
    assert "I won't ask *Lesson l00* again." in str(told.blocks)
    bot.tap(HENRIK, told, "take_back:l00")
    assert "comes back again" in told.text


def test_a_word_that_was_explained_can_be_remembered(bot: Running) -> None:
    explained = bot.command(HENRIK, "/jargon FOMO")
    assert bot.slack.tap(HENRIK, explained, "remember:fomo") == ""
    says = "as soon as there is a second way to ask it"
    bot.eventually(lambda: any(says in m.text for m in bot.slack.whispers(HENRIK)))


def test_an_answered_lesson_can_be_remembered_from_its_menu(bot: Running) -> None:
    bot.advance(MORNING)
    message = came(bot, "l00")
    bot.tap(HENRIK, message, "answer:1:1")
    assert bot.slack.tap(HENRIK, message, "more", "remember") == ""
    says = "comes back in other words, from Sunday 15 March on"
    bot.eventually(lambda: any(says in m.text for m in bot.slack.whispers(HENRIK)))


def test_what_is_due_is_brought_on_demand(bot: Running, back: PostedMessage) -> None:
    bot.tap(HENRIK, back, "answer:2:1")
    bot.tap(HENRIK, back, "sure:2:yes")
    assert "Nothing is due today. The next one comes back from" in bot.command(HENRIK, "/learn review").text
    bot.command(HENRIK, "/learn next")
    bot.tap(HENRIK, came(bot, "l10"), "read")
    # l10 has no card: it was only read
    at = MORNING + timedelta(days=40)
    bot.advance(at)
    assert "Here comes what is due" in bot.command(HENRIK, "/learn review").text
    bot.eventually(lambda: "One from" in bot.last(HENRIK).text)
    message = bot.last(HENRIK)
    assert "Lesson" not in message.text
    bot.tap(HENRIK, message, "answer:1:1")
    bot.tap(HENRIK, message, "sure:1:yes")
    bot.eventually(lambda: message.text.count("One from") == 2, message.text)
    bot.tap(HENRIK, message, "answer:2:1")
    bot.tap(HENRIK, message, "sure:2:yes")
    assert "That's enough for today" in bot.command(HENRIK, "/learn review").text
