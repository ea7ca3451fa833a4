"""Admins appoint others, and can read what each of them did."""

from __future__ import annotations

import pytest

from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, Running, words_of
from tests.journeys.test_groups import labels


def test_an_admin_appoints_another_who_can_do_the_same_until_that_is_taken_back(bot: Running) -> None:
    refused = bot.command(HENRIK, "/track status").text
    listed = bot.command(ADMIN, "/track admins @henrik")
    assert "By the setting of whoever runs me: <@U0INES>." in listed.text
    assert "Appointed here: <@U0HENRIK>." in listed.text
    assert bot.command(HENRIK, "/track status").text != refused
    assert bot.slack.say(MAYA, "who sees this?") == ""
    # whoever sees what is named to those it is about
    bot.eventually(lambda: "<@U0HENRIK>" in bot.last(MAYA).text)
    assert "Assign" in words_of(bot.home(HENRIK))
    bot.command(HENRIK, "/track assign @maya speak-the-language")
    bot.eventually(lambda: any("is assigned to <@U0MAYA>" in m.text for m in bot.slack.messages(HENRIK)))
    again = bot.command(HENRIK, "/track admins @aiko")
    assert labels(again) == ["Remove as admin", "Remove as admin"]
    bot.tap(ADMIN, listed, "dismiss:1")
    assert "<@U0AIKO>" in listed.text
    assert "<@U0HENRIK>" not in listed.text
    assert bot.command(HENRIK, "/track status").text == refused
    assert bot.command(AIKO, "/track admins").text == bot.command(ADMIN, "/track admins").text


@pytest.mark.parametrize("backend", ["sqlite"])
def test_who_cant_be_an_admin_is_said_so(bot: Running) -> None:
    bot.assign("@tom speak-the-language")
    assert "<@U0TOM> has a deactivated account, and can't be an admin." in bot.command(ADMIN, "/track admins @tom").text
    assert "Name one person" in bot.command(ADMIN, "/track admins @maya @henrik").text
    assert "Name one person" in bot.command(ADMIN, "/track admins please").text


def test_what_admins_did_is_shown_and_comes_as_a_file(bot: Running) -> None:
    bot.slack.world.granted.add("files:write")
    bot.assign("@maya speak-the-language")
    bot.command(HENRIK, "/track list")
    bot.command(ADMIN, "/track admins @aiko")
    shown = bot.command(ADMIN, "/track audit")
    assert "<@U0INES>: appoint, <@U0AIKO>" in shown.text
    assert "refused" not in shown.text, "what a colleague tried is nobody's to read here"
    assert "<@U0INES>: assign speak-the-language: <@U0MAYA>" in shown.text
    assert bot.slack.tap(ADMIN, shown, "audit_file") == ""
    sent = bot.eventually(lambda: [file for m in bot.slack.messages(ADMIN) for file in m.files])
    lines = sent[0].content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Instant (UTC),Who,What,About"
    assert any(line.endswith("U0INES,appoint,U0AIKO") for line in lines)
