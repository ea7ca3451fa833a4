"""A payload becomes one typed request; of what Slack would never send, nothing is made, and nothing is told."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import UnknownButtonError
from bot.slack.inbound.payloads import (
    Command,
    HomeEvent,
    Meaningless,
    MessageEvent,
    Shortcut,
    Submission,
    Suggestion,
    Tap,
    expect,
    read,
)

WHO: dict[str, Any] = {"team": {"id": "T1"}, "user": {"id": "U1"}}
TAP = {"type": "block_actions", **WHO, "actions": [{"action_id": "next", "action_ts": "1.2", "block_id": "me"}]}
VIEW: dict[str, Any] = {
    "id": "V1",
    "type": "modal",
    "hash": "1.h",
    "app_installed_team_id": "T2",
    "callback_id": "settings",
}


def test_the_kinds() -> None:
    assert isinstance(read(TAP), Tap)
    assert isinstance(read({"type": "view_submission", **WHO, "view": VIEW}), Submission)
    assert isinstance(read({"type": "block_suggestion", **WHO, "view": VIEW, "value": "ber"}), Suggestion)
    assert isinstance(read({"type": "message_action", **WHO, "callback_id": "explain_jargon"}), Shortcut)
    assert isinstance(read({"command": "/learn", "team_id": "T1", "user_id": "U1", "trigger_id": "1.2"}), Command)
    envelope = {"type": "event_callback", "team_id": "T1", "event_id": "E1"}
    assert isinstance(read({**envelope, "event": {"type": "message", "user": "U1"}}), MessageEvent)
    assert isinstance(read({**envelope, "event": {"type": "app_home_opened", "user": "U1"}}), HomeEvent)
    assert isinstance(read({**envelope, "event": {"type": "made_up"}}), Meaningless)
    assert isinstance(read({}), Meaningless)


def test_whose_it_is() -> None:
    tap = expect(read(TAP), Tap).caller
    assert (tap.workspace_id, tap.person_id, tap.request_id) == ("T1", "U1", "tap:U1:1.2:next")
    said = {"type": "view_submission", **WHO, "view": VIEW, "trigger_id": "t" * 100}
    submitted = expect(read(said), Submission).caller
    # where the app is, and not where the person is at home
    assert (submitted.workspace_id, submitted.request_id) == ("T2", f"submit:V1:1.h:{'t' * 80}")
    command = expect(read({"command": "/learn", "team_id": "T1", "user_id": "U1", "trigger_id": "1.2"}), Command)
    assert command.caller.request_id == "command:1.2"


def test_a_form_is_read_by_field() -> None:
    values = {"b1": {"days": {"selected_options": [{"value": "1"}, {"value": "3"}]}, "who": {"selected_users": ["U1"]}},
              "b2": {"hour": {"selected_option": {"value": "09:00"}}, "until": {"selected_date": "2026-03-02"}, "none": {}}}  # fmt: skip
    said = {"type": "view_submission", **WHO, "view": {**VIEW, "private_metadata": "o1", "state": {"values": values}}}
    form = expect(read(said), Submission).view.form
    assert form.values == {"days": ("1", "3"), "who": ("U1",), "hour": "09:00", "until": "2026-03-02", "none": None}
    assert (form.callback_id, form.view_id, form.about) == ("settings", "V1", "o1")


def test_what_is_filled_in_matters_in_a_submitted_dialog_alone() -> None:
    # an empty list is Slack's own way to say that nothing can be filled in
    home: dict[str, Any] = {"id": "V2", "type": "home", "state": {"values": []}}
    assert expect(read({**TAP, "view": home}), Tap).in_home
    said = {"type": "view_submission", **WHO, "view": {**VIEW, "state": {"values": []}}}
    assert expect(read(said), Submission).view.form.values == {}


@pytest.mark.parametrize("state", [
    5, {"values": 5}, {"values": {"b": 5}}, {"values": {"b": {"days": 5}}}, {"values": {"b": {"days": {"value": 5}}}},
])  # fmt: skip
def test_an_odd_field_is_an_empty_one(state: object) -> None:
    said = {"type": "view_submission", **WHO, "view": {**VIEW, "state": state}}
    assert expect(read(said), Submission).view.form.values.get("days") is None


SECRET = "my secret"


@pytest.mark.parametrize("odd", [
    {**TAP, "user": {"id": ""}}, {**TAP, "user": {"id": "\x00"}}, {**TAP, "user": {"id": "x" * 300}}, {**TAP, "team": None},
    {**TAP, "actions": []}, {**TAP, "actions": [{"action_id": SECRET}]}, {**TAP, "container": {"is_ephemeral": SECRET}},
    {"type": "view_submission", **WHO}, {"type": "view_submission", **WHO, "view": {**VIEW, "hash": "\n"}},
    {"command": SECRET, "team_id": "T1"}, {"type": "event_callback", "event": {"type": "message", "text": [SECRET]}},
])  # fmt: skip
def test_what_means_nothing_is_a_value_that_never_says_what_was_sent(odd: dict[str, Any]) -> None:
    found = read(odd)
    assert isinstance(found, Meaningless)
    assert SECRET not in found.why
    with pytest.raises(UnknownButtonError):
        expect(found, Tap)


def test_a_listener_is_given_its_own_kind_alone() -> None:
    with pytest.raises(UnknownButtonError):
        expect(read(TAP), Command)
