"""Who is in the workspace, and what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime

from slack_sdk import WebClient

from localslack import LocalSlack, payloads
from localslack.objects import COMPANY, SISTER, TEAM
from tests.localslack.wire import BUTTON, App, blocks, call, modal, plain, posted

MAYA = "U0MAYA"


def test_everybody_is_listed_in_pages(slack: LocalSlack) -> None:
    web = WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/")
    pages = [page["members"] for page in web.users_list(limit=4)]
    assert [len(page) for page in pages[:-1]] == [4] * (len(pages) - 1)
    assert [m["id"] for page in pages for m in page] == list(slack.world.users)
    assert len(call(slack, "users.list")["members"]) == len(slack.world.users)
    assert call(slack, "users.list", limit="many")["error"] == "invalid_limit"
    assert call(slack, "users.list", cursor="nonsense")["error"] == "invalid_cursor"


def test_a_deactivated_person_is_told_of_and_cant_be_opened(slack: LocalSlack, app: App) -> None:
    channel = slack.world.dm(MAYA).id
    assert slack.deactivate(MAYA) == ""
    event = app.payload["event"]
    assert (event["type"], event["user"]["id"], event["user"]["deleted"]) == ("user_change", MAYA, True)
    assert call(slack, "users.info", user=MAYA)["user"]["deleted"]
    assert call(slack, "conversations.open", users=MAYA)["error"] == "user_disabled"
    assert call(slack, "chat.postMessage", channel=channel, text="nobody reads this")["ok"]


def test_a_guest_is_restricted(slack: LocalSlack) -> None:
    guest = call(slack, "users.info", user="U0GUEST")["user"]
    assert (guest["is_restricted"], guest["name"]) == (True, "gast")
    assert not call(slack, "users.info", user=MAYA)["user"]["is_restricted"]


def test_a_member_of_a_company_says_of_which_workspaces(slack: LocalSlack) -> None:
    sofia, maya = (call(slack, "users.info", user=user)["user"] for user in ("U0SOFIA", MAYA))
    assert (sofia["team_id"], sofia["is_stranger"]) == (SISTER, False)
    assert sofia["enterprise_user"]["teams"] == [SISTER, TEAM]
    assert "enterprise_user" not in maya


def test_payloads_say_the_home_of_a_member_of_a_company(slack: LocalSlack) -> None:
    sofia, maya = slack.world.users["U0SOFIA"], slack.world.users[MAYA]
    sent = payloads.interaction(sofia, {"type": "block_actions"})
    assert (sent["team"]["id"], sent["user"]["team_id"], sent["enterprise"]) == (TEAM, SISTER, COMPANY)
    assert payloads.interaction(maya, {"type": "block_actions"})["enterprise"] is None


def test_who_shares_a_channel_is_no_stranger(slack: LocalSlack) -> None:
    lee, kim = (call(slack, "users.info", user=user)["user"] for user in ("U0LEE", "U0KIM"))
    assert (lee["team_id"], lee["is_stranger"]) == (kim["team_id"], not kim["is_stranger"])


def test_a_status_is_in_the_profile_and_told_of(slack: LocalSlack, app: App) -> None:
    until = datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC)
    slack.set_status(MAYA, ":palm_tree:", until, "Vacationing")
    told = app.payload["event"]["user"]["profile"]
    asked = call(slack, "users.info", user=MAYA)["user"]["profile"]
    for said in (told, asked):
        assert (said["status_emoji"], said["status_text"]) == (":palm_tree:", "Vacationing")
        assert said["status_expiration"] == until.timestamp()
    slack.set_status(MAYA, "")
    assert call(slack, "users.info", user=MAYA)["user"]["profile"]["status_expiration"] == 0


def test_do_not_disturb_says_from_when_until_when(slack: LocalSlack) -> None:
    slack.world.granted.add("dnd:read")
    assert not call(slack, "dnd.info", user=MAYA)["dnd_enabled"]
    start, end = datetime(2026, 3, 2, 21, tzinfo=UTC), datetime(2026, 3, 3, 7, tzinfo=UTC)
    slack.world.users[MAYA].dnd = (start, end)
    found = call(slack, "dnd.info", user=MAYA)
    assert (found["dnd_enabled"], found["next_dnd_start_ts"], found["next_dnd_end_ts"]) == (
        True,
        int(start.timestamp()),
        int(end.timestamp()),
    )
    assert call(slack, "dnd.info", user="UNOBODY")["error"] == "user_not_found"


def test_a_file_goes_to_an_address_of_its_own_and_is_shown_once(slack: LocalSlack) -> None:
    assert call(slack, "files.getUploadURLExternal", filename="a.csv", length=0)["error"] == "missing_argument"
    given = call(slack, "files.getUploadURLExternal", filename="a.csv", length=3)
    assert posted(given["upload_url"], b"four")[0] == 400
    assert posted(given["upload_url"], b"a,b") == (200, "OK - 3")
    assert posted(given["upload_url"], b"c,d")[0] == 400
    where = {"channel_id": slack.world.dm(MAYA).id, "initial_comment": "Here it is."}
    done = call(slack, "files.completeUploadExternal", files=[{"id": given["file_id"], "title": "A"}], **where)
    assert done["files"] == [{"id": given["file_id"], "title": "A"}]
    shown = slack.messages(MAYA)[-1]
    assert (shown.text, [f.name for f in shown.files], shown.files[0].content) == ("Here it is.", ["a.csv"], b"a,b")
    again = call(slack, "files.completeUploadExternal", files=[{"id": given["file_id"]}], **where)
    assert again["error"] == "file_not_found"


def test_only_a_file_that_has_come_can_be_shown(slack: LocalSlack) -> None:
    where = slack.world.dm(MAYA).id
    given = call(slack, "files.getUploadURLExternal", filename="a.csv", length=3)
    for files, channel, error in (
        ([{"id": given["file_id"]}], where, "file_not_found"),
        ([{"id": "F0"}], where, "file_not_found"),
        ([], where, "invalid_arguments"),
        ([{"id": given["file_id"]}], "D0", "channel_not_found"),
    ):
        refused = call(slack, "files.completeUploadExternal", files=files, channel_id=channel)
        assert refused["error"] == error
    assert slack.messages(MAYA) == []


def test_slacks_validator_takes_one_thing_at_a_time(slack: LocalSlack) -> None:
    assert call(slack, "blocks.validate", blocks=blocks(BUTTON)) == {"ok": True}
    assert call(slack, "blocks.validate", message={"text": "x", "blocks": blocks(BUTTON)}) == {"ok": True}
    assert call(slack, "blocks.validate", view=modal()) == {"ok": True}
    assert call(slack, "blocks.validate")["error"] == "invalid_arguments"
    assert call(slack, "blocks.validate", blocks=blocks(BUTTON), view=modal())["error"] == "invalid_arguments"
    wrong = call(slack, "blocks.validate", view=modal(title=plain("x" * 25)))
    assert (wrong["error"], wrong["errors"][0]["pointer"]) == ("invalid_view", "/title/text")
    wrong = call(slack, "blocks.validate", blocks=blocks(BUTTON, text=""))
    assert (wrong["error"], wrong["errors"][0]["pointer"]) == ("invalid_blocks", "/0/text/text")
    assert wrong["errors"][0].keys() == {"pointer", "code", "message"}


def test_without_a_messages_tab_nobody_can_be_written_to(slack: LocalSlack) -> None:
    slack.world.manifest["features"]["app_home"]["messages_tab_enabled"] = False
    refused = call(slack, "chat.postMessage", channel=slack.world.dm(MAYA).id, text="x")
    assert refused["error"] == "messages_tab_disabled"
