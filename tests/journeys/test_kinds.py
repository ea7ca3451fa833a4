"""Every kind and form of question, over the wire: asked, answered as people do, and explained in the same message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from localslack import LocalSlack
from localslack.world import PostedMessage
from tests.content.writing import Lessons
from tests.helpers import ADMIN, HENRIK, MONDAY, Running
from tests.journeys import kinds
from tests.journeys.kinds import WAYS, Way
from tests.running import running

FIRST_MORNING = MONDAY + timedelta(days=1, hours=6, minutes=30)


@pytest.fixture
def bot(tmp_path: Path, slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot whose one track asks in every way; half of its lessons ask first."""
    lessons = Lessons(tmp_path / "lessons")
    kinds.write(lessons, first=("happened", "several", "typed"))
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as started:
        started.assign("@henrik one")
        yield started


def came(bot: Running, lesson: str) -> PostedMessage:
    """The message that brings a lesson."""
    bot.eventually(lambda: any(f"Lesson {lesson}" in m.text for m in bot.slack.messages(HENRIK)), lesson)
    return next(m for m in bot.slack.messages(HENRIK) if f"Lesson {lesson}" in m.text)


def answered(bot: Running, way: Way) -> PostedMessage:
    """A lesson that has come is answered."""
    message = came(bot, way.lesson)
    way.act(bot, HENRIK, message)
    bot.eventually(lambda: all(part in message.text for part in way.says), f"{way.lesson}: {message.text}")
    return message


def test_every_kind_and_form_is_asked_answered_and_explained_in_place(bot: Running) -> None:
    at: datetime = FIRST_MORNING
    bot.advance(at)
    for way in WAYS:
        message = answered(bot, way)
        assert f"The text of {way.lesson}." in message.text
        assert "Your answer is not shown to anybody else here." in message.text
        # the next working day
        at += timedelta(days=3 if at.weekday() == 4 else 1)
        bot.advance(at)
    assert all("Answer" not in m.text and "wrote" not in m.text for m in bot.slack.messages(ADMIN))


def brought(bot: Running, lesson: str) -> PostedMessage:
    """This lesson is in front of Henrik: those before it are read."""
    bot.advance(FIRST_MORNING)
    for each in kinds.QUESTIONS:
        message = came(bot, each)
        if each == lesson:
            return message
        if "Show me" in str(message.blocks):
            bot.tap(HENRIK, message, "show_text")
        bot.tap(HENRIK, message, "read")
        bot.command(HENRIK, "/learn next")
    raise AssertionError(lesson)


def test_a_question_before_the_text_shows_it_in_the_same_message(bot: Running) -> None:
    message = brought(bot, "happened")
    assert "The text of happened." not in message.text
    assert "Guessing first helps it stick" in message.text
    assert "I've read it" not in str(message.blocks)
    bot.tap(HENRIK, message, "show_text")
    assert message.text.index("What happened next?") < message.text.index("The text of happened.")
    assert "I've read it" in str(message.blocks)
    bot.tap(HENRIK, message, "answer:1:1")
    assert "You chose: the story grew" in message.text


def test_an_answer_before_the_text_is_told_as_a_guess(bot: Running) -> None:
    message = brought(bot, "happened")
    bot.tap(HENRIK, message, "answer:1:1")
    assert "You guessed: the story grew" in message.text
    assert message.text.index("You guessed") < message.text.index("The text of happened.")


def test_enter_in_the_field_sends_the_answer_too(bot: Running) -> None:
    message = brought(bot, "number")
    before = message.text
    assert bot.slack.fill(HENRIK, message, "answer:1", "1,450") == ""
    assert bot.slack.press_enter(HENRIK, message, "answer:1") == ""
    bot.eventually(lambda: message.text != before)
    assert "You wrote: “1,450”" in message.text


@pytest.mark.parametrize(
    ("lesson", "text", "says"),
    [
        ("number", "", "There is no answer in the field yet."),
        ("number", "🙂🎉", "There is no answer in the field yet."),
        ("number", "quite a lot", "I look for a number in digits there"),
        ("number", "15 or 1,500", "I found more than one number there."),
        ("typed", "🙂", "There is no answer in the field yet."),
    ],
)
def test_what_cant_be_graded_is_said_to_one_person_and_counts_as_nothing(
    bot: Running, lesson: str, text: str, says: str
) -> None:
    message = brought(bot, lesson)
    if text:
        assert bot.slack.fill(HENRIK, message, "answer:1", text) == ""
    assert bot.slack.tap(HENRIK, message, "answer:1:send") == ""
    bot.eventually(lambda: any(says in m.text for m in bot.slack.whispers(HENRIK)))
    assert bot.slack.whispers(HENRIK)[-1].text.endswith("Nothing was counted.")
    assert "You wrote" not in message.text


def test_check_with_nothing_ticked_says_what_to_do(bot: Running) -> None:
    message = brought(bot, "several")
    assert bot.slack.tap(HENRIK, message, "answer:1:send") == ""
    bot.eventually(lambda: any("Nothing is ticked yet." in m.text for m in bot.slack.whispers(HENRIK)))
    assert bot.slack.tap(HENRIK, message, "answer:1", ["0", "1"]) == ""
    bot.tap(HENRIK, message, "answer:1:send")
    assert "is right." in message.text


def test_of_two_devices_the_first_answer_counts_and_the_other_is_shown_it(bot: Running) -> None:
    message = brought(bot, "several")
    assert bot.slack.tap(HENRIK, message, "answer:1", ["0", "1"]) == ""
    at_first = list(message.blocks)
    bot.tap(HENRIK, message, "answer:1:send")
    bot.quiet()
    said = message.text
    # the other device still shows the boxes
    message.blocks = at_first
    assert bot.slack.tap(HENRIK, message, "answer:1", ["2"]) == ""
    assert bot.slack.tap(HENRIK, message, "answer:1:send") == ""
    bot.eventually(lambda: message.blocks != at_first)
    assert message.text == said
    assert "Your guess is right." in said
