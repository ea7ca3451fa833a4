"""Home, and shortcuts in a message's menu."""

from __future__ import annotations

import pytest

from localslack import LocalSlack
from tests.localslack.wire import BUTTON, Answer, App, call, plain

MAYA = "U0MAYA"


def home(text: str = "x") -> Answer:
    return {"type": "home", "blocks": [{"type": "section", "text": plain(text), "accessory": BUTTON}]}


@pytest.fixture(autouse=True)
def features(slack: LocalSlack) -> None:
    """An app with a Home and a shortcut."""
    slack.world.manifest["features"]["app_home"]["home_tab_enabled"] = True
    slack.world.manifest["features"]["shortcuts"] = [
        {"name": "Explain", "type": "message", "callback_id": "explain", "description": "x"},
        {"name": "All", "type": "global", "callback_id": "all", "description": "x"},
    ]
    events = slack.world.manifest["settings"]["event_subscriptions"]["bot_events"]
    if "app_home_opened" not in events:
        events.append("app_home_opened")


def test_opening_home_is_told_with_what_was_published(slack: LocalSlack, app: App) -> None:
    assert slack.open_home(MAYA) == ""
    event = app.payload["event"]
    assert (event["type"], event["tab"], event["user"]) == ("app_home_opened", "home", MAYA)
    assert event["channel"] == slack.world.dm(MAYA).id
    assert "view" not in event
    published = call(slack, "views.publish", user_id=MAYA, view=home())["view"]
    slack.open_home(MAYA)
    assert app.payload["event"]["view"]["id"] == published["id"]
    call(slack, "views.publish", user_id=MAYA, view=home("later"))
    assert slack.world.sent[-1][1]["event"]["view"]["hash"] == published["hash"]
    slack.world.manifest["settings"]["event_subscriptions"]["bot_events"].remove("app_home_opened")
    before = len(app.got)
    assert slack.open_home(MAYA) == ""
    assert len(app.got) == before


def test_home_is_published_per_person_and_replaced(slack: LocalSlack, app: App) -> None:
    first = call(slack, "views.publish", user_id=MAYA, view=home("one"))["view"]
    assert (first["type"], first["root_view_id"], first["previous_view_id"]) == ("home", first["id"], None)
    second = call(slack, "views.publish", user_id=MAYA, hash=first["hash"], view=home("two"))["view"]
    assert second["id"] == first["id"]
    stale = call(slack, "views.publish", user_id=MAYA, hash=first["hash"], view=home("three"))
    assert stale["error"] == "hash_conflict"
    shown = slack.home(MAYA)
    assert shown is not None
    assert shown["blocks"][0]["text"]["text"] == "two"
    assert slack.home("U0HENRIK") is None
    nobody = call(slack, "views.publish", user_id="UNOBODY", view=home())
    assert nobody["error"] == "invalid_arguments"
    assert nobody["response_metadata"]["messages"] == ["invalid `user_id`"]


def test_without_a_home_tab_nothing_can_be_published(slack: LocalSlack, app: App) -> None:
    slack.world.manifest["features"]["app_home"]["home_tab_enabled"] = False
    assert call(slack, "views.publish", user_id=MAYA, view=home())["error"] == "not_enabled"
    assert slack.open_home(MAYA) == "This app has no Home."
    assert app.got == []


def test_a_tap_in_home_carries_its_view(slack: LocalSlack, app: App) -> None:
    call(slack, "views.publish", user_id=MAYA, view=home())
    shown = slack.home(MAYA)
    assert shown is not None
    assert slack.tap_view(MAYA, shown, "go") == ""
    assert (app.payload["container"]["type"], app.payload["view"]["type"]) == ("view", "home")
    assert "response_url" not in app.payload
    assert slack.tap_view("U0HENRIK", shown, "go") == "That isn't there any more."


def test_a_shortcut_carries_the_message(slack: LocalSlack, app: App) -> None:
    message = slack.world.write(slack.world.dm(MAYA), "U0MAYA", "FOMO?")
    assert slack.shortcut(MAYA, message, "explain") == ""
    sent = app.payload
    assert (sent["type"], sent["callback_id"]) == ("message_action", "explain")
    assert (sent["message"]["text"], sent["message_ts"], sent["channel"]["id"]) == (
        "FOMO?",
        message.ts,
        message.channel,
    )
    assert {"trigger_id", "action_ts", "response_url", "team", "user"} <= sent.keys()
    for unknown in ("all", "nothing"):
        assert slack.shortcut(MAYA, message, unknown) == "That isn't there any more."
    whisper = slack.world.write(slack.world.dm(MAYA), "U0MISSINGLINK", "psst", only_for=MAYA)
    assert slack.shortcut(MAYA, whisper, "explain") == "That isn't there any more."
    assert len(app.got) == 1
