"""Who belongs to this workspace: what a profile says of it, and that no payload's ids do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground import payloads
from bot.playground.objects import COMPANY, SISTER, TEAM, Channel, Message, User
from bot.playground.seed import seed
from bot.playground.world import World
from bot.slack.desk import caller_of_event, caller_of_form, caller_of_tap
from bot.slack.gateway import profile_from

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
    ],
)
def test_an_outsider_is_whoever_it_doesnt_list(said: dict[str, Any]) -> None:
    assert profile_from(TEAM, person(**said)).foreign


@pytest.mark.parametrize("user", ["U0MAYA", "U0SOFIA", "U0LEE", "U0KIM"])
def test_whoever_asks_asks_in_the_workspace_where_the_bot_is(user: str) -> None:
    world = World()
    seed(world)
    somebody = world.users[user]
    for caller in (_tap(world, somebody), _dialog(somebody), _word(somebody)):
        assert (caller.workspace_id, caller.person_id) == (TEAM, user)


def _tap(world: World, user: User) -> Any:
    message = Message("D1", "1.1", "UBOT", "x", world.now())
    action = {"action_id": "next", "block_id": "me", "action_ts": "1.2"}
    return caller_of_tap(payloads.interaction(user, payloads.tap_in_message(Channel("D1", "dm"), message, action, {})))


def _dialog(user: User) -> Any:
    # opened in a shared channel, a dialog's `team` is where its reader is at home
    view = {"id": "V1", "app_installed_team_id": TEAM}
    said = payloads.interaction(user, payloads.submission(view))
    return caller_of_form({**said, "team": {"id": ELSEWHERE, "domain": "other"}})


def _word(user: User) -> Any:
    event = {"type": "message", "user": user.id, "team": user.team, "user_team": user.team}
    # in a channel of several workspaces the envelope may name another; where the app is stands in `authorizations`
    return caller_of_event({**payloads.event("Ev1", event), "team_id": user.team}, user.id)
