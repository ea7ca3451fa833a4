"""Input blocks in messages: what is typed there, and when the app hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from localslack import LocalSlack
from localslack.world import GENERAL, PostedMessage
from tests.localslack.wire import BUTTON, Answer, App, blocks, call, field, options, post_json

MAYA, HENRIK = "U0MAYA", "U0HENRIK"
TYPED = "plain_text_input"


def posted(slack: LocalSlack, *fields: Answer, channel: str = "") -> PostedMessage:
    """A message with fields above a button, by default to Maya."""
    where = channel or slack.world.dm(MAYA).id
    answer = call(slack, "chat.postMessage", channel=where, text="x", blocks=[*fields, *blocks(BUTTON)])
    assert answer["ok"], answer
    return slack.world.channels[where].messages[-1]


def sent(slack: LocalSlack, app: App, message: PostedMessage, user: str = MAYA) -> Any:
    """The state that comes with a tap on the button."""
    assert slack.tap(user, message, "go") == ""
    return app.payload["state"]["values"]


def loud(**more: Any) -> Answer:
    """A field, called a, that tells the app of itself."""
    return field("a", more, dispatch_action=True)


def test_what_is_typed_in_a_message_comes_with_the_next_tap_in_it(slack: LocalSlack, app: App) -> None:
    more = {"multiline": True, "min_length": 2, "max_length": 300, "placeholder": {"type": "plain_text", "text": "?"}}
    both = (field("a"), field("c", more, optional=True))
    other, message = (posted(slack, *both, channel=GENERAL) for _ in range(2))
    empty = {"ba": {"a": {"type": TYPED, "value": None}}, "bc": {"c": {"type": TYPED, "value": None}}}
    assert sent(slack, app, message) == empty
    before = len(app.got)
    assert slack.fill(MAYA, message, "a", "reach & <b>") == ""
    assert slack.fill(MAYA, message, "c", "one\ntwo") == ""
    assert len(app.got) == before
    assert sent(slack, app, message) == {
        "ba": {"a": {"type": TYPED, "value": "reach & <b>"}},
        "bc": {"c": {"type": TYPED, "value": "one\ntwo"}},
    }
    assert (sent(slack, app, other), sent(slack, app, message, HENRIK)) == (empty, empty)
    slack.fill(MAYA, message, "a", "")
    assert sent(slack, app, message)["ba"]["a"]["value"] is None
    assert slack.fill(MAYA, message, "go", "x") == "That isn't there any more."
    assert slack.fill(MAYA, message, "gone", "x") == "That isn't there any more."


def test_enter_in_a_messages_field_is_told_only_with_dispatch_action(slack: LocalSlack, app: App) -> None:
    def config(*triggers: str) -> Answer:
        return {"dispatch_action_config": {"trigger_actions_on": [*triggers]}}

    more = {"placeholder": {"type": "plain_text", "text": "?"}, "min_length": 3, "max_length": 5}
    for one in (loud(**more), loud(**config("on_character_entered", "on_enter_pressed"))):
        message = posted(slack, one)
        before = len(app.got)
        assert slack.press_enter(MAYA, message, "a") == ""
        assert len(app.got) == before
        slack.fill(MAYA, message, "a", "reach")
        assert slack.press_enter(MAYA, message, "a") == ""
        told = app.payload["actions"][0]
        assert told.pop("action_ts")
        assert told == {"type": TYPED, "block_id": "ba", "action_id": "a", "value": "reach"}
        assert app.payload["state"]["values"]["ba"]["a"] == {"type": TYPED, "value": "reach"}
        assert sent(slack, app, message)["ba"]["a"]["value"] == "reach"
    message = posted(slack, loud(**more))
    before = len(app.got)
    assert slack.tap(MAYA, message, "a", "re") == "Please enter at least 3 characters."
    assert slack.tap(MAYA, message, "a", "reaches") == "Please enter at most 5 characters."
    for quiet in (field("a"), loud(**config("on_character_entered")), loud(multiline=True)):
        message = posted(slack, quiet)
        slack.fill(MAYA, message, "a", "reach")
        assert slack.press_enter(MAYA, message, "a") == ""
        assert len(app.got) == before
    assert sent(slack, app, message)["ba"]["a"]["value"] == "reach"
    assert slack.press_enter(MAYA, message, "gone") == "That isn't there any more."


def test_a_menu_in_a_messages_input_block_is_told_only_with_dispatch_action(slack: LocalSlack, app: App) -> None:
    menu = {"type": "static_select", "options": options("x", "y")}
    message = posted(slack, field("a", menu), field("c", menu, dispatch_action=True))
    assert slack.tap(MAYA, message, "a", "x") == ""
    assert app.got == []
    assert slack.tap(MAYA, message, "c", "y") == ""
    chosen = app.payload["state"]["values"]
    assert (chosen["ba"]["a"]["selected_option"]["value"], chosen["bc"]["c"]["selected_option"]["value"]) == ("x", "y")


def test_an_update_of_a_message_keeps_what_was_typed_where_the_ids_stay(slack: LocalSlack, app: App) -> None:
    def update(*fields: Answer) -> None:
        where = {"channel": message.channel, "ts": message.ts}
        assert call(slack, "chat.update", text="y", blocks=[*fields, *blocks(BUTTON)], **where)["ok"]

    message = posted(slack, field("a"), field("c"))
    for action_id in ("a", "c"):
        slack.fill(MAYA, message, action_id, "mine")
    update(field("a", {"max_length": 9}), {**field("c"), "block_id": "another"})
    state = sent(slack, app, message)
    assert (state["ba"]["a"]["value"], state["another"]["c"]["value"]) == ("mine", None)
    update({**field("e"), "block_id": "ba"})
    update(field("a"), field("c"))
    state = sent(slack, app, message)
    assert (state["ba"]["a"]["value"], state["bc"]["c"]["value"]) == (None, None)
    slack.fill(MAYA, message, "a", "mine")
    slack.tap(MAYA, message, "go")
    answer = {"replace_original": True, "text": "z", "blocks": [field("a"), *blocks(BUTTON)]}
    assert post_json(app.payload["response_url"], answer) == (200, "ok")
    assert sent(slack, app, message)["ba"]["a"]["value"] == "mine"


def test_a_tap_on_the_page_carries_what_stands_there(slack: LocalSlack, app: App) -> None:
    boxes = {"type": "checkboxes", "action_id": "tick", "options": options("x", "y")}
    message = posted(slack, field("a"), {"type": "actions", "block_id": "t", "elements": [boxes]})
    slack.fill(MAYA, message, "a", "on a phone")
    slack.tap(MAYA, message, "tick", ["x"])
    where = {"user": MAYA, "channel": message.channel, "ts": message.ts, "block_id": "b", "action_id": "go"}
    for values, typed, ticked in (
        ({"ba": {"a": "at a desk"}, "t": {"tick": ["y"]}, "gone": {"a": "x"}, "b": {"go": "x"}}, "at a desk", ["y"]),
        ({"ba": {"a": None}, "t": {"tick": []}}, None, []),
    ):
        assert post_json(f"{slack.url}/page/tap", {**where, "values": values})[0] == 200
        state = app.payload["state"]["values"]
        assert state["ba"]["a"]["value"] == typed
        assert [option["value"] for option in state["t"]["tick"]["selected_options"]] == ticked


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_a_number_is_no_field_of_a_message(slack: LocalSlack, method: str) -> None:
    message = posted(slack, field("a"))
    number = field("n", {"type": "number_input", "is_decimal_allowed": False})
    where = {"channel": message.channel, **({"ts": message.ts} if method == "chat.update" else {})}
    refused = call(slack, method, text="x", blocks=[number], **where)
    assert (refused["error"], refused["response_metadata"]["messages"]) == (
        "invalid_blocks",
        ["[ERROR] unsupported type: number_input [json-pointer:/blocks/0/element/type]"],
    )


def test_a_section_says_whether_it_may_be_folded(slack: LocalSlack) -> None:
    channel = slack.world.dm(MAYA).id
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    for said in ({}, {"expand": True}, {"expand": False}):
        assert call(slack, "chat.postMessage", channel=channel, text="x", blocks=[{**section, **said}])["ok"]
        assert slack.messages(MAYA)[-1].blocks[0].get("expand") == said.get("expand")
    refused = call(slack, "chat.postMessage", channel=channel, text="x", blocks=[{**section, "expand": "yes"}])
    assert (refused["error"], refused["response_metadata"]["messages"]) == (
        "invalid_blocks",
        ["[ERROR] must be a boolean [json-pointer:/blocks/0/expand]"],
    )
