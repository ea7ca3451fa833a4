"""What is behind somebody can be read again: a dialog without the question."""

from __future__ import annotations

from sqlalchemy import text

from bot.domain.questions import OneRight
from localslack.world import PostedMessage
from tests.helpers import HENRIK, TEAM, Running, one_right, words_of


def unread(bot: Running) -> PostedMessage | None:
    for message in bot.slack.messages(HENRIK):
        if "Show me" in str(message.blocks):
            bot.tap(HENRIK, message, "show_text")
    return next((m for m in bot.slack.messages(HENRIK) if "I've read it" in str(m.blocks)), None)


def first_question(bot: Running) -> OneRight:
    return one_right(bot.app.ctx.catalogue_of(TEAM).items["why-the-words-matter"])


def askings(bot: Running) -> int:
    with bot.app.ctx.db.read() as session:
        return int(session.execute(text("SELECT count(*) FROM asking")).scalar() or 0)


def test_a_lesson_can_be_read_again_in_home_and_in_the_closing_message_and_asks_nothing(taught: Running) -> None:
    assert "Lessons behind you" not in words_of(taught.home(HENRIK))
    for number in range(1, 13):
        item = taught.eventually(lambda: unread(taught), f"no item {number}")
        taught.tap(HENRIK, item, "read")
        if number < 12:
            taught.command(HENRIK, "/learn next")
    closing = taught.eventually(lambda: next((m for m in taught.slack.messages(HENRIK) if "done" in m.text[-2000:]
                                              and "read each of them again" in m.text), None))  # fmt: skip
    before = askings(taught)
    assert taught.slack.tap(HENRIK, closing, "read_again", "fomo") == ""
    said = words_of(taught.dialog(HENRIK, "Read again"))
    assert "fear of missing out" in said
    assert "To read, without its question. Nothing is recorded" in said
    assert "answer" not in str(taught.slack.modal(HENRIK))
    taught.slack.close_modal(HENRIK)
    home = taught.home(HENRIK)
    assert "Lessons behind you" in words_of(home)
    assert taught.slack.tap_view(HENRIK, home, "read_again", "why-the-words-matter") == ""
    assert "Why the words matter" in words_of(taught.dialog(HENRIK, "Read again"))
    assert askings(taught) == before


def test_what_was_answered_otherwise_at_first_opens_by_its_title(taught: Running) -> None:
    item = taught.eventually(lambda: unread(taught))
    wrong = next(n for n, choice in enumerate(first_question(taught).choices) if not choice.right)
    taught.tap(HENRIK, item, f"answer:1:{wrong}")
    taught.slack.say(HENRIK, "what did I get wrong?")
    taught.eventually(lambda: "You first chose another answer in these, latest first" in taught.last(HENRIK).text)
    before = askings(taught)
    assert taught.slack.tap(HENRIK, taught.last(HENRIK), "read_again", "why-the-words-matter") == ""
    assert "Why the words matter" in words_of(taught.dialog(HENRIK, "Read again"))
    assert askings(taught) == before


def test_what_is_still_ahead_cant_be_read_before_its_turn(taught: Running) -> None:
    taught.tap(HENRIK, taught.eventually(lambda: unread(taught)), "read")
    home = taught.home(HENRIK)
    menu = next(e for b in home["blocks"] for e in b.get("elements", []) if e.get("action_id") == "read_again")
    assert [o["value"] for o in menu["options"]] == ["why-the-words-matter"]
