"""An admin names a user group, a channel or a list: everybody in it is assigned, after a look."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.messages import dialogs
from bot.store import audit, tables
from bot.store.database import Database
from localslack import LocalSlack
from localslack.objects import Channel, UserGroup
from localslack.world import BOT_USER, GENERAL, PostedMessage
from tests import patience
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, MONDAY, Running, words_of
from tests.journeys.test_processes import ROOT, environment_for, eventually, serving

LARGE = 400


@pytest.fixture
def bot(bot: Running) -> Running:
    bot.slack.world.granted |= {"usergroups:read", "channels:read", "groups:read"}
    return bot


def labels(message: PostedMessage) -> list[str]:
    return [e["text"]["text"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def enrolled(bot: Running) -> set[str]:
    """Who has the track."""
    of = tables.enrolment.c
    with bot.app.ctx.db.read() as session:
        return set(session.execute(select(of.learner_id).where(of.removed_at.is_(None))).scalars())


def go(bot: Running, asked: PostedMessage) -> PostedMessage:
    """Tap what the look offers; the summary."""
    before = len(bot.slack.messages(ADMIN))
    bot.tap(ADMIN, asked, "order_yes")
    bot.eventually(lambda: len(bot.slack.messages(ADMIN)) > before, "no summary")
    return bot.last(ADMIN)


def test_a_user_group_is_looked_at_then_assigned_and_taken_back(bot: Running) -> None:
    bot.assign("@maya speak-the-language")
    asked = bot.command(ADMIN, "/track assign @leadership speak-the-language at 09:30")
    assert "@leadership: 3 people." in asked.text
    assert "2 people get Speak the language: <@U0HENRIK> and <@U0AIKO>." in asked.text
    assert "From the next learning day at 09:30 their time." in asked.text
    assert "Already has it, and stays as it is: <@U0MAYA>." in asked.text
    assert "12 messages for each, one a learning day, and a welcome for each: 26 in all." in asked.text
    assert labels(asked) == ["Assign 2 people", "Cancel"]
    assert enrolled(bot) == {MAYA}
    summary = go(bot, asked)
    assert "is assigned to <@U0HENRIK> and <@U0AIKO>, at 09:30 their time." in summary.text
    assert enrolled(bot) == {MAYA, HENRIK, AIKO}
    with bot.app.ctx.db.read() as session:
        assert "assign speak-the-language (group leadership)" in str(audit.since(session, MONDAY)[-1])
    bot.tap(ADMIN, summary, "undo")
    bot.eventually(lambda: enrolled(bot) == {MAYA})


def fill_in(bot: Running, written: str, **more: object) -> None:
    bot.asks_for_dialog(ADMIN, "/track", "Assign a track")
    given = {dialogs.PASTED: written, dialogs.TRACK: "speak-the-language", **more}
    assert bot.slack.submit(ADMIN, given) == ""  # type: ignore[arg-type]


def test_the_form_takes_groups_channels_people_and_a_list_in_one_field(bot: Running) -> None:
    bot.slack.world.channels[GENERAL].people = [HENRIK, BOT_USER]
    fill_in(bot, "@leadership, #general and @tom\nU0HENRIK", **{dialogs.PEOPLE: [AIKO]})
    asked = words_of(bot.dialog(ADMIN, "Assign this?"))
    assert "The user group and the channel: 4 people." in asked
    assert "4 people get *Speak the language*" in asked
    assert "<@U0MAYA>" in asked
    assert enrolled(bot) == set()
    assert bot.slack.submit(ADMIN) == ""
    summary = bot.eventually(lambda: [m for m in bot.slack.messages(ADMIN) if "is assigned to" in m.text])[-1]
    assert "<@U0TOM> has a deactivated account" in summary.text
    assert enrolled(bot) == {MAYA, HENRIK, AIKO}


def test_a_form_whose_group_cant_be_read_says_which_scope_is_missing(bot: Running) -> None:
    bot.slack.world.granted -= {"usergroups:read"}
    fill_in(bot, "@leadership")
    said = bot.eventually(
        lambda: "usergroups:read" in words_of(bot.slack.modal(ADMIN) or {}) and bot.slack.modal(ADMIN)
    )
    assert "paste" in words_of(said).lower()
    assert enrolled(bot) == set()


def test_words_that_name_nobody_are_said_at_the_field(bot: Running) -> None:
    eleven = {f"S0G{n}": UserGroup(id=f"S0G{n}", handle=f"group{n}", people=[]) for n in range(11)}
    bot.slack.world.groups |= eleven
    fill_in(bot, " ".join(f"@{group.handle}" for group in eleven.values()))
    assert "more than 10 groups" in bot.slack.modal_errors(ADMIN)[dialogs.PASTED]
    bot.slack.close_modal(ADMIN)
    fill_in(bot, "@leadership @channel")
    assert "channel" in bot.slack.modal_errors(ADMIN)[dialogs.PASTED]
    bot.slack.close_modal(ADMIN)
    fill_in(bot, "@leaders and #nowhere")
    assert "“@leaders” is no member ID" in bot.slack.modal_errors(ADMIN)[dialogs.PASTED]


def test_of_a_channels_members_apps_and_those_who_left_are_named_with_the_reason(bot: Running) -> None:
    world = bot.slack.world
    world.channels[GENERAL].people = [HENRIK, "U0CALBOT", "U0TOM", "U0LEE", BOT_USER]
    asked = bot.command(ADMIN, "/track assign #general @aiko speak-the-language")
    assert "#general: 5 people." in asked.text
    assert "5 of them are new to me" in asked.text
    summary = go(bot, asked)
    for said in (
        "<@U0CALBOT> is an app",
        "<@U0TOM> has a deactivated account",
        "<@U0LEE> belongs to another workspace",
    ):
        assert said in summary.text
    assert enrolled(bot) == {HENRIK, AIKO}
    # they are known now, so that a second look says so before anything goes
    again = bot.command(ADMIN, "/track assign #general speak-the-language")
    assert "Left out: <@U0CALBOT> is an app, not a person." in again.text
    assert "nobody for whom that would change anything" in again.text
    assert labels(again) == []


def test_a_track_is_taken_away_from_everybody_in_a_group_after_a_look(bot: Running) -> None:
    bot.assign("@maya @henrik speak-the-language")
    asked = bot.command(ADMIN, "/track remove @leadership speak-the-language")
    assert "Speak the language is taken away from 2 people: <@U0MAYA> and <@U0HENRIK>." in asked.text
    assert labels(asked) == ["Take it away from 2 people", "Cancel"]
    bot.tap(ADMIN, asked, "order_no")
    assert enrolled(bot) == {MAYA, HENRIK}
    go(bot, bot.command(ADMIN, "/track remove @leadership speak-the-language"))
    assert enrolled(bot) == set()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_slack_doesnt_tell_is_said_with_what_helps(bot: Running) -> None:
    world = bot.slack.world
    world.groups["S0OLD"] = UserGroup(id="S0OLD", handle="old")
    world.channels["C0BOARD"] = Channel(id="C0BOARD", name="board", people=[HENRIK], private=True)
    assert "nobody in @old but me" in bot.command(ADMIN, "/track assign @old speak-the-language").text
    assert "has to invite me first" in bot.command(ADMIN, "/track assign #board speak-the-language").text
    world.groups["S0OLD"].people = [f"U0P{n:04}" for n in range(1001)]
    assert "more than 1,000 people" in bot.command(ADMIN, "/track assign @old speak-the-language").text
    world.granted -= {"usergroups:read", "groups:read"}
    said = bot.command(ADMIN, "/track assign @leadership speak-the-language").text
    assert "I may not see who is in @leadership. That needs the scope usergroups:read" in said
    assert "paste their member IDs" in said
    assert "for a private channel groups:read" in bot.command(ADMIN, "/track assign #board speak-the-language").text
    assert enrolled(bot) == set()
    # and the list that is pasted instead
    bot.assign("U0HENRIK, U0AIKO; U0MAYA speak-the-language")
    assert enrolled(bot) == {MAYA, HENRIK, AIKO}


@pytest.mark.parametrize("backend", ["sqlite"])
def test_four_hundred_in_a_group_are_assigned_once_though_the_bot_is_killed_halfway(
    slack: LocalSlack, url: str, tmp_path: Path
) -> None:
    slack.begin_at(MONDAY)
    world = slack.world
    world.granted.add("usergroups:read")
    people = [f"U0P{n:04}" for n in range(LARGE)]
    world.users |= {p: replace(world.users[HENRIK], id=p, handle=p.lower(), shown=False) for p in people}
    world.groups["S0ALL"] = UserGroup(id="S0ALL", handle="all-leaders", people=people)
    environment = {
        **environment_for(slack, url),
        "PYTHONPATH": str(ROOT),
        "MISSINGLINK_TIER_SHARE": "100",
    }
    database = Database(url)

    def done() -> int:
        with database.read() as session:
            return len(session.execute(select(tables.effect.c.learner_id)).all())

    command = [sys.executable, "-m", "bot", "serve"]
    with serving(command, tmp_path, environment) as process:
        eventually(lambda: slack.sockets.connected, process)
        assert slack.command(ADMIN, "/track assign @all-leaders speak-the-language") == ""
        eventually(lambda: slack.whispers(ADMIN), process)
        asked = slack.whispers(ADMIN)[-1]
        assert "400 people get Speak the language" in asked.text
        assert slack.tap(ADMIN, asked, "order_yes") == ""
        eventually(lambda: done() > LARGE / 4, process)
        process.kill()
        process.communicate()
    halfway = done()
    assert LARGE / 4 < halfway < LARGE
    patience.eventually(lambda: not slack.sockets.connected)
    with database.write() as session:
        # as two minutes later, when whoever had claimed it has it no more
        session.execute(update(tables.order).values(open_real=tables.order.c.created_at))
    with serving(command, tmp_path, environment) as process:
        eventually(lambda: any("assigned to" in m.text for m in slack.messages(ADMIN)), process)
    assert process.returncode == 0, "its welcomes were still going out when it was told to end"
    assert done() == LARGE
    assert len([m for m in slack.messages(ADMIN) if "assigned to" in m.text]) == 1
    with database.read() as session:
        assert len(session.execute(select(tables.enrolment.c.learner_id)).all()) == LARGE
    database.close()
