"""A tour through all that the local Slack can send and answer; its ledger is held against Slack's types at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from localslack import LocalSlack
from localslack.webapi import METHODS
from localslack.world import BOT_USER
from tests.contracts.check import INTERACTIVE
from tests.contracts.ledger import check_ledger
from tests.contracts.required import REQUIRED
from tests.contracts.samples import BLOCKS, MODAL, PLAIN
from tests.localslack.wire import BUTTON, App, blocks, call, field

MAYA = "U0MAYA"
SHOWN: dict[str, Any] = {**MODAL, "notify_on_close": True}
ASKING = {"type": "external_select", "action_id": "ask", "placeholder": PLAIN, "min_query_length": 1}
HOME = {"type": "home", "blocks": blocks(BUTTON)}


@pytest.fixture
def app(slack: LocalSlack) -> Iterator[App]:
    """A connected app in a workspace where everything is switched on."""
    manifest = slack.world.manifest
    slack.world.granted |= {"dnd:read"}
    manifest["features"]["app_home"]["home_tab_enabled"] = True
    manifest["features"]["shortcuts"] = [
        {"type": "message", "name": "Explain", "callback_id": "explain", "description": "Explain this"}
    ]
    manifest["settings"]["event_subscriptions"]["bot_events"] += [
        "app_home_opened",
        "app_uninstalled",
        "tokens_revoked",
    ]
    connected = App(slack)
    yield connected
    connected.close()


def trigger(slack: LocalSlack, app: App) -> str:
    """A fresh trigger, from a command."""
    app.reply = {}
    assert slack.command(MAYA, "/learn next") == ""
    return str(app.payload["trigger_id"])


def modal(slack: LocalSlack, app: App, view: dict[str, Any]) -> dict[str, Any]:
    """A modal in front of Maya."""
    opened = call(slack, "views.open", trigger_id=trigger(slack, app), view=view)
    assert opened["ok"], opened
    found: dict[str, Any] = opened["view"]
    return found


def in_messages(slack: LocalSlack, app: App) -> None:
    """Commands, words, taps and shortcuts, and the methods for messages."""
    channel = call(slack, "conversations.open", users=MAYA)["channel"]["id"]
    metadata = {"event_type": "t", "event_payload": {"key": "k"}}
    posted = call(slack, "chat.postMessage", channel=channel, text="x", blocks=blocks(BUTTON), metadata=metadata)
    message = slack.messages(MAYA)[-1]
    slack.tap(MAYA, message, "go")
    slack.shortcut(MAYA, message, "explain")
    slack.tap(MAYA, slack.world.write(slack.world.dm(MAYA), BOT_USER, "x", blocks=blocks(BUTTON), only_for=MAYA), "go")
    asking = [field("word", {"placeholder": PLAIN}, dispatch_action=True), *blocks(BUTTON)]
    call(slack, "chat.postMessage", channel=channel, text="x", blocks=asking)
    slack.tap(MAYA, slack.messages(MAYA)[-1], "go")
    slack.fill(MAYA, slack.messages(MAYA)[-1], "word", "reach")
    slack.press_enter(MAYA, slack.messages(MAYA)[-1], "word")
    assert app.payload["actions"][0]["value"] == "reach"
    slack.say(MAYA, "hello")
    call(slack, "chat.update", channel=channel, ts=posted["ts"], text="y", blocks=BLOCKS)
    call(slack, "chat.getPermalink", channel=channel, message_ts=posted["ts"])
    call(slack, "chat.delete", channel=channel, ts=call(slack, "chat.postMessage", channel=channel, text="z")["ts"])
    assert call(slack, "conversations.history", channel=channel, include_all_metadata="true")["ok"]


def in_views(slack: LocalSlack, app: App) -> None:
    """Modals and Home, with all that comes back from them."""
    shown = modal(slack, app, {**SHOWN, "blocks": [*SHOWN["blocks"], *blocks(BUTTON, ASKING)]})
    slack.tap_view(MAYA, shown, "go")
    call(slack, "views.push", trigger_id=app.payload["trigger_id"], view=SHOWN)
    slack.close_modal(MAYA)
    app.reply = {"options": [{"text": PLAIN, "value": "a"}]}
    assert slack.suggest(MAYA, "ask", "fo")
    app.reply = {}
    slack.tap_view(MAYA, shown, "ask", "a")
    call(slack, "views.update", view_id=shown["id"], view=SHOWN)
    for reply in ({"response_action": "errors", "errors": {"i": "Longer."}}, {"response_action": "clear"}):
        app.reply = reply
        assert slack.submit(MAYA, {"typed": "words"}) == ""
    app.reply = {}
    slack.open_home(MAYA)
    assert call(slack, "views.publish", user_id=MAYA, view=HOME)["ok"]
    slack.open_home(MAYA)
    home = slack.home(MAYA)
    assert home is not None
    slack.tap_view(MAYA, home, "go")


def of_people(slack: LocalSlack, app: App) -> None:
    """Profiles and the end."""
    for user in slack.world.users:
        call(slack, "users.info", user=user, include_locale="true")
    call(slack, "auth.test")
    call(slack, "users.list")
    slack.world.granted |= {"channels:read", "usergroups:read"}
    call(slack, "conversations.members", channel="C0GENERAL")
    call(slack, "usergroups.users.list", usergroup="S0LEADERSHIP")
    call(slack, "dnd.info", user=MAYA)
    web = WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/")
    web.files_upload_v2(filename="a.csv", title="A", content="a,b", channel=slack.world.dm(MAYA).id)
    shown = call(slack, "conversations.history", channel=slack.world.dm(MAYA).id)["messages"]
    call(slack, "files.delete", file=next(m["files"][0]["id"] for m in shown if "files" in m))
    call(slack, "blocks.validate", blocks=BLOCKS)
    slack.deactivate("U0HENRIK")
    slack.uninstall()


def test_all_that_the_local_slack_says_is_what_slack_says(slack: LocalSlack, app: App) -> None:
    for part in (in_messages, in_views, of_people):
        part(slack, app)
    sent = {payload.get("type", kind) for kind, payload in slack.world.sent}
    assert sent == {"slash_commands", "event_callback", *INTERACTIVE} - {"shortcut"}
    events = {payload["event"]["type"] for kind, payload in slack.world.sent if kind == "events_api"}
    assert events == {"message", "user_change", "app_home_opened", "app_uninstalled", "tokens_revoked"}
    answered = {method for method, _, answer in slack.world.calls if answer["ok"]}
    assert answered >= REQUIRED.keys() & METHODS.keys()


@pytest.mark.forged
def test_a_fault_in_the_ledger_is_told_once_with_how_often_it_was_seen(slack: LocalSlack, app: App) -> None:
    user, channel = slack.world.users[MAYA], slack.world.dm(MAYA)
    message = slack.world.write(channel, BOT_USER, "x", blocks=blocks(BUTTON))
    for _ in range(2):
        slack.do(slack.people.send_tap(user, channel, message, {"type": "button", "action_id": "go"}))
    with pytest.raises(AssertionError, match=r'"text" is a required property') as caught:
        check_ledger(slack.world)
    assert str(caught.value).count("[2 times]") == 1
    check_ledger(slack.world, forged=True)
