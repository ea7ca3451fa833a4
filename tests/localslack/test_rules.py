"""The local Slack's rules, one by one; RULES.md names each test."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from pathlib import Path

import pytest
from slack_sdk import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from localslack import LocalSlack, server
from localslack.world import BOT_USER, GENERAL, Channel, PostedMessage
from tests.localslack.wire import BUTTON, App, blocks, call, options, post_json


def every_test() -> set[str]:
    """Names of all tests of the local Slack."""
    found: set[str] = set()
    for file in Path(__file__).parent.glob("test_*.py"):
        found |= set(re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE))
    return found


def test_every_rule_names_its_source_and_a_test_that_exists() -> None:
    rows = re.findall(r"^\| (.+) \| (\S+) \| `(\w+)` \|$", (Path(server.HERE) / "RULES.md").read_text(), re.MULTILINE)
    assert len(rows) > 20
    for rule, source, _ in rows:
        assert source.startswith("https://docs.slack.dev/"), rule
    assert {test for _, _, test in rows} == every_test() - {"test_every_rule_names_its_source_and_a_test_that_exists"}


def test_a_method_needs_the_right_token(slack: LocalSlack) -> None:
    assert call(slack, "auth.test")["ok"]
    assert call(slack, "auth.test", "")["error"] == "not_authed"
    assert call(slack, "auth.test", "xoxb-other")["error"] == "invalid_auth"
    assert call(slack, "auth.test", slack.world.app_token)["error"] == "not_allowed_token_type"
    assert call(slack, "apps.connections.open")["error"] == "not_allowed_token_type"


def test_an_unknown_method_is_refused_as_slack_does(slack: LocalSlack) -> None:
    assert call(slack, "chat.shout") == {"ok": False, "error": "unknown_method"}


def test_arguments_come_as_a_form_or_as_json(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA").id
    assert call(slack, "chat.postMessage", channel=channel, text="form")["ok"]
    status, text = post_json(
        f"{slack.url}/api/chat.postMessage", {"channel": channel, "text": "json"}, slack.world.bot_token
    )
    assert (status, json.loads(text)["ok"]) == (200, True)
    assert [m.text for m in slack.messages("U0MAYA")] == ["form", "json"]


def test_a_profile_has_zone_and_flags_and_a_locale_when_asked(slack: LocalSlack) -> None:
    user = call(slack, "users.info", user="U0AIKO")["user"]
    assert (user["tz"], user["deleted"], user["is_bot"]) == ("Asia/Tokyo", False, False)
    assert "locale" not in user
    assert call(slack, "users.info", user="U0AIKO", include_locale="true")["user"]["locale"] == "ja-JP"
    assert call(slack, "users.info", user="UNOBODY")["error"] == "user_not_found"
    assert call(slack, "users.info")["error"] == "invalid_arguments"


def test_a_dm_is_opened_with_people_only(slack: LocalSlack) -> None:
    opened = call(slack, "conversations.open", users="U0MAYA")
    assert opened["channel"]["id"].startswith("D")
    assert call(slack, "conversations.open", users="U0MAYA") == opened
    for user, code in (("U0TOM", "user_disabled"), ("U0CALBOT", "cannot_dm_bot"), ("UNOBODY", "user_not_found")):
        assert call(slack, "conversations.open", users=user)["error"] == code


def test_a_message_needs_content_and_a_channel(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA").id
    assert call(slack, "chat.postMessage", channel=channel)["error"] == "no_text"
    assert call(slack, "chat.postMessage", channel="D9", text="x")["error"] == "channel_not_found"
    assert slack.world.posts == []


def test_blocks_past_the_limits_are_refused_with_the_reason(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA").id
    refused = call(slack, "chat.postMessage", channel=channel, text="x", blocks=blocks(BUTTON, text="x" * 3001))
    assert refused["error"] == "invalid_blocks"
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert (
        call(slack, "chat.postMessage", channel=channel, text="x", blocks="{nonsense")["error"]
        == "invalid_blocks_format"
    )


def test_charts_and_tables_are_refused_where_they_arent_taken_yet(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA").id
    table = json.dumps([{"type": "table", "rows": [[{"type": "raw_text", "text": "Track"}]]}])
    assert call(slack, "chat.postMessage", channel=channel, text="x", blocks=table)["ok"]
    slack.world.takes_charts = False
    refused = call(slack, "chat.postMessage", channel=channel, text="x", blocks=table)
    assert refused["error"] == "invalid_blocks"
    assert "unsupported type: table" in refused["response_metadata"]["messages"][0]
    assert call(slack, "chat.postMessage", channel=channel, text="x", blocks=blocks(BUTTON))["ok"]
    assert len(slack.messages("U0MAYA")) == 2


def test_metadata_is_kept_and_returned_when_asked(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA").id
    metadata = {"event_type": "t", "event_payload": {"key": "k"}}
    assert call(slack, "chat.postMessage", channel=channel, text="x", metadata=metadata)["ok"]
    assert "metadata" not in call(slack, "conversations.history", channel=channel)["messages"][0]
    found = call(slack, "conversations.history", channel=channel, include_all_metadata="true")["messages"][0]
    assert found["metadata"] == metadata
    assert (
        call(slack, "chat.postMessage", channel=channel, text="x", metadata={"a": 1})["error"]
        == "invalid_metadata_schema"
    )


def test_history_is_newest_first_in_pages_and_without_whispers(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA")
    for n in range(5):
        call(slack, "chat.postMessage", channel=channel.id, text=str(n))
    slack.world.write(channel, BOT_USER, "whisper", only_for="U0MAYA")
    first = call(slack, "conversations.history", channel=channel.id, limit=3)
    assert [m["text"] for m in first["messages"]] == ["4", "3", "2"]
    assert first["has_more"]
    rest = call(
        slack, "conversations.history", channel=channel.id, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in rest["messages"]] == ["1", "0"]
    since = call(slack, "conversations.history", channel=channel.id, oldest=first["messages"][-1]["ts"])
    assert [m["text"] for m in since["messages"]] == ["4", "3"]


def test_an_update_changes_only_the_apps_own_messages(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA")
    posted = call(slack, "chat.postMessage", channel=channel.id, text="x", blocks=blocks(BUTTON))
    assert call(slack, "chat.update", channel=channel.id, ts=posted["ts"], text="y")["ok"]
    changed = channel.find(posted["ts"])
    assert changed is not None
    assert (changed.text, changed.blocks, changed.edited) == ("y", [], True)
    hers = slack.world.write(channel, "U0MAYA", "mine")
    assert call(slack, "chat.update", channel=channel.id, ts=hers.ts, text="y")["error"] == "cant_update_message"
    assert call(slack, "chat.update", channel=channel.id, ts="1.0", text="y")["error"] == "message_not_found"


def test_a_deletion_takes_only_the_apps_own_messages(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA")
    posted = call(slack, "chat.postMessage", channel=channel.id, text="x")
    hers = slack.world.write(channel, "U0MAYA", "mine")
    gone = call(slack, "chat.delete", channel=channel.id, ts=posted["ts"])
    assert (gone["channel"], gone["ts"]) == (channel.id, posted["ts"])
    assert call(slack, "chat.delete", channel=channel.id, ts=posted["ts"])["error"] == "message_not_found"
    assert call(slack, "chat.delete", channel=channel.id, ts=hers.ts)["error"] == "cant_delete_message"
    assert [m["text"] for m in call(slack, "conversations.history", channel=channel.id)["messages"]] == ["mine"]


def test_a_file_that_is_deleted_shows_nowhere(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA")
    web = WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/")
    web.files_upload_v2(filename="a.csv", title="A", content="a,b", channel=channel.id)
    (shown,) = call(slack, "conversations.history", channel=channel.id)["messages"]
    (file,) = shown["files"]
    assert call(slack, "files.delete", file=file["id"])["ok"]
    assert call(slack, "files.delete", file=file["id"])["error"] == "file_not_found"
    assert "files" not in call(slack, "conversations.history", channel=channel.id)["messages"][0]


def test_a_permalink_leads_to_a_message(slack: LocalSlack) -> None:
    channel = slack.world.dm("U0MAYA").id
    ts = call(slack, "chat.postMessage", channel=channel, text="x")["ts"]
    link = call(slack, "chat.getPermalink", channel=channel, message_ts=ts)["permalink"]
    with urllib.request.urlopen(link, timeout=5) as page:
        assert page.status == 200
    assert call(slack, "chat.getPermalink", channel=channel, message_ts="1.0")["error"] == "message_not_found"


def test_a_socket_address_works_once(slack: LocalSlack) -> None:
    address = call(slack, "apps.connections.open", slack.world.app_token)["url"]
    with connect(address) as socket:
        assert json.loads(socket.recv())["type"] == "hello"
    with pytest.raises(InvalidStatus), connect(address):
        pass


def test_what_isnt_acknowledged_in_time_has_failed(slack: LocalSlack, app: App) -> None:
    assert slack.world.ack_seconds == 3
    app.reply, slack.world.ack_seconds = None, 0.05
    assert "operation_timeout" in slack.command("U0MAYA", "/learn next")
    assert "operation_timeout" in slack.whispers("U0MAYA")[-1].text


def test_a_command_nobody_registered_is_none(slack: LocalSlack, app: App) -> None:
    assert slack.command("U0MAYA", "/dance") == "/dance is not a valid command."
    assert app.got == []


def test_names_become_mentions_and_signs_are_escaped(slack: LocalSlack, app: App) -> None:
    slack.command("U0MAYA", "/learn @henrik & <!channel> @nobody")
    assert app.payload["text"] == "<@U0HENRIK|henrik> &amp; &lt;!channel&gt; @nobody"


def test_a_user_group_is_named_with_an_at_as_people_are(slack: LocalSlack, app: App) -> None:
    slack.command("U0MAYA", "/learn @leadership @leader")
    assert app.payload["text"] == "<!subteam^S0LEADERSHIP|@leadership> @leader"


def test_the_members_of_a_user_group_come_at_once(slack: LocalSlack) -> None:
    slack.world.granted.add("usergroups:read")
    assert call(slack, "usergroups.users.list", usergroup="S0LEADERSHIP")["users"] == ["U0MAYA", "U0HENRIK", "U0AIKO"]
    assert call(slack, "usergroups.users.list", usergroup="S0NONE")["error"] == "no_such_subteam"


def test_the_members_of_a_channel_come_in_pages(slack: LocalSlack) -> None:
    slack.world.granted |= {"channels:read", "groups:read"}
    first = call(slack, "conversations.members", channel=GENERAL, limit="2")
    after = call(slack, "conversations.members", channel=GENERAL, cursor=first["response_metadata"]["next_cursor"])
    assert [*first["members"], *after["members"]] == slack.world.channels[GENERAL].people
    assert "U0CALBOT" in after["members"]
    assert call(slack, "conversations.members", channel=slack.world.dm("U0MAYA").id)["error"] == (
        "method_not_supported_for_channel_type"
    )
    slack.world.channels["C0BOARD"] = Channel(id="C0BOARD", name="board", people=["U0MAYA"], private=True)
    assert call(slack, "conversations.members", channel="C0BOARD")["error"] == "channel_not_found"
    slack.world.channels["C0BOARD"].people.append(BOT_USER)
    assert call(slack, "conversations.members", channel="C0BOARD")["members"] == ["U0MAYA", BOT_USER]
    slack.world.granted.remove("groups:read")
    assert call(slack, "conversations.members", channel="C0BOARD")["needed"] == "groups:read"


def test_broadcasts_channels_addresses_and_links_are_wrapped(slack: LocalSlack, app: App) -> None:
    slack.command("U0MAYA", "/learn @here #general #nowhere a@example.org example.com https://example.org/x?y=1")
    assert app.payload["text"] == (
        f"<!here> <#{GENERAL}|general> #nowhere <mailto:a@example.org|a@example.org> "
        "<http://example.com|example.com> <https://example.org/x?y=1>"
    )


def test_a_command_carries_what_slack_says_and_may_be_answered_at_once(slack: LocalSlack, app: App) -> None:
    app.reply = {"response_type": "ephemeral", "text": "for you"}
    assert slack.command("U0MAYA", "/learn  help ", GENERAL) == ""
    assert {"team_id", "channel_id", "user_id", "command", "text", "trigger_id", "response_url"} <= app.payload.keys()
    assert (app.got[-1]["type"], app.payload["command"], app.payload["text"]) == ("slash_commands", "/learn", "help")
    assert [(m.text, m.only_for, m.channel) for m in slack.whispers("U0MAYA")] == [("for you", "U0MAYA", GENERAL)]
    app.reply = {"blocks": blocks(BUTTON, text="")}
    assert "invalid_blocks" in slack.command("U0MAYA", "/learn help")


def test_a_tap_carries_the_message_and_where_to_answer(slack: LocalSlack, app: App) -> None:
    channel = slack.world.dm("U0MAYA")
    menu = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}],
    }
    call(slack, "chat.postMessage", channel=channel.id, text="x", blocks=blocks(BUTTON, menu))
    message = slack.messages("U0MAYA")[-1]
    assert slack.tap("U0MAYA", message, "go") == ""
    tapped = app.payload
    assert (tapped["type"], tapped["user"]["id"], tapped["container"]["message_ts"]) == (
        "block_actions",
        "U0MAYA",
        message.ts,
    )
    assert tapped["actions"][0]["value"] == "v"
    assert tapped["response_url"].startswith(slack.url)
    slack.tap("U0MAYA", message, "more", "a")
    assert app.payload["actions"][0]["selected_option"]["value"] == "a"
    assert slack.tap("U0MAYA", message, "gone") == "That isn't there any more."


def test_what_is_ticked_in_a_message_comes_with_the_next_tap_in_it(slack: LocalSlack, app: App) -> None:
    def ticked(message: PostedMessage, user: str = "U0MAYA") -> list[str]:
        slack.tap(user, message, "go")
        return [option["value"] for option in app.payload["state"]["values"]["b"]["tick"]["selected_options"]]

    boxes = {"type": "checkboxes", "action_id": "tick", "options": options("x", "y", "z")}
    for _ in range(2):
        call(slack, "chat.postMessage", channel=GENERAL, text="x", blocks=blocks(boxes, BUTTON))
    other, message = slack.world.channels[GENERAL].messages[-2:]
    assert ticked(message) == []
    slack.tap("U0MAYA", message, "tick", ["x"])
    slack.tap("U0MAYA", message, "tick", ["x", "z"])
    assert [option["value"] for option in app.payload["actions"][0]["selected_options"]] == ["x", "z"]
    assert ticked(message) == ["x", "z"]
    assert (ticked(other), ticked(message, "U0HENRIK")) == ([], [])
    slack.tap("U0MAYA", message, "tick", [])
    assert ticked(message) == []


def test_a_response_url_works_five_times_for_half_an_hour(slack: LocalSlack, app: App) -> None:
    channel = slack.world.dm("U0MAYA")
    whisper = slack.world.write(channel, BOT_USER, "old", only_for="U0MAYA", blocks=blocks(BUTTON))
    slack.tap("U0MAYA", whisper, "go")
    url = app.payload["response_url"]
    assert post_json(url, {"replace_original": True, "text": "new"}) == (200, "ok")
    assert (whisper.text, whisper.only_for) == ("new", "U0MAYA")
    assert post_json(url, {"text": "another"}) == (200, "ok")
    assert slack.whispers("U0MAYA")[-1].text == "another"
    assert post_json(url, {"text": "", "blocks": []})[0] == 400
    for _ in range(2):
        assert post_json(url, {"text": "more"})[0] == 200
    assert post_json(url, {"text": "more"}) == (404, "used_url")
    slack.tap("U0MAYA", slack.world.write(channel, BOT_USER, "x", blocks=blocks(BUTTON)), "go")
    fresh = app.payload["response_url"]
    slack.world.response_urls[fresh.rsplit("/", 1)[-1]].until = time.time() - 1
    assert post_json(fresh, {"text": "late"}) == (404, "expired_url")
    assert post_json(f"{slack.url}/response/nothing", {"text": "x"})[0] == 404


def test_a_whisper_is_one_persons_and_cant_be_updated(slack: LocalSlack) -> None:
    general = slack.world.channels[GENERAL]
    whisper = slack.world.write(general, BOT_USER, "psst", only_for="U0MAYA")
    assert list(slack.world.visible(general, "U0MAYA")) == [whisper]
    assert list(slack.world.visible(general, "U0HENRIK")) == []
    assert call(slack, "chat.update", channel=GENERAL, ts=whisper.ts, text="y")["error"] == "message_not_found"


def test_events_come_as_subscribed_with_an_id_of_their_own(slack: LocalSlack, app: App) -> None:
    assert slack.say("U0MAYA", "hello <b>") == ""
    first = app.payload
    assert (first["event"]["type"], first["event"]["channel_type"], first["event"]["text"]) == (
        "message",
        "im",
        "hello &lt;b&gt;",
    )
    slack.do(slack.people.change_profile("U0MAYA", tz="Asia/Tokyo"))
    second = app.payload
    assert (second["event"]["type"], second["event"]["user"]["tz"]) == ("user_change", "Asia/Tokyo")
    assert first["event_id"] != second["event_id"]
    slack.world.manifest["settings"]["event_subscriptions"]["bot_events"].remove("user_change")
    slack.do(slack.people.change_profile("U0MAYA", tz="UTC"))
    assert app.payload is not None
    assert len(app.got) == 2


def test_a_dm_is_its_members_alone(slack: LocalSlack, app: App) -> None:
    slack.say("U0MAYA", "secret")
    status, text = post_json(
        f"{slack.url}/page/send", {"user": "U0HENRIK", "channel": slack.world.dm("U0MAYA").id, "text": "x"}
    )
    assert (status, "somebody else" in text) == (400, True)
    with urllib.request.urlopen(f"{slack.url}/page/state?user=U0HENRIK", timeout=5) as answer:
        assert "secret" not in answer.read().decode()
