"""Scopes, tiers, and what becomes of a token."""

from __future__ import annotations

import pytest

from localslack import LocalSlack
from localslack.rate_limits import POST_BURST, POSTS_PER_MINUTE
from tests.localslack.wire import App, answered, call

MAYA = "U0MAYA"
SCOPED = [
    ("users.info", {"user": MAYA}, "users:read"),
    ("users.list", {}, "users:read"),
    ("dnd.info", {"user": MAYA}, "dnd:read"),
    ("conversations.members", {"channel": "C0GENERAL"}, "channels:read"),
    ("usergroups.users.list", {"usergroup": "S0LEADERSHIP"}, "usergroups:read"),
    ("files.getUploadURLExternal", {"filename": "a.csv", "length": "3"}, "files:write"),
    ("conversations.open", {"users": MAYA}, "im:write"),
    ("conversations.history", {"channel": "D0MAYA"}, "im:history"),
    ("chat.postMessage", {"channel": "D0MAYA", "text": "x"}, "chat:write"),
    ("chat.update", {"channel": "D0MAYA", "ts": "1.0", "text": "x"}, "chat:write"),
]


@pytest.mark.parametrize(("method", "arguments", "scope"), SCOPED)
def test_a_method_needs_its_scope(slack: LocalSlack, method: str, arguments: dict[str, str], scope: str) -> None:
    slack.world.dm(MAYA)
    slack.world.granted.add(scope)
    assert call(slack, method, **arguments).get("error") in {None, "message_not_found"}
    slack.world.granted.remove(scope)
    refused = call(slack, method, **arguments)
    assert (refused["error"], refused["needed"]) == ("missing_scope", scope)
    assert refused["provided"] == ",".join(sorted(slack.world.granted))


def test_history_of_a_channel_needs_another_scope(slack: LocalSlack) -> None:
    refused = call(slack, "conversations.history", channel="C0GENERAL")
    assert (refused["error"], refused["needed"]) == ("missing_scope", "channels:history")


def test_every_answer_says_which_scopes_the_token_has(slack: LocalSlack) -> None:
    assert "chat:write" in slack.world.granted
    for method in ("auth.test", "users.info"):
        _, headers, _ = answered(slack, method)
        assert headers["x-oauth-scopes"] == ",".join(sorted(slack.world.granted))


def test_a_method_has_a_number_of_calls_a_minute(slack: LocalSlack) -> None:
    for _ in range(25):
        assert answered(slack, "users.list")[0] == 200
    slack.world.enforces_rate_limits = True
    assert [answered(slack, "users.list")[0] for _ in range(21)] == [200] * 20 + [429]
    status, headers, body = answered(slack, "users.list")
    assert (status, body) == (429, {"ok": False, "error": "ratelimited"})
    assert 50 <= int(headers["retry-after"]) <= 60
    assert answered(slack, "users.info", user=MAYA)[0] == 200
    slack.world.meter.minute = 0
    assert answered(slack, "users.list")[0] == 200


def test_posting_has_one_a_second_in_a_channel_and_a_cap(slack: LocalSlack) -> None:
    slack.world.enforces_rate_limits = True
    maya, henrik = slack.world.dm(MAYA).id, slack.world.dm("U0HENRIK").id
    statuses = [answered(slack, "chat.postMessage", channel=maya, text="x")[0] for _ in range(POST_BURST + 1)]
    assert statuses == [200] * POST_BURST + [429]
    _, headers, _ = answered(slack, "chat.postMessage", channel=maya, text="x")
    assert 1 <= int(headers["retry-after"]) <= POST_BURST
    assert answered(slack, "chat.postMessage", channel=henrik, text="x")[0] == 200
    slack.world.meter.second = 0
    statuses = [answered(slack, "chat.postMessage", channel=maya, text="x")[0] for _ in range(POSTS_PER_MINUTE)]
    assert statuses.count(200) == POSTS_PER_MINUTE - POST_BURST - 1
    assert statuses[-1] == 429


@pytest.mark.parametrize("order", [("tokens_revoked", "app_uninstalled"), ("app_uninstalled", "tokens_revoked")])
def test_an_uninstalled_apps_token_is_inactive(slack: LocalSlack, app: App, order: tuple[str, str]) -> None:
    slack.world.manifest["settings"]["event_subscriptions"]["bot_events"] += ["app_uninstalled", "tokens_revoked"]
    assert slack.uninstall(order) == ""
    assert tuple(e["payload"]["event"]["type"] for e in app.got) == order
    revoked = next(e["payload"]["event"] for e in app.got if e["payload"]["event"]["type"] == "tokens_revoked")
    assert revoked["tokens"] == {"oauth": [], "bot": ["U0MISSINGLINK"]}
    assert call(slack, "auth.test")["error"] == "account_inactive"
    slack.world.refuses_with = "token_revoked"
    assert call(slack, "chat.postMessage", channel="D0MAYA", text="x")["error"] == "token_revoked"


def test_outside_the_marketplace_a_history_is_read_once_a_minute_in_pages_of_15(slack: LocalSlack) -> None:
    slack.world.enforces_rate_limits = slack.world.meter.outside_marketplace = True
    slack.world.meter.second = 0
    maya = slack.world.dm(MAYA).id
    for number in range(20):
        slack.world.meter.minute = 0
        assert answered(slack, "chat.postMessage", channel=maya, text=str(number))[0] == 200
    slack.world.meter.minute = 60
    status, _, first = answered(slack, "conversations.history", channel=maya, limit="100")
    assert (status, len(first["messages"])) == (200, 15)
    assert answered(slack, "conversations.history", channel=maya)[0] == 429
    slack.world.meter.minute = 0
    cursor = first["response_metadata"]["next_cursor"]
    rest = answered(slack, "conversations.history", channel=maya, cursor=cursor)[2]
    assert len(rest["messages"]) == 5
