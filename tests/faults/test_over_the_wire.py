"""What goes wrong between the bot and Slack: nothing twice, nothing lost."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from localslack.faults import KINDS
from tests import patience
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY, Running
from tests.patience import eventually

pytestmark = pytest.mark.impatient


@pytest.fixture
def backend() -> str:
    """The wire is the same under both databases."""
    return "sqlite"


def settled(bot: Running, expected: int) -> None:
    """Tick until all deliveries are settled."""
    eventually(
        lambda: len(bot.slack.messages(HENRIK)) >= expected and not _open(bot),
        "something stayed open",
        meanwhile=bot.app.ticker.tick,
    )


def _open(bot: Running) -> int:
    with bot.app.ctx.db.read() as session:
        return int(
            session.execute(
                text("SELECT count(*) FROM delivery WHERE state IN ('due', 'claimed', 'uncertain')")
            ).scalar_one()
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_post_that_went_wrong_arrives_exactly_once(bot: Running, kind: str) -> None:
    bot.assign("@henrik speak-the-language")
    bot.slack.fault("chat.postMessage", kind, times=2, seconds=1.5 if kind == "hang" else 0.5)
    bot.tick()
    settled(bot, 1)
    assert len(bot.slack.messages(HENRIK)) == 1
    keys = [m.metadata["event_payload"]["key"] for m in bot.slack.world.posts if m.metadata]
    assert len(keys) == len(set(keys))


def test_a_page_instead_of_an_answer_is_no_refusal(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.advance(MONDAY + timedelta(minutes=5))
    settled(bot, 1)
    bot.slack.fault("chat.update", "html_200", times=2)
    # the welcome says something else once the first item has come
    bot.advance(MONDAY + timedelta(days=1, hours=2))
    eventually(lambda: not _lags(bot), "it waits as for a configuration to be mended", meanwhile=bot.app.ticker.tick)


def _lags(bot: Running) -> int:
    with bot.app.ctx.db.read() as session:
        return int(session.execute(text("SELECT count(*) FROM delivery WHERE lags_real IS NOT NULL")).scalar_one())


def test_an_answer_whose_update_fails_stands_and_the_message_catches_up(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.advance(MONDAY + timedelta(days=1, hours=2))
    message = bot.last(HENRIK)
    bot.slack.fault("chat.update", "error_500")
    new = bot.slack.world.new_response_url

    def spent(channel: str, user: str, original_ts: str | None = None) -> str:
        key = new(channel, user, original_ts)
        bot.slack.world.response_urls[key].uses = 0
        return key

    bot.slack.world.new_response_url = spent  # type: ignore[method-assign]
    assert bot.slack.tap(HENRIK, message, "answer:1:0") == ""
    eventually(lambda: "not shown to anybody else" in message.text, meanwhile=bot.app.ticker.tick)


def test_nothing_is_shown_of_a_tap_whose_commit_failed(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.advance(MONDAY + timedelta(days=1, hours=2))
    message = bot.last(HENRIK)
    before = message.text
    writer = bot.app.ctx.db.writer

    def full(connection: Connection) -> None:
        event.remove(writer, "commit", full)
        # as SQLite does by itself where the disk is full
        connection.exec_driver_sql("ROLLBACK")
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

    event.listen(writer, "commit", full)
    bot.slack.world.ack_seconds = 0.5
    assert bot.slack.tap(HENRIK, message, "answer:1:0") != ""
    eventually(lambda: any("reference" in whisper.text for whisper in bot.slack.whispers(HENRIK)), "no apology")
    # each of its threads comes here, so that all that followed is over
    pool = bot.app.bolt.low_priority
    over = Barrier(pool._max_workers + 1)
    for _ in range(pool._max_workers):
        pool.submit(over.wait)
    over.wait(patience.SECONDS)
    assert message.text == before
    bot.slack.world.ack_seconds = patience.SECONDS
    bot.tap(HENRIK, message, "answer:1:0")
    eventually(lambda: "not shown to anybody else" in message.text)


def test_when_the_database_is_away_the_tap_is_not_acknowledged_and_the_person_is_told(bot: Running) -> None:
    bot.assign("@maya speak-the-language")
    bot.advance(MONDAY + timedelta(days=1, hours=8))
    message = bot.last(MAYA)
    write = bot.app.ctx.db.write

    def broken() -> None:
        raise OSError("the disk is gone")

    # nobody acknowledges it, however long one waits
    bot.slack.world.ack_seconds = 0.5
    bot.app.ctx.db.write = broken  # type: ignore[assignment, method-assign]
    try:
        complaint = bot.slack.tap(MAYA, message, "answer:1:0")
    finally:
        bot.app.ctx.db.write = write  # type: ignore[method-assign]
        bot.slack.world.ack_seconds = patience.SECONDS
    assert complaint == "The app did not respond in time."
    bot.eventually(lambda: bot.slack.whispers(MAYA), "nobody was told")
    said = bot.slack.whispers(MAYA)[-1].text
    assert "give whoever runs me this reference" in said
    bot.tap(MAYA, message, "answer:1:0")


def test_a_bot_that_slack_hung_up_on_calls_again_and_goes_on(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.slack.fault("chat.postMessage", "reset", times=1)
    bot.tick()
    bot.slack.do(bot.slack.sockets.close())
    bot.eventually(lambda: not bot.slack.sockets.connected)
    assert "did not respond" in bot.slack.command(ADMIN, "/track list")
    bot.eventually(lambda: bot.slack.sockets.connected, "Slack hung up and the bot didn't call again")
    assert "speak-the-language" in bot.command(ADMIN, "/track list").text
    settled(bot, 1)


def test_a_tap_on_a_message_whose_reply_was_lost_is_shown_at_once(bot: Running) -> None:
    bot.assign("@henrik speak-the-language")
    bot.advance(MONDAY + timedelta(minutes=5))
    bot.slack.fault("chat.postMessage", "drop_reply")
    bot.advance(MONDAY + timedelta(days=1, hours=2))
    message = bot.last(HENRIK)
    assert _open(bot) == 1
    bot.tap(HENRIK, message, "answer:1:0")
    assert "not shown to anybody else" in message.text
    assert _open(bot) == 0
