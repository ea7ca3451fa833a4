"""The report on how far a programme has come."""

from __future__ import annotations

from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, Running, words_of
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
    assert "Half of those who finished" not in said, "nobody has finished"
    for name in (HENRIK, MAYA):
        assert name not in said
    of_one = bot.command(ADMIN, "/track report speak the language").text
    assert said == f"3 people are assigned something.\n\n{of_one}", "one track's people are in its own line"
    assert "There is no track" in bot.command(ADMIN, "/track report nothing").text


def test_an_admins_home_leads_to_the_rules_and_the_report(taught: Running) -> None:
    bot = taught
    bot.home(ADMIN)
    for action, says in (("report", "Speak the language: 3 assigned"), ("rules", "There are no rules")):
        assert bot.slack.tap_view(ADMIN, bot.slack.home(ADMIN) or {}, action) == ""
        bot.eventually(lambda says=says: says in plain(words_of(bot.slack.modal(ADMIN) or {})))  # type: ignore[misc]
        bot.slack.close_modal(ADMIN)


def plain(text: str) -> str:
    return text.replace("*", "")


def test_a_note_for_those_who_havent_begun_is_the_admins_to_send(taught: Running) -> None:
    bot = taught
    bot.tap(HENRIK, first(bot, HENRIK), "read")
    shown = bot.command(ADMIN, "/track status speak the language")
    before = {person: len(bot.slack.messages(person)) for person in (MAYA, AIKO)}
    whispered = len(bot.slack.whispers(ADMIN))
    assert bot.slack.tap(ADMIN, shown, "note") == ""
    bot.eventually(lambda: len(bot.slack.whispers(ADMIN)) > whispered)
    note = bot.slack.whispers(ADMIN)[-1].text
    assert "Not begun yet:" in note
    assert HENRIK not in note
    assert "“Speak the language” is waiting in your messages" in note
    bot.quiet()
    assert before == {person: len(bot.slack.messages(person)) for person in (MAYA, AIKO)}, "nobody is written to"
