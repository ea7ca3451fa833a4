"""Who belongs to a workspace: members at home in a sister workspace do, people of other companies don't."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.domain.people import Profile
from bot.slack.outbound import show_reply
from bot.slack.outbound.user_object import profile_from
from bot.store import learners
from localslack import payloads
from localslack.objects import COMPANY, SISTER, TEAM
from localslack.transport import DeliveryError
from localslack.world import User
from tests.helpers import ADMIN, HENRIK, Running

SOFIA, LEE = "U0SOFIA", "U0LEE"


@pytest.fixture(params=["socket", "http"])
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def backend() -> str:
    """The wire is the same under both databases."""
    return "sqlite"


def test_a_member_at_home_in_a_sister_workspace_is_taught_like_everybody(bot: Running) -> None:
    summary = bot.assign("@sofia @lee speak-the-language")
    assert f"assigned to <@{SOFIA}>" in summary.text
    assert f"<@{LEE}> belongs to another workspace" in summary.text
    bot.to(SOFIA, "2026-03-03 12:00")
    lesson = bot.last(SOFIA)
    bot.tap(SOFIA, lesson, "answer:1:0")
    assert "not shown to anybody else" in lesson.text
    assert bot.slack.say(SOFIA, "fomo") == ""
    bot.eventually(lambda: "fear of missing out" in bot.last(SOFIA).text.lower())
    assert "Speak the language: 1 of 12" in bot.command(SOFIA, "/learn progress").text
    assert bot.home(SOFIA)


@pytest.mark.forged
def test_what_a_member_of_a_sister_workspace_says_is_heard_though_the_event_names_that_workspace(bot: Running) -> None:
    channel, ts = bot.slack.world.dm(SOFIA).id, bot.slack.world.new_ts()
    inner = {"type": "message", "channel": channel, "channel_type": "im", "user": SOFIA, "text": "fomo", "ts": ts,
             "event_ts": ts, "team": SISTER, "user_team": SISTER, "source_team": SISTER}  # fmt: skip
    bot.slack.do(bot.slack.people.outbox.send("events_api", payloads.event(bot.slack.world.new_id("Ev"), inner)))
    bot.eventually(lambda: bot.slack.messages(SOFIA))
    assert "fear of missing out" in bot.last(SOFIA).text.lower()


@pytest.mark.forged
@pytest.mark.parametrize("team", [SISTER, None])
def test_a_status_told_without_the_workspaces_of_a_member_shuts_nobody_out_and_lets_nobody_in(
    bot: Running, team: str | None
) -> None:
    bot.command(SOFIA, "/learn progress")
    assert "for the people of this workspace" in bot.command(LEE, "/learn").text
    for person in (SOFIA, LEE):
        told = payloads.user_changed(bot.slack.world.users[person], "1.1")
        told["user"] = {**told["user"], "team_id": team, "tz": "Asia/Tokyo"}
        told["user"].pop("enterprise_user", None)
        told["user"].pop("is_stranger", None)
        bot.slack.do(bot.slack.people.outbox.send("events_api", payloads.event(bot.slack.world.new_id("Ev"), told)))

    def known(person: str) -> tuple[str, bool]:
        with bot.app.ctx.db.read() as session:
            found = learners.get(session, TEAM, person)
        assert found is not None
        return found.tz, found.foreign

    bot.eventually(lambda: (known(SOFIA), known(LEE)) == (("Asia/Tokyo", False), ("Asia/Tokyo", True)))
    assert "You have no track" in bot.command(SOFIA, "/learn progress").text
    assert "for the people of this workspace" in bot.command(LEE, "/learn").text


def test_somebody_the_bot_never_heard_of_is_met_after_the_acknowledgement(bot: Running) -> None:
    asked = len(bot.slack.world.calls)
    assert "You have no track" in bot.command(SOFIA, "/learn progress").text
    assert "users.info" in [method for method, *_ in bot.slack.world.calls[asked:]]
    asked = len(bot.slack.world.calls)
    bot.command(SOFIA, "/learn progress")
    assert "users.info" not in [method for method, *_ in bot.slack.world.calls[asked:]]


def test_the_first_word_of_somebody_new_is_answered_on_their_own_clock(bot: Running) -> None:
    assert bot.slack.say(SOFIA, "fomo") == ""
    bot.eventually(lambda: bot.slack.messages(SOFIA)[1:])
    with bot.app.ctx.db.read() as session:
        known = learners.get(session, TEAM, SOFIA)
    assert known is not None
    assert (known.tz, known.foreign) == ("Europe/Berlin", False)


def test_a_person_of_another_company_is_refused_in_every_way_and_not_answered_in_the_dm(bot: Running) -> None:
    assert "for the people of this workspace" in bot.command(LEE, "/learn").text
    assert "for the people of this workspace" in bot.command(LEE, "/track list").text
    before = len(bot.slack.messages(LEE))
    assert bot.slack.say(LEE, "fomo") == ""
    bot.slack.open_home(LEE)
    bot.tick()
    assert len(bot.slack.messages(LEE)) == before + 1, "only what Lee wrote"
    assert bot.published(LEE) == 0


def test_when_slack_cant_say_who_it_is_they_are_asked_to_try_again(bot: Running) -> None:
    bot.slack.fault("users.info", "error_500", times=9)
    assert "try again" in bot.command(SOFIA, "/learn progress").text.lower()


def user(**more: object) -> dict[str, object]:
    return {"id": "U1", "name": "ada", "team_id": TEAM, "is_stranger": False, **more}


@pytest.mark.parametrize(
    ("said", "foreign"),
    [
        (user(), False), (user(team_id=None), False), (user(team_id="T0OTHER"), True), (user(is_stranger=True), True),
        (user(team_id=SISTER, enterprise_user={"teams": [SISTER, TEAM]}), False),
        (user(team_id=None, enterprise_user={"teams": [SISTER, TEAM]}), False),
        (user(team_id=SISTER, enterprise_user={"teams": [SISTER]}), True),
        (user(team_id=TEAM, enterprise_user={}), False), (user(team_id=TEAM, enterprise_user=None), False),
        ({"id": "U1", "name": "a", "team_id": "T0OTHER"}, True), ({"id": "U1", "name": "a"}, False),
    ],
)  # fmt: skip
def test_membership_is_what_slack_says_of_the_person_and_no_inequality_of_ids(
    said: dict[str, object], foreign: bool
) -> None:
    found = profile_from(TEAM, said)
    assert isinstance(found, Profile)
    assert found.foreign is foreign


def test_a_stranger_in_the_local_slack_is_somebody_of_no_workspace_of_ours() -> None:
    ours = User(id="U1", handle="a", name="A", title="", tz="UTC", team=SISTER, teams=(SISTER, TEAM)).as_slack()
    assert (ours["is_stranger"], ours["enterprise_user"]["enterprise_id"]) == (False, COMPANY["id"])
    assert User(id="U2", handle="b", name="B", title="", tz="UTC", team="T0OTHER").as_slack()["is_stranger"] is True


@pytest.fixture
def low_priority(bot: Running, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What would be done once the request is acknowledged; nobody does it here but the test."""
    found: list[Callable[[], object]] = []

    def keep(do: Callable[..., object], *given: object, **named: object) -> None:
        found.append(partial(do, *given, **named))

    monkeypatch.setattr(bot.app.bolt.low_priority, "submit", keep)
    return found


@pytest.mark.forged
@pytest.mark.impatient
@pytest.mark.parametrize("fault", ["refused", "hang", "error_500"])
@pytest.mark.parametrize("org_wide", [False, True])
def test_a_request_of_a_workspace_that_isnt_installed_is_acknowledged_whatever_its_address_does(
    bot: Running, fault: str, org_wide: bool, caplog: pytest.LogCaptureFixture, low_priority: list[Callable[[], object]]
) -> None:
    slack, somebody = bot.slack, bot.slack.world.users[ADMIN]
    url = "http://127.0.0.1:9/response" if fault == "refused" else f"{slack.url}/response/nobody"
    payload = payloads.command(somebody, slack.world.dm(ADMIN), "/learn", "help", trigger_id="1.2", response_url=url)
    payload["team_id"] = "T0NOWHERE"
    if org_wide:
        payload["is_enterprise_install"] = "true"
    if fault != "refused":
        slack.fault("/response/nobody", fault, seconds=3)
    assert slack.do(slack.people.outbox.send("slash_commands", payload, answers=True)) is not None
    assert fault == "refused" or slack.faults.active[0].times == 1, "the address was called before the acknowledgement"
    bot.eventually(lambda: low_priority)
    (decline,) = low_priority
    decline()
    assert fault == "refused" or slack.faults.active[0].times == 0, "nobody was told"
    assert not [r for r in caplog.records if r.levelname == "ERROR"]


@pytest.mark.forged
@pytest.mark.impatient
def test_a_shortcut_nobody_listens_to_is_acknowledged_whatever_its_address_does(
    bot: Running, low_priority: list[Callable[[], object]]
) -> None:
    slack, somebody = bot.slack, bot.slack.world.users[ADMIN]
    channel = slack.world.dm(ADMIN)
    message = slack.world.write(channel, ADMIN, "fomo")
    chosen = payloads.interaction(somebody, payloads.shortcut(channel, message, "of_another_version"),
                                  trigger_id="1.2", response_url=f"{slack.url}/response/nobody")  # fmt: skip
    slack.fault("/response/nobody", "hang", seconds=3)
    assert slack.do(slack.people.outbox.send("interactive", chosen)) is not None
    assert slack.faults.active[0].times == 1, "the address was called before the acknowledgement"
    bot.eventually(lambda: low_priority)
    (tell,) = low_priority
    tell()
    assert slack.faults.active[0].times == 0, "nobody was told"


@pytest.mark.forged
@pytest.mark.impatient
def test_a_request_that_fails_is_answered_before_its_address_is_called(
    bot: Running, low_priority: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise SQLAlchemyError("broken")

    slack, somebody = bot.slack, bot.slack.world.users[ADMIN]
    monkeypatch.setattr(bot.app.ctx.db.writer, "connect", breaks)
    monkeypatch.setattr(bot.app.ctx.db.reader, "connect", breaks)
    # what breaks isn't acknowledged, however long one waits
    slack.world.ack_seconds = 0.5
    payload = payloads.command(somebody, slack.world.dm(ADMIN), "/learn", "progress", trigger_id="1.2",
                               response_url=f"{slack.url}/response/nobody")  # fmt: skip
    slack.fault("/response/nobody", "hang", seconds=3)
    with suppress(DeliveryError):
        slack.do(slack.people.outbox.send("slash_commands", payload, answers=True))
    bot.eventually(lambda: low_priority)
    assert slack.faults.active[0].times == 1, "the address was called before the answer"
    for tell in list(low_priority):
        tell()
    assert slack.faults.active[0].times == 0, "nobody was told"


def test_somebody_new_hears_of_a_database_that_failed_once_they_were_acknowledged(
    bot: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))

    monkeypatch.setattr(show_reply, "meet", gone)
    told = bot.command(HENRIK, "/learn help").text
    assert told.startswith("Something went wrong at my end; it wasn't you.")
    (reference,) = re.findall(r"reference: `?(\w{8})", told)
    assert any(reference in record.getMessage() for record in caplog.records if record.levelname == "ERROR")
