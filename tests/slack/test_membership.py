"""Who belongs to this workspace: what a profile says of it, and that no payload's ids do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.inbound.payloads import MessageEvent, Shortcut, Submission, Tap, expect, read
from bot.slack.outbound.user_object import profile_from, profile_told
from localslack import payloads
from localslack.objects import COMPANY, SISTER, TEAM, Channel, PostedMessage, User
from localslack.seed import seed
from localslack.world import World

ELSEWHERE = "T0OTHER"


def person(**said: Any) -> dict[str, Any]:
    return {"id": "U1", "profile": {"display_name": "Somebody"}, **said}


@pytest.mark.parametrize(
    "said",
    [
        {"team_id": TEAM},
        {"team_id": TEAM, "is_stranger": False},
        {"team_id": None},
        {},
        {"team_id": SISTER, "is_stranger": False, "enterprise_user": {"teams": [SISTER, TEAM]}},
        {"team_id": None, "is_stranger": False, "enterprise_user": {"teams": [SISTER, TEAM]}},
        {"team_id": COMPANY["id"], "enterprise_user": {"teams": [TEAM]}},
        {"team_id": TEAM, "enterprise_user": {"teams": []}},
        {"team_id": TEAM, "enterprise_user": {}},
        {"teams": [SISTER, TEAM]},
        {"team_id": SISTER, "teams": [SISTER, TEAM]},
    ],
)
def test_a_member_is_whom_the_profile_lists_in_this_workspace(said: dict[str, Any]) -> None:
    assert not profile_from(TEAM, person(**said)).foreign


@pytest.mark.parametrize(
    "said",
    [
        {"team_id": TEAM, "is_stranger": True},
        {"team_id": ELSEWHERE, "is_stranger": True},
        {"team_id": ELSEWHERE, "is_stranger": False},
        {"team_id": ELSEWHERE},
        {"team_id": ELSEWHERE, "enterprise_user": {"teams": [ELSEWHERE]}},
        {"team_id": SISTER, "is_stranger": False, "enterprise_user": {"teams": [SISTER]}},
        {"team_id": None, "is_stranger": False, "enterprise_user": {"teams": [SISTER]}},
        {"teams": [SISTER]},
    ],
)
def test_an_outsider_is_whoever_it_doesnt_list(said: dict[str, Any]) -> None:
    assert profile_from(TEAM, person(**said)).foreign


@pytest.mark.parametrize(
    ("said", "presumed"),
    [
        ({"team_id": TEAM}, False), ({"team_id": SISTER}, True), ({"team_id": None}, True), ({"team_id": ""}, True), ({}, True),
        ({"team_id": SISTER, "enterprise_user": {}}, True), ({"team_id": SISTER, "enterprise_user": {"teams": [SISTER, TEAM]}}, False),
        ({"team_id": SISTER, "enterprise_user": {"teams": [SISTER]}}, False), ({"team_id": ELSEWHERE, "is_stranger": True}, False),
        ({"team_id": ELSEWHERE, "is_stranger": False}, True), ({"teams": [SISTER, TEAM]}, False),
    ],
)  # fmt: skip
def test_an_event_that_leaves_out_the_workspaces_of_a_person_says_nothing_of_belonging(
    said: dict[str, Any], presumed: bool
) -> None:
    assert profile_told(TEAM, person(**said)).presumed is presumed
    assert not profile_from(TEAM, person(**said)).presumed


@pytest.mark.parametrize("user", ["U0MAYA", "U0SOFIA", "U0LEE", "U0KIM"])
def test_whoever_asks_asks_in_the_workspace_where_the_bot_is(user: str) -> None:
    world = World()
    seed(world)
    somebody = world.users[user]
    for caller in (_tap(world, somebody), _shortcut(world, somebody), _dialog(somebody), _word(somebody)):
        assert (caller.workspace_id, caller.person_id) == (TEAM, user)


@pytest.mark.parametrize("user", ["U0SOFIA", "U0LEE"])
def test_a_shortcut_that_names_another_workspace_is_that_ones_as_a_tap_is(user: str) -> None:
    # where the app isn't installed, which is answered so; another installation of it is another bot's business
    world = World()
    seed(world)
    callers = [made(world, world.users[user], ELSEWHERE) for made in (_tap, _shortcut)]
    assert [(c.workspace_id, c.person_id) for c in callers] == [(ELSEWHERE, user)] * 2


def _tap(world: World, user: User, team: str = TEAM) -> Any:
    message = PostedMessage(channel="D1", ts="1.1", user="UBOT", text="x", business=world.now())
    action = {"action_id": "next", "block_id": "me", "action_ts": "1.2"}
    tapped = payloads.tap_in_message(Channel(id="D1", name="dm"), message, action, {})
    return expect(read({**payloads.interaction(user, tapped), "team": {"id": team}}), Tap).caller


def _shortcut(world: World, user: User, team: str = TEAM) -> Any:
    # of a message by somebody else, in a channel that several workspaces share
    message = PostedMessage(channel="C1", ts="1.1", user="U0ELSEWHERE", text="viral", business=world.now())
    chosen = payloads.shortcut(Channel(id="C1", name="shared"), message, "explain_jargon")
    said = {**payloads.interaction(user, chosen, trigger_id="1.2"), "team": {"id": team}}
    return expect(read(said), Shortcut).caller


def _dialog(user: User) -> Any:
    # opened in a shared channel, a dialog's `team` is where its reader is at home
    view = {"id": "V1", "app_installed_team_id": TEAM}
    said = payloads.interaction(user, payloads.submission(view))
    return expect(read({**said, "team": {"id": ELSEWHERE, "domain": "other"}}), Submission).caller


def _word(user: User) -> Any:
    event = {"type": "message", "user": user.id, "team": user.team, "user_team": user.team}
    # in a channel of several workspaces the envelope may name another; where the app is stands in `authorizations`
    return expect(read({**payloads.event("Ev1", event), "team_id": user.team}), MessageEvent).caller_of(user.id)
