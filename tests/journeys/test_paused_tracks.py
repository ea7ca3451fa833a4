"""A track that an admin pauses for everybody, and lets go on."""

from __future__ import annotations

import pytest

from tests.helpers import ADMIN, HENRIK, MAYA, Running, local_day, words_of
from tests.journeys.test_quiet_days import ZONE, lessons


def test_a_track_that_is_paused_for_everybody_brings_nothing_by_itself_until_it_goes_on(taught: Running) -> None:
    bot = taught
    (first,) = lessons(bot)
    bot.tap(HENRIK, first, "read")
    said = bot.command(ADMIN, "/track pause speak-the-language").text
    assert "Speak the language is paused for everybody it was assigned to" in said.replace("*", "")
    assert bot.command(ADMIN, "/track pause speak-the-language").text == said
    bot.tick()
    home = words_of(bot.home(HENRIK)).replace("*", "")
    assert "Your company has paused Speak the language for everybody. Nothing is lost" in home
    mayas = len(bot.slack.messages(MAYA))
    bot.to(HENRIK, "2026-03-09 18:00")
    assert len(lessons(bot)) == 1
    assert len(bot.slack.messages(MAYA)) == mayas, "her open lesson isn't reminded of either"
    assert bot.slack.command(HENRIK, "/learn next") == ""
    bot.eventually(lambda: len(lessons(bot)) == 2)
    bot.tap(HENRIK, lessons(bot)[1], "read")
    assert "Paused for everybody: Speak the language." in bot.command(ADMIN, "/track pause").text.replace("*", "")
    assert "goes on: each person's next lesson" in bot.command(ADMIN, "/track resume speak-the-language").text
    bot.tick()
    bot.to(HENRIK, "2026-03-10 18:00")
    assert [local_day(m, ZONE).day for m in lessons(bot)] == [3, 9, 10]
    assert "No track is paused." in bot.command(ADMIN, "/track resume").text
    assert "wasn't paused" in bot.command(ADMIN, "/track resume speak-the-language").text


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_track_somebody_started_by_themselves_goes_on(bot: Running) -> None:
    shown = bot.command(HENRIK, "/learn start speak-the-language")
    assert bot.slack.tap(HENRIK, shown, "begin") == ""
    bot.eventually(lambda: lessons(bot))
    bot.tap(HENRIK, lessons(bot)[0], "read")
    bot.command(ADMIN, "/track pause speak-the-language")
    bot.tick()
    bot.to(HENRIK, "2026-03-03 18:00")
    assert len(lessons(bot)) == 2
    assert "There is no track" in bot.command(ADMIN, "/track pause nothing").text
