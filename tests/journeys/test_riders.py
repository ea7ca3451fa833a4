"""The one extra line of a message, and *Something's wrong here*, over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.rider import Comfort, Moment, Worth
from bot.store import error_reports, tables
from localslack.world import PostedMessage
from tests.helpers import ADMIN, HENRIK, MONDAY, TEAM, Running, words_of

FRIDAY = 4
WORTH = "Was this one worth your minute?"


@pytest.fixture
def taught(bot: Running) -> Running:
    """Henrik has the first track, and his first lesson on Tuesday."""
    bot.assign("@henrik speak-the-language")
    bot.advance(MONDAY + timedelta(days=1, hours=2))
    return bot


def item(bot: Running) -> PostedMessage:
    """The latest message with an item."""
    found = next((m for m in reversed(bot.slack.messages(HENRIK)) if "1 min ·" in m.text), None)
    assert found is not None
    return found


def days_until_asked(bot: Running) -> PostedMessage:
    """Read an item a working day, until one is asked about; its message."""
    at = MONDAY + timedelta(days=1, hours=2)
    # the first of a track asks something else
    for _ in range(5):
        message = item(bot)
        assert WORTH not in message.text
        if "'show_text'" in str(message.blocks):
            bot.tap(HENRIK, message, "show_text")
        bot.tap(HENRIK, message, "read")
        if WORTH in message.text:
            return message
        at += timedelta(days=1 if at.weekday() < FRIDAY else 3)
        bot.advance(at)
    raise AssertionError("none of five was asked about")


def test_whether_an_item_was_worth_the_minute_is_asked_below_it_and_said_once(taught: Running) -> None:
    message = days_until_asked(taught)
    as_it_was = list(message.blocks)
    taught.tap(HENRIK, message, "worth:no")
    assert "Noted: not worth your minute. Thank you." in message.text
    assert WORTH not in message.text
    # another device still shows the question
    message.blocks = as_it_was
    taught.tap(HENRIK, message, "worth:yes")
    assert "Noted: not worth your minute." in message.text
    with taught.app.ctx.db.read() as session:
        riders = session.execute(tables.delivery.select().where(tables.delivery.c.rider.is_not(None))).all()
    assert [row.rider for row in riders if isinstance(row.rider, Worth)] == [Worth(said=False)]


def wrong(bot: Running, sentence: str) -> None:
    """Say that something is wrong in the item."""
    assert bot.slack.tap(HENRIK, item(bot), "more", "wrong") == ""
    bot.eventually(lambda: (bot.slack.modal(HENRIK) or {}).get("callback_id") == "wrong", "no dialog")
    assert bot.slack.submit(HENRIK, {"f_wrong": sentence}) == ""


@pytest.mark.parametrize("transport", ["socket", "http"])
def test_something_wrong_reaches_the_admins_without_a_name(taught: Running) -> None:
    wrong(taught, "The date is a *year* off.")
    assert "Thank you. It is with the admins now" in words_of(taught.slack.modal(HENRIK) or {})
    wrong(taught, "")
    home = words_of(taught.home(ADMIN))
    assert "2 times somebody said that something is wrong in" in home
    assert "The date is a" in home
    with taught.app.ctx.db.read() as session:
        reports = error_reports.open_in(session, TEAM)
    assert sorted(report.sentence for report in reports) == ["", "The date is a *year* off."]
    assert not {HENRIK, "Henrik"} & {str(value) for report in reports for value in vars(report).values()}
    assert "something is wrong" not in words_of(taught.home(HENRIK))


def test_an_admin_settles_what_is_wrong_for_all_admins(taught: Running) -> None:
    wrong(taught, "The date is a year off.")
    home = taught.home(ADMIN)
    settle = next(e["action_id"] for b in home["blocks"] for e in b.get("elements", []) if "wrong_settled" in str(e))
    # what came since is not settled with it
    wrong(taught, "And the name.")
    taught.tap_home(ADMIN, settle)
    home = taught.slack.home(ADMIN) or {}
    assert "And the name." in words_of(home)
    assert "The date" not in words_of(home)


def test_a_sentence_that_is_too_long_is_told_so_at_its_field_and_nothing_is_lost(taught: Running) -> None:
    assert taught.slack.tap(HENRIK, item(taught), "more", "wrong") == ""
    taught.eventually(lambda: taught.slack.modal(HENRIK) is not None, "no dialog")
    slack = taught.slack
    slack.submit(HENRIK, {"f_wrong": "x" * 301})
    assert "at most 300 characters" in slack.modal_errors(HENRIK)["f_wrong"]
    assert slack.submit(HENRIK, {"f_wrong": "Once."}) == ""
    with taught.app.ctx.db.read() as session:
        assert [report.sentence for report in error_reports.open_in(session, TEAM)] == ["Once."]


def test_how_comfortable_somebody_is_is_asked_at_the_start_the_end_and_sixty_days_later(taught: Running) -> None:
    message = item(taught)
    assert "How comfortable would you be discussing Speak the language topics with your board?" in message.text
    as_it_was = list(message.blocks)
    taught.tap(HENRIK, message, "comfort:2")
    assert "Noted: 2 of 5. Nobody is shown who says what." in message.text
    message.blocks = as_it_was
    taught.tap(HENRIK, message, "comfort:5")
    assert "Noted: 2 of 5." in message.text
    with taught.app.ctx.db.read() as session:
        said = session.execute(tables.delivery.select().where(tables.delivery.c.rider.is_not(None))).all()
    assert [row.rider for row in said] == [Comfort("speak-the-language", Moment.START, 2)]
    assert "2 of 5" not in words_of(taught.home(ADMIN))
