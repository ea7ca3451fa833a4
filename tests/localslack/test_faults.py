"""Faults do what they say, on the way in and on the way out."""

from __future__ import annotations

import json
import urllib.error
from http.client import IncompleteRead

import pytest

from localslack import LocalSlack
from localslack.faults import KINDS
from tests.localslack.wire import App, call


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_does_what_it_says(slack: LocalSlack, kind: str) -> None:
    channel = slack.world.dm("U0MAYA").id
    slack.fault("chat.postMessage", kind, seconds=0.3)
    outcome = "ok"
    try:
        call(slack, "chat.postMessage", channel=channel, text="x")
    except urllib.error.HTTPError as error:
        outcome = str(error.code)
        assert kind != "rate_limit" or error.headers["retry-after"] == "0.3"
    except json.JSONDecodeError:
        outcome = "not json"
    except (IncompleteRead, OSError) as error:
        outcome = "half" if isinstance(error, IncompleteRead) else "cut"
    outcomes = {"rate_limit": "429", "html_200": "not json", "truncated": "half", "slow_read": "ok"}
    outcomes |= {"error_500": "500", "error_500_after": "500"}
    assert outcome == outcomes.get(kind, "cut")
    done = {"drop_reply", "error_500_after", "truncated", "slow_read"}
    assert len(slack.world.posts) == (1 if kind in done else 0)
    assert call(slack, "chat.postMessage", channel=channel, text="x")["ok"]


def test_a_duplicate_comes_twice(slack: LocalSlack, app: App) -> None:
    slack.fault("events_api", "duplicate")
    slack.say("U0MAYA", "one")
    slack.say("U0MAYA", "two")
    app.wait_for(3)
    assert sorted(e["payload"]["event"]["text"] for e in app.got) == ["one", "one", "two"]
    assert len({e["envelope_id"] for e in app.got}) == 3
    slack.fault("slash_commands", "duplicate")
    slack.command("U0MAYA", "/learn help")
    app.wait_for(5)
    assert app.got[-1]["payload"] == app.got[-2]["payload"]


def test_reordered_events_change_places(slack: LocalSlack, app: App) -> None:
    slack.fault("events_api", "reorder")
    slack.say("U0MAYA", "one")
    slack.say("U0MAYA", "two")
    app.wait_for(2)
    assert [e["payload"]["event"]["text"] for e in app.got] == ["two", "one"]
