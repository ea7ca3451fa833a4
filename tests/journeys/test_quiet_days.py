"""Quiet days: an admin sets them for everybody, and takes them back."""

from __future__ import annotations

import pytest

from localslack.world import PostedMessage
from tests.helpers import ADMIN, HENRIK, Running, local_day, words_of

ZONE = "Europe/Copenhagen"


def lessons(bot: Running) -> list[PostedMessage]:
    """The lessons that Henrik has."""
    return [m for m in bot.slack.messages(HENRIK) if " of 12" in m.text]


def test_on_quiet_days_nothing_comes_by_itself_and_what_is_asked_for_does(taught: Running) -> None:
    bot = taught
    (first,) = lessons(bot)
    bot.tap(HENRIK, first, "read")
    said = bot.command(ADMIN, "/track quiet 4 march to 2026-03-09")
    assert "Quiet: Wednesday 4 March to Monday 9 March." in said.text
    bot.tick()
    home = words_of(bot.home(HENRIK))
    assert "on Tuesday 10 March at" in home
    assert "Your company has quiet days Wednesday 4 March to Monday 9 March." in home
    bot.to(HENRIK, "2026-03-06 18:00")
    assert len(lessons(bot)) == 1
    assert bot.slack.command(HENRIK, "/learn next") == ""
    bot.eventually(lambda: len(lessons(bot)) == 2)
    bot.tap(HENRIK, lessons(bot)[1], "read")
    # one day earlier than was said
    listed = bot.command(ADMIN, "/track quiet")
    bot.tap(ADMIN, listed, "quiet_end:1")
    assert "There are no quiet days ahead." in listed.text
    bot.tick()
    bot.to(HENRIK, "2026-03-09 18:00")
    assert [local_day(m, ZONE).day for m in lessons(bot)] == [3, 6, 9]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_days_that_cant_be_are_said_with_what_helps(bot: Running) -> None:
    for typed, says in (
        ("10 march to 4 march", "comes before"),
        ("2026-02-27", "has passed"),
        ("1 april to 31 december", "more than 92 days"),
        ("01/04/2026 to 05/04/2026", "Write it like"),
        ("soonish", "isn't a date I can read"),
    ):
        answer = bot.command(ADMIN, f"/track quiet {typed}").text
        assert says in answer, answer
        assert "For example: /track quiet 21 december to 2 january." in answer
    assert "Quiet: Friday 27 March." in bot.command(ADMIN, "/track quiet 27 march").text
