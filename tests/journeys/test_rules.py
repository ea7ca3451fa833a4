"""A rule: whoever is in a user group has a track, as people come and go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions.rules import look_after, not_listed, set_state
from bot.context import AppContext
from bot.domain.audience import SourceKind
from bot.domain.rules import EVERY, GroupRule, RuleState
from bot.store import audit, rules
from localslack.world import PostedMessage
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, MONDAY, TEAM, Running
from tests.journeys.test_groups import enrolled, labels
from tests.journeys.test_own_data import forget

LEADERSHIP = "S0LEADERSHIP"


@pytest.fixture
def bot(bot: Running) -> Running:
    bot.slack.world.granted |= {"usergroups:read", "channels:read"}
    members(bot, HENRIK)
    return bot


def members(bot: Running, *people: str) -> None:
    """So the group is made up from now on."""
    bot.slack.world.groups[LEADERSHIP].people = list(people)


def hours(bot: Running, number: float) -> None:
    """So many hours after Monday, and the bot has looked."""
    bot.advance(MONDAY + timedelta(hours=number))
    bot.tick()
    bot.app.sender.rest()
    bot.tick()


def rule(bot: Running) -> PostedMessage:
    """The admin makes the rule; its summary."""
    asked = bot.command(ADMIN, "/track rule @leadership speak-the-language at 09:30")
    assert "Whoever joins later gets it too. Whoever leaves keeps what they began." in asked.text
    assert labels(asked) == ["Keep it so", "Cancel"]
    before = len(bot.slack.messages(ADMIN))
    bot.tap(ADMIN, asked, "order_yes")
    bot.eventually(lambda: len(bot.slack.messages(ADMIN)) > before)
    return bot.last(ADMIN)


def news(bot: Running) -> list[str]:
    """The daily summaries of rules that the admin has."""
    return [m.text for m in bot.slack.messages(ADMIN) if "The daily summary of your rules" in m.text]


def test_whoever_joins_a_group_is_assigned_within_the_hour_and_the_admin_hears_of_it_once_a_day(bot: Running) -> None:
    assert "<@U0HENRIK>" in rule(bot).text
    hours(bot, 2)
    assert enrolled(bot) == {HENRIK}
    members(bot, HENRIK, MAYA, "U0CALBOT", "U0GONE")
    hours(bot, 3.5)
    assert enrolled(bot) == {HENRIK, MAYA}
    members(bot, AIKO, "U0CALBOT", "U0GONE")
    hours(bot, 5)
    assert enrolled(bot) == {HENRIK, MAYA, AIKO}, "who has left the group keeps what they began"
    assert news(bot) == []
    hours(bot, 26)
    (told,) = news(bot)
    assert "@leadership, Speak the language: <@U0MAYA> is new there and was assigned it." in told
    assert "<@U0AIKO> is new there" in told
    assert "not assigned, since <@U0CALBOT> is an app, not a person." in told
    assert "not assigned, since <@U0GONE> isn't known to this Slack." in told
    hours(bot, 75)
    assert len(news(bot)) == 1, "nothing happened, so nothing is said"
    with bot.app.ctx.db.read() as session:
        done = [entry.action for entry in audit.since(session, MONDAY)]
    assert done.count("rule") == 1
    assert done.count("assign by rule") == 2, "apps, and those Slack doesn't know, aren't tried hour after hour"


def test_nobody_who_left_or_was_taken_out_or_erased_is_enrolled_again(bot: Running) -> None:
    members(bot, HENRIK, MAYA, AIKO)
    rule(bot)
    bot.tap(HENRIK, bot.command(HENRIK, "/learn leave"), "quit_track:speak-the-language")
    bot.command(ADMIN, "/track remove @maya speak-the-language")
    bot.eventually(lambda: MAYA not in enrolled(bot))
    forget(bot, AIKO)
    # she is met again, and still isn't asked for
    assert bot.slack.say(AIKO, "what is reach?") == ""
    bot.quiet()
    hours(bot, 3)
    with bot.app.ctx.db.read() as session:
        assert [entry for entry in audit.since(session, MONDAY) if entry.action == "assign by rule"] == []
    asked = bot.command(ADMIN, "/track assign @aiko @leadership speak-the-language")
    assert "Not taking part, and only they can come back: <@U0AIKO>" in asked.text
    assert not enrolled(bot) & {MAYA, AIKO}


def test_a_rule_is_listed_paused_resumed_and_ended(bot: Running) -> None:
    rule(bot)
    listed = bot.command(ADMIN, "/track rules")
    assert "Whoever is in @leadership has Speak the language." in listed.text
    assert labels(listed) == ["Pause", "End"]
    bot.tap(ADMIN, listed, "rule_pause:1")
    assert labels(listed) == ["Resume", "End"]
    members(bot, HENRIK, MAYA)
    hours(bot, 3)
    assert enrolled(bot) == {HENRIK}
    bot.tap(ADMIN, listed, "rule_resume:1")
    hours(bot, 3.1)
    assert enrolled(bot) == {HENRIK, MAYA}
    bot.tap(ADMIN, listed, "rule_end:1")
    assert "There are no rules." in listed.text
    members(bot, AIKO)
    hours(bot, 9)
    assert enrolled(bot) == {HENRIK, MAYA}
    # and it can be made anew
    assert "<@U0AIKO>" in rule(bot).text


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_group_that_cant_be_seen_any_more_is_said_in_the_list_and_looked_at_again(bot: Running) -> None:
    rule(bot)
    bot.slack.world.granted.remove("usergroups:read")
    hours(bot, 2)
    assert "That needs the scope usergroups:read" in bot.command(ADMIN, "/track rule").text
    bot.slack.world.granted.add("usergroups:read")
    members(bot, MAYA)
    hours(bot, 4)
    assert enrolled(bot) == {HENRIK, MAYA}
    with bot.app.ctx.db.read() as session:
        assert [each.problem for each in rules.known(session, TEAM)] == [None]
    assert "A rule is for a user group" in bot.command(ADMIN, "/track rule @maya speak-the-language").text
    assert "Which track?" in bot.command(ADMIN, "/track rule @leadership").text
    assert "A rule takes one track" in bot.command(ADMIN, "/track rule @leadership speak-the-language restart").text


def test_a_rule_paused_while_slack_was_asked_stays_paused(ctx: AppContext) -> None:
    at = ctx.clock.business()
    made = GroupRule(
        workspace_id=TEAM,
        rule_id="r1",
        kind=SourceKind.GROUP,
        source_id=LEADERSHIP,
        name="leadership",
        track_id="abc",
        admin_id=ADMIN,
        created_at=at,
        due_at=at,
    )
    with ctx.db.write() as session:
        assert rules.add(session, made)
        set_state(session, ctx, made, RuleState.PAUSED, ADMIN)
        not_listed(session, ctx, made, "missing_scope", EVERY)
        look_after(session, ctx, made, [HENRIK])
        assert rules.due(session, at + 2 * EVERY, 5) == []
        (known,) = rules.known(session, TEAM)
    assert (known.state, known.problem) == (RuleState.PAUSED, None)
