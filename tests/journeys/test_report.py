"""The report on how far a programme has come."""

from __future__ import annotations

from tests.helpers import ADMIN, HENRIK, MAYA, Running
from tests.journeys.test_leaving import first


def test_a_report_says_month_by_month_who_began_and_finished_and_no_more(taught: Running) -> None:
    bot = taught
    bot.tap(HENRIK, first(bot, HENRIK), "answer:1:1")
    bot.to(HENRIK, "2026-04-02 12:00")
    bot.tap(MAYA, first(bot, MAYA), "read")
    said = bot.command(ADMIN, "/track report").text
    assert "Speak the language: 3 assigned, 2 started, 0 finished" in said
    assert "March 2026: 3 assigned, 1 started, 0 finished" in said
    assert "April 2026: 0 assigned, 1 started, 0 finished" in said
    assert "a week shows who has begun, and not yet whether it helped" in said
    assert "Only admins can read this: <@U0INES>." in said
    assert "the one in the middle" not in said, "nobody has finished"
    for name in (HENRIK, MAYA):
        assert name not in said
    assert bot.command(ADMIN, "/track report speak the language").text == said
    assert "There is no track" in bot.command(ADMIN, "/track report nothing").text
