"""An admin has a whole track sent to them alone within ten minutes; nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.store import tables
from localslack import LocalSlack
from tests.helpers import ADMIN, HENRIK, MONDAY, Running
from tests.running import running


@pytest.fixture
def bot(slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot that serves the course of the tests."""
    with running(slack, url) as started:
        yield started


def rows(bot: Running) -> list[int]:
    """How many enrolments, askings and responses there are."""
    with bot.app.ctx.db.read() as session:
        counted = (tables.enrolment, tables.asking, tables.response)
        return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in counted]


def test_a_whole_track_comes_to_the_admin_alone_in_ten_minutes(bot: Running) -> None:
    track = next(iter(bot.app.ctx.catalogue_of("").tracks.values()))
    said = bot.command(ADMIN, f"/track test {track.id}")
    assert "alone over the next ten minutes" in said.text
    bot.eventually(lambda: bot.slack.messages(ADMIN), "the first didn't come")
    assert len(bot.slack.messages(ADMIN)) == 1
    bot.advance(MONDAY + timedelta(minutes=10))
    came = bot.slack.messages(ADMIN)
    assert len(came) == len(track.items)
    assert [f"{n} of {len(track.items)}" in message.text for n, message in enumerate(came, 1)] == [True] * len(came)
    assert all("A preview" in message.text for message in came)
    assert bot.slack.tap(ADMIN, came[0], "answer:1:0") == ""
    bot.eventually(lambda: "Not right" in came[0].text or "Right" in came[0].text, "no reason came")
    assert rows(bot) == [0, 0, 0]
    assert bot.slack.messages(HENRIK) == []


def test_a_track_that_isnt_there_is_asked_for(bot: Running) -> None:
    assert "Which track?" in bot.command(ADMIN, "/track test").text
    assert "test" not in [m.text for m in bot.slack.messages(ADMIN)]
    assert "admin" in bot.command(HENRIK, "/track test speak-the-language").text
