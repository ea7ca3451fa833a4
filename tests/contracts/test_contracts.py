"""The contracts themselves: pinned, telling, no looser than they must be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contracts import check
from tests.contracts.exceptions import EXEMPT, Exempt, covers, excused
from tests.contracts.required import REQUIRED, missing
from tests.contracts.samples import ANSWERS, BLOCKS, MODAL, OPTION, PLAIN, SENT, patched
from tests.contracts.schemas import complaints

HERE = Path(__file__).parent
TYPES = {
    "block_actions": "BlockAction",
    "a tap in a view": "BlockAction",
    "view_submission": "ViewSubmitAction",
    "app_home_opened": "SlackEvent",
    "app_uninstalled": "SlackEvent",
}


def said(check_it: Any, *payload: Any) -> str:
    """What a check complains of."""
    with pytest.raises(AssertionError) as caught:
        check_it(*payload)
    return str(caught.value)


def test_the_schemas_were_made_from_the_versions_that_are_pinned() -> None:
    pinned = json.loads((HERE / "package.json").read_text())["dependencies"]
    assert json.loads((HERE / "schemas/versions.json").read_text()) == pinned
    assert all(version[0].isdigit() for version in pinned.values()), "only exact versions"


@pytest.mark.parametrize("name", SENT)
def test_what_the_documentation_shows_is_let_pass(name: str) -> None:
    check.check_sent(*SENT[name])


@pytest.mark.parametrize("name", SENT)
def test_every_key_that_must_be_there_is_missed(name: str) -> None:
    kind, payload = SENT[name]
    for key in {"token", "user", "api_app_id", "user_id", "event"} & payload.keys():
        lacking = {k: v for k, v in payload.items() if k != key}
        assert f'"{key}" is a required property' in said(check.check_sent, kind, lacking)


@pytest.mark.parametrize("method", REQUIRED)
def test_every_method_has_an_answer_that_passes_and_misses_each_required_key(method: str) -> None:
    check.check_response(method, ANSWERS[method])
    for key in REQUIRED[method]:
        assert list(missing({"ok": True}, (key,)))
    assert len(list(missing({"ok": True}, REQUIRED[method]))) == len(REQUIRED[method])


def test_a_tap_in_a_channel_says_where_to_answer() -> None:
    payload = {k: v for k, v in SENT["block_actions"][1].items() if k != "response_url"}
    assert "/response_url: is missing" in said(check.check_action, payload)


def test_a_refusal_has_a_code() -> None:
    check.check_response("chat.shout", {"ok": False, "error": "unknown_method"})
    assert "/error" in said(check.check_response, "auth.test", {"ok": False})
    assert "Additional properties" in said(check.check_response, "auth.test", {"ok": False, "error": "x", "why": "y"})
    assert "no contract" in said(check.check_response, "chat.shout", {"ok": True})


def test_a_misspelt_argument_is_told() -> None:
    check.check_arguments("chat.postMessage", {"channel": "D1", "text": "x", "blocks": BLOCKS, "unfurl_links": "false"})
    check.check_arguments("views.open", {"trigger_id": "1.2.a", "view": MODAL})
    check.check_arguments("apps.connections.open", {})
    assert "/unfurl_link: isn't" in said(check.check_arguments, "chat.postMessage", {"unfurl_link": "false"})
    assert "/view/type" in said(check.check_arguments, "views.open", {"view": {"type": "modul"}})


def test_an_answer_to_a_tap_says_something_or_takes_the_original_away() -> None:
    check.check_said({"replace_original": True, "text": "x", "blocks": BLOCKS})
    check.check_said({"delete_original": True})
    assert "says nothing" in said(check.check_said, {"replace_original": True})


def test_a_deactivated_person_may_have_fewer_fields_than_an_active_one() -> None:
    bare = {"id": "U1", "team_id": "T1", "name": "m", "deleted": True, "profile": {}, "is_bot": False, "updated": 1}
    answer = {"ok": True, "user": {**bare, "is_app_user": False}}
    check.check_response("users.info", answer)
    assert "/user/tz: is missing" in said(check.check_response, "users.info", patched(answer, "/user/deleted", False))


def test_a_wrong_block_is_told_what_its_own_kind_lacks() -> None:
    wrong = patched({"b": BLOCKS}, "/b/1/elements/0", {"type": "button", "action_id": "go", "lable": "Go"})["b"]
    told = said(check.check_blocks, wrong)
    assert told.splitlines()[1:] == [
        '  /1/elements/0: "text" is a required property',
        "  /1/elements/0: Additional properties are not allowed ('lable' was unexpected)",
    ]
    assert "/0/type" in said(check.check_blocks, [{"type": "sectoin"}])
    assert "must be an array" in said(check.check_blocks, {})


def test_a_wrong_event_is_told_what_its_own_kind_lacks() -> None:
    kind, payload = SENT["message"]
    told = said(check.check_sent, kind, patched(payload, "/event/channel_type", "dm"))
    assert told.count("\n") == 1
    assert '/event/channel_type: "dm" is not one of' in told


def test_views_are_held_against_their_kind() -> None:
    check.check_view(MODAL)
    check.check_view({"type": "home", "blocks": BLOCKS})
    assert '"title" is a required property' in said(check.check_view, {"type": "modal", "blocks": []})
    assert "/blocks/0/type" in said(check.check_view, {"type": "home", "blocks": [{"type": "sectoin"}]})


def test_each_kind_is_acknowledged_in_its_own_way() -> None:
    for kind in ("slash_commands", "view_submission", *check.NO_ANSWER):
        check.check_ack(kind, {})
    check.check_ack("slash_commands", {"response_type": "ephemeral", "text": "x", "blocks": BLOCKS})
    check.check_ack("view_submission", {"response_action": "errors", "errors": {"i": "Too short."}})
    check.check_ack("view_submission", {"response_action": "update", "view": MODAL})
    check.check_ack("view_submission", {"response_action": "clear"})
    check.check_ack("block_suggestion", {"options": [OPTION]})
    check.check_ack("block_suggestion", {"option_groups": [{"label": PLAIN, "options": [OPTION]}]})
    assert "must be empty" in said(check.check_ack, "block_actions", {"text": "x"})
    assert "says nothing" in said(check.check_ack, "slash_commands", {"response_type": "ephemeral"})
    assert "/response_type" in said(check.check_ack, "slash_commands", {"response_type": "all", "text": "x"})
    assert "/response_action" in said(check.check_ack, "view_submission", {"response_action": "close"})
    assert '"errors" is a required' in said(check.check_ack, "view_submission", {"response_action": "errors"})


@pytest.mark.parametrize("exempt", EXEMPT, ids=lambda e: f"{e.sample} {e.path}")
def test_every_exception_is_still_needed(exempt: Exempt) -> None:
    name = TYPES.get(exempt.sample) or check.response_type(exempt.sample)
    sample = SENT[exempt.sample][1] if exempt.sample in SENT else ANSWERS[exempt.sample]
    payload = patched(sample, *exempt.patch)
    if name == "SlackEvent":
        found = complaints("events", name, payload["event"])
    else:
        found = complaints("payloads" if exempt.sample in SENT else exempt.sample, name, payload)
    assert any(covers(exempt, name, one) for one in found), f"take it out, the types allow it: {found}"
    assert all(excused(name, one) for one in found), found
    assert exempt.source.startswith("https://docs.slack.dev/")


@pytest.mark.parametrize("kind", sorted(check.UNTYPED))
def test_a_block_without_a_type_is_still_without_one(kind: str) -> None:
    found = complaints("blocks", "KnownBlock", {"type": kind})
    assert any("is not one of" in str(one) for one in found), f"take it out, {kind} has a type now: {found}"
