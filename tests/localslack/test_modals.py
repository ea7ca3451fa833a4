"""Modals, from the trigger to the acknowledgement of what was submitted."""

from __future__ import annotations

from typing import Any

import pytest

from localslack import LocalSlack
from tests.localslack.wire import BUTTON, Answer, App, call, field, modal, options, plain

MAYA = "U0MAYA"
SECTION = {"type": "section", "block_id": "s", "text": plain("x"), "accessory": BUTTON}


def trigger(slack: LocalSlack, app: App) -> str:
    """Of a command that Maya types."""
    slack.command(MAYA, "/learn help")
    return str(app.payload["trigger_id"])


def opened(slack: LocalSlack, app: App, *blocks: Answer, **more: Any) -> Answer:
    """A modal in front of Maya, as `views.open` returns it."""
    answer = call(slack, "views.open", trigger_id=trigger(slack, app), view=modal(*blocks, **more))
    view: Answer = answer["view"]
    return view


def pushed(slack: LocalSlack, app: App, view: Answer, *blocks: Answer, **more: Any) -> Answer:
    """What `views.push` says when the button of `view` is tapped."""
    assert slack.tap_view(MAYA, view, "go") == ""
    return call(slack, "views.push", trigger_id=app.payload["trigger_id"], view=modal(*blocks, **more))


def top(slack: LocalSlack) -> Answer:
    view = slack.modal(MAYA)
    assert view is not None
    return view


def test_a_trigger_opens_one_modal_within_three_seconds(slack: LocalSlack, app: App) -> None:
    first = trigger(slack, app)
    assert call(slack, "views.open", trigger_id=first, view=modal(SECTION))["ok"]
    assert call(slack, "views.open", trigger_id=first, view=modal(SECTION))["error"] == "exchanged_trigger_id"
    assert call(slack, "views.open", trigger_id="1.2.x", view=modal(SECTION))["error"] == "invalid_trigger_id"
    assert slack.world.trigger_seconds == 3
    slack.world.trigger_seconds = -1
    late = trigger(slack, app)
    assert call(slack, "views.open", trigger_id=late, view=modal(SECTION))["error"] == "expired_trigger_id"


def test_a_view_comes_back_with_what_slack_adds(slack: LocalSlack, app: App) -> None:
    view = opened(slack, app, SECTION, private_metadata="m", callback_id="c", external_id="e")
    assert view["id"].startswith("V")
    assert view["root_view_id"] == view["id"]
    assert (view["previous_view_id"], view["state"], view["external_id"]) == (None, {"values": {}}, "e")
    assert (view["private_metadata"], view["callback_id"], view["notify_on_close"]) == ("m", "c", False)
    assert {"team_id", "app_id", "bot_id", "hash", "clear_on_close", "app_installed_team_id"} <= view.keys()
    assert top(slack)["id"] == view["id"]


def test_an_invalid_view_is_refused_with_the_reason(slack: LocalSlack, app: App) -> None:
    refused = call(slack, "views.open", trigger_id=trigger(slack, app), view=modal(SECTION, title=plain("x" * 25)))
    assert refused["error"] == "invalid_arguments"
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    home = {"type": "home", "blocks": []}
    assert call(slack, "views.open", trigger_id=trigger(slack, app), view=home)["error"] == "invalid_arguments"
    assert call(slack, "views.open", trigger_id=trigger(slack, app), view="{")["error"] == "invalid_arguments"
    assert call(slack, "views.open", trigger_id=trigger(slack, app))["error"] == "invalid_arguments"
    large = modal(*({"type": "section", "text": plain("x" * 2900)} for _ in range(90)))
    assert call(slack, "views.open", trigger_id=trigger(slack, app), view=large)["error"] == "view_too_large"


def test_three_views_are_the_most(slack: LocalSlack, app: App) -> None:
    first = opened(slack, app, SECTION)
    second = pushed(slack, app, first, SECTION)["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    assert slack.tap_view(MAYA, first, "go") == "That isn't there any more."
    third = pushed(slack, app, second, SECTION)["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    assert pushed(slack, app, third, SECTION)["error"] == "push_limit_reached"
    assert len(slack.world.modals[MAYA]) == 3


def test_a_push_needs_an_open_modal(slack: LocalSlack, app: App) -> None:
    assert call(slack, "views.push", trigger_id=trigger(slack, app), view=modal(SECTION))["error"] == "not_found"


def test_a_stale_hash_is_a_conflict(slack: LocalSlack, app: App) -> None:
    view = opened(slack, app, SECTION, external_id="e")
    fresh = call(slack, "views.update", view_id=view["id"], hash=view["hash"], view=modal(field("a"), external_id="e"))
    assert fresh["view"]["hash"] != view["hash"]
    stale = call(slack, "views.update", view_id=view["id"], hash=view["hash"], view=modal(SECTION))
    assert stale["error"] == "hash_conflict"
    assert call(slack, "views.update", external_id="e", view=modal(SECTION))["ok"]
    assert call(slack, "views.update", view_id="V9", view=modal(SECTION))["error"] == "not_found"
    assert call(slack, "views.update", view=modal(SECTION))["error"] == "invalid_arguments"


def test_an_external_id_is_unique(slack: LocalSlack, app: App) -> None:
    view = opened(slack, app, SECTION, external_id="e")
    assert pushed(slack, app, view, SECTION, external_id="e")["error"] == "duplicate_external_id"


def test_an_update_keeps_what_was_entered(slack: LocalSlack, app: App) -> None:
    view = opened(slack, app, SECTION, field("a"), field("c"))
    slack.do(slack.people.tap_view(MAYA, view["id"], "s", "go", values={"ba": {"a": "mine"}, "bc": {"c": "gone"}}))
    call(slack, "views.update", view_id=view["id"], view=modal(SECTION, field("a"), field("d")))
    assert top(slack)["state"]["values"] == {
        "ba": {"a": {"type": "plain_text_input", "value": "mine"}},
        "bd": {"d": {"type": "plain_text_input", "value": None}},
    }


def test_a_tap_in_a_view_carries_the_view_and_no_response_url(slack: LocalSlack, app: App) -> None:
    view = opened(slack, app, SECTION, field("a"), private_metadata="m")
    slack.do(slack.people.tap_view(MAYA, view["id"], "s", "go", values={"ba": {"a": "so far"}}))
    tapped = app.payload
    assert (tapped["type"], tapped["container"]) == ("block_actions", {"type": "view", "view_id": view["id"]})
    assert (tapped["view"]["private_metadata"], tapped["view"]["hash"]) == ("m", view["hash"])
    assert tapped["view"]["state"]["values"]["ba"]["a"]["value"] == "so far"
    assert tapped["actions"][0]["value"] == "v"
    assert {"channel", "message", "response_url"}.isdisjoint(tapped)
    assert tapped["trigger_id"] in slack.world.triggers


def test_an_input_tells_the_app_only_with_dispatch_action(slack: LocalSlack, app: App) -> None:
    quiet = field("a", {"type": "static_select", "options": options("x", "y")})
    loud = field("c", {"type": "static_select", "options": options("x", "y")}, dispatch_action=True)
    view = opened(slack, app, quiet, loud)
    before = len(app.got)
    assert slack.tap_view(MAYA, view, "a", "x") == ""
    assert len(app.got) == before
    assert slack.tap_view(MAYA, view, "c", "y") == ""
    assert app.payload["actions"][0]["selected_option"]["value"] == "y"
    chosen = app.payload["view"]["state"]["values"]
    assert (chosen["ba"]["a"]["selected_option"]["value"], chosen["bc"]["c"]["selected_option"]["value"]) == ("x", "y")


STATES: list[tuple[str, Answer, Any, Answer]] = [
    ("plain_text_input", {}, "typed", {"value": "typed"}),
    ("rich_text_input", {}, "@maya, @leadership & #general: U1", {"rich_text_value": {
        "type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "user", "user_id": "U0MAYA"}, {"type": "text", "text": ", "},
            {"type": "usergroup", "usergroup_id": "S0LEADERSHIP"}, {"type": "text", "text": " & "},
            {"type": "channel", "channel_id": "C0GENERAL"}, {"type": "text", "text": ": U1"}]}]}}),
    ("static_select", {"options": options("x", "y")}, "y", {"selected_option": options("y")[0]}),
    ("static_select", {"option_groups": [{"label": plain("g"), "options": options("x")}]}, "x",
     {"selected_option": options("x")[0]}),
    ("radio_buttons", {"options": options("x", "y")}, "x", {"selected_option": options("x")[0]}),
    ("checkboxes", {"options": options("x", "y")}, ["x", "y"], {"selected_options": options("x", "y")}),
    ("users_select", {}, "U0AIKO", {"selected_user": "U0AIKO"}),
    ("multi_users_select", {}, ["U0AIKO", "U0MAYA"], {"selected_users": ["U0AIKO", "U0MAYA"]}),
    ("datepicker", {}, "2026-03-02", {"selected_date": "2026-03-02"}),
    ("timepicker", {}, "09:30", {"selected_time": "09:30"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more", "raw", "state"), STATES)
def test_each_element_has_its_own_shape_of_state(
    slack: LocalSlack, app: App, kind: str, more: Answer, raw: Any, state: Answer
) -> None:
    opened(slack, app, field("a", {"type": kind, **more}))
    assert slack.submit(MAYA, {"a": raw}) == ""
    assert app.payload["view"]["state"]["values"] == {"ba": {"a": {"type": kind, **state}}}
    opened(slack, app, field("a", {"type": kind, **more}, optional=True))
    assert slack.submit(MAYA) == ""
    nothing: list[Any] | None = [] if isinstance(raw, list) else None
    # Slack's types have no empty formatted text
    left = {} if kind == "rich_text_input" else {next(iter(state)): nothing}
    assert app.payload["view"]["state"]["values"] == {"ba": {"a": {"type": kind, **left}}}


def test_what_isnt_said_keeps_its_initial_value(slack: LocalSlack, app: App) -> None:
    menu = {"type": "static_select", "options": options("x", "y"), "initial_option": options("y")[0]}
    opened(slack, app, field("a", {"initial_value": "was"}), field("c", menu), field("d", optional=True))
    slack.submit(MAYA, {"d": "new"})
    values = app.payload["view"]["state"]["values"]
    assert (values["ba"]["a"]["value"], values["bd"]["d"]["value"]) == ("was", "new")
    assert values["bc"]["c"]["selected_option"]["value"] == "y"
    opened(slack, app, field("c", menu))
    with pytest.raises(ValueError, match="isn't among the options"):
        slack.submit(MAYA, {"c": "z"})


def test_a_submission_carries_the_view_and_closes_it(slack: LocalSlack, app: App) -> None:
    view = opened(slack, app, field("a"), callback_id="c", private_metadata="m")
    assert slack.submit(MAYA, {"a": "text"}) == ""
    sent = app.payload
    assert (sent["type"], sent["user"]["id"], sent["response_urls"]) == ("view_submission", MAYA, [])
    assert (sent["view"]["id"], sent["view"]["root_view_id"]) == (view["id"], view["id"])
    assert (sent["view"]["hash"], sent["view"]["callback_id"]) == (view["hash"], "c")
    assert sent["view"]["private_metadata"] == "m"
    assert app.got[-1]["accepts_response_payload"]
    assert slack.modal(MAYA) is None


def test_a_required_field_left_empty_isnt_sent(slack: LocalSlack, app: App) -> None:
    opened(slack, app, field("a"), field("c", optional=True), field("d", {"max_length": 3}))
    before = len(app.got)
    assert slack.submit(MAYA, {"d": "1234"}) == ""
    assert len(app.got) == before
    assert slack.modal_errors(MAYA).keys() == {"ba", "bd"}
    assert slack.submit(MAYA, {"a": "x", "d": "123"}) == ""
    assert slack.modal(MAYA) is None


def test_errors_stand_at_input_blocks_only(slack: LocalSlack, app: App) -> None:
    opened(slack, app, SECTION, field("a"))
    app.reply = {"response_action": "errors", "errors": {"ba": "Not this"}}
    assert slack.submit(MAYA, {"a": "x"}) == ""
    assert slack.modal_errors(MAYA) == {"ba": "Not this"}
    app.reply = {"response_action": "errors", "errors": {"s": "Not here"}}
    assert slack.submit(MAYA) == "We had some trouble connecting. Try again?"
    app.reply = {}
    assert slack.submit(MAYA) == ""
    assert slack.modal(MAYA) is None


def test_an_acknowledgement_updates_pushes_or_clears(slack: LocalSlack, app: App) -> None:
    view = opened(slack, app, field("a"))
    app.reply = {"response_action": "update", "view": modal(field("c"))}
    assert slack.submit(MAYA, {"a": "x"}) == ""
    assert (top(slack)["id"], top(slack)["blocks"][0]["block_id"]) == (view["id"], "bc")
    app.reply = {"response_action": "push", "view": modal(field("d"))}
    assert slack.submit(MAYA, {"c": "x"}) == ""
    assert top(slack)["previous_view_id"] == view["id"]
    app.reply = {}
    assert slack.submit(MAYA, {"d": "x"}) == ""
    assert top(slack)["id"] == view["id"]
    app.reply = {"response_action": "push", "view": modal(field("d"))}
    assert slack.submit(MAYA) == ""
    app.reply = {"response_action": "clear"}
    assert slack.submit(MAYA, {"d": "x"}) == ""
    assert slack.modal(MAYA) is None


@pytest.mark.forged
def test_an_acknowledgement_that_says_nonsense_leaves_the_modal_open(slack: LocalSlack, app: App) -> None:
    opened(slack, app, field("a"))
    for nonsense in ({"response_action": "dance"}, {"hello": 1}, {"response_action": "update", "view": {}}):
        app.reply = nonsense
        assert slack.submit(MAYA, {"a": "x"}) == "We had some trouble connecting. Try again?"
    assert top(slack)["state"]["values"]["ba"]["a"]["value"] == "x"
    assert slack.world.refusals[-1]["error"] == "invalid_arguments"


def test_a_submission_that_isnt_acknowledged_leaves_the_modal_open(slack: LocalSlack, app: App) -> None:
    opened(slack, app, field("a"))
    slack.world.ack_seconds = 0.05
    app.reply = None
    assert slack.submit(MAYA, {"a": "x"}) == "We had some trouble connecting. Try again?"
    assert slack.modal(MAYA) is not None
    assert len([kind for kind, _ in slack.world.sent if kind == "interactive"]) == 1


def test_closing_is_told_only_to_who_asked(slack: LocalSlack, app: App) -> None:
    opened(slack, app, field("a"))
    before = len(app.got)
    assert slack.close_modal(MAYA) == ""
    assert (slack.modal(MAYA), len(app.got)) == (None, before)
    view = opened(slack, app, SECTION, notify_on_close=True)
    pushed(slack, app, view, SECTION, notify_on_close=True)
    assert slack.close_modal(MAYA) == ""
    assert (app.payload["type"], app.payload["is_cleared"]) == ("view_closed", False)
    assert top(slack)["id"] == view["id"]
    pushed(slack, app, view, SECTION, notify_on_close=True)
    before = len(app.got)
    assert slack.close_modal(MAYA, all_views=True) == ""
    assert (slack.modal(MAYA), len(app.got)) == (None, before + 1)
    assert (app.payload["view"]["id"], app.payload["is_cleared"]) == (view["id"], True)
    cleared = opened(slack, app, SECTION, clear_on_close=True, notify_on_close=True)
    assert slack.close_modal(MAYA) == ""
    assert (app.payload["view"]["id"], app.payload["is_cleared"]) == (cleared["id"], True)


def test_a_closed_view_says_nothing_of_its_inputs(slack: LocalSlack, app: App) -> None:
    menu = {"type": "static_select", "action_id": "m", "options": options("x")}
    beside = {"type": "section", "block_id": "s", "text": plain("x"), "accessory": menu}
    view = opened(slack, app, beside, field("a"), notify_on_close=True)
    slack.do(slack.people.tap_view(MAYA, view["id"], "s", "m", "x", values={"ba": {"a": "secret"}}))
    assert slack.close_modal(MAYA) == ""
    assert app.payload["view"]["state"]["values"].keys() == {"s"}


def test_a_menu_asks_the_app_for_its_options(slack: LocalSlack, app: App) -> None:
    opened(slack, app, field("a", {"type": "external_select", "min_query_length": 2}))
    before = len(app.got)
    assert slack.suggest(MAYA, "a", "f") == []
    assert len(app.got) == before
    app.reply = {"options": options("fomo", "fyp")}
    assert slack.suggest(MAYA, "a", "fo") == options("fomo", "fyp")
    asked = app.payload
    assert (asked["type"], asked["value"], asked["action_id"]) == ("block_suggestion", "fo", "a")
    assert asked["block_id"] == "ba"
    app.reply = {}
    assert slack.submit(MAYA, {"a": "fyp"}) == ""
    assert app.payload["view"]["state"]["values"]["ba"]["a"]["selected_option"] == options("fyp")[0]
    opened(slack, app, field("a", {"type": "external_select"}))
    app.reply = {"options": options(*(f"o{n}" for n in range(101)))}
    assert slack.suggest(MAYA, "a", "o12") == []
    slack.world.ack_seconds, app.reply = 0.05, None
    assert slack.suggest(MAYA, "a", "o12") == []


def test_a_trigger_of_a_submission_shows_no_new_modal(slack: LocalSlack, app: App) -> None:
    opened(slack, app, field("a"))
    slack.submit(MAYA, {"a": "x"})
    assert call(slack, "views.open", trigger_id=app.payload["trigger_id"], view=modal(SECTION))["ok"]
    assert slack.modal(MAYA) is None
    view = opened(slack, app, SECTION)
    slack.tap_view(MAYA, view, "go")
    second = call(slack, "views.open", trigger_id=app.payload["trigger_id"], view=modal(SECTION))["view"]
    assert [o.view["id"] for o in slack.world.modals[MAYA]] == [second["id"]]


def test_forged_interactions_reach_the_app_as_they_are(slack: LocalSlack, app: App) -> None:
    opened(slack, app, field("a"))
    slack.submit(MAYA, {"a": "x"})
    forged = {**app.payload, "team": {"id": "T0OTHER", "domain": "other"}}
    assert slack.do(slack.people.send_interaction(forged)) == ""
    assert app.payload["team"]["id"] == "T0OTHER"
    command = {**slack.world.sent[0][1], "user_id": "U0HENRIK", "text": "forged"}
    assert slack.do(slack.people.send_command(command)) == ""
    assert (app.payload["user_id"], app.payload["text"]) == ("U0HENRIK", "forged")
