"""What Slack would never send: fields that are missing, of another type, too long, impossible. Never a traceback."""

from __future__ import annotations

import itertools
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from bot.limits import view_violations
from bot.messages import brief, dialogs
from bot.slack.inbound import payload_guard
from localslack import LocalSlack, payloads
from localslack.http_transport import signature
from localslack.objects import PostedMessage, User
from localslack.transport import DeliveryError
from tests import patience
from tests.contracts.ledger import check_ledger
from tests.helpers import ADMIN, HENRIK, MAYA, TEAM, Running, words_of
from tests.renewed import Renewed
from tests.running import running

pytestmark = pytest.mark.forged
Payload = dict[str, Any]
LONG = "x" * 40_000
JUNK: tuple[Any, ...] = (None, 5, "", "\x00", LONG, [], {}, ["x"], {"id": 7}, True)
"""What fields are replaced with, one after the other; each is also left out."""
EACH = 1
SAME = "0.same."
"""How the ids begin by which a repeated request is known."""


@pytest.fixture(scope="module", params=["socket", "http"])
def bots(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Renewed[Running]]:
    """One bot for all of them, each way."""
    with Renewed(lambda: _made(request.param, sqlite_template, tmp_path_factory)) as renewed:
        yield renewed


@pytest.fixture
def bot(bots: Renewed[Running], request: pytest.FixtureRequest) -> Iterator[Running]:
    """One bot for all of them, each way."""
    yield bots.get()
    bots.leave(request)


@contextmanager
def _made(transport: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    file = tmp_path_factory.mktemp("hostile") / "test.db"
    shutil.copy(sqlite_template, file)
    slack = LocalSlack(transport=transport).start()
    with running(slack, f"sqlite:///{file}") as made:
        made.assign("@henrik speak-the-language")
        made.app.ticker.tick()
        slack.world.retry_waits = ()
        yield made
    slack.stop()
    check_ledger(slack.world, forged=True)


@pytest.fixture(autouse=True)
def no_traceback(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """After each test: nothing was logged as an error, and no traceback at all."""
    caplog.set_level(logging.INFO)
    yield
    assert accidents(caplog) == []


def bases(bot: Running) -> dict[str, tuple[str, Payload]]:
    """One sound payload of each kind."""
    world, user = bot.slack.world, bot.slack.world.users[HENRIK]
    channel = world.dm(HENRIK)
    message = PostedMessage(channel=channel.id, ts="1.000001", user="U0MISSINGLINK", text="FOMO", business=world.now())
    action = {"type": "static_select", "action_id": "hour", "block_id": "0" * 32, "action_ts": f"{SAME}{time.time():.6f}",
              "selected_option": {"value": "07:00"}}  # fmt: skip
    view = {"id": "V1", "type": "modal", "callback_id": dialogs.ASSIGN, "private_metadata": "x", "hash": str(time.time()),
            "team_id": TEAM, "app_installed_team_id": TEAM, "blocks": [],
            "state": {"values": {dialogs.PEOPLE: {dialogs.PEOPLE: {"type": "multi_users_select", "selected_users": [MAYA]}}}}}  # fmt: skip
    answering = {"trigger_id": world.new_trigger(HENRIK), "response_url": url(bot, user)}
    made = {
        "tap": payloads.interaction(
            user, payloads.tap_in_message(channel, message, action, {"values": {}}), **answering
        ),
        "tap in home": payloads.interaction(
            user, payloads.tap_in_view({**view, "type": "home"}, action), trigger_id="1"
        ),
        "submit": payloads.interaction(bot.slack.world.users[ADMIN], payloads.submission(view), trigger_id="1"),
        "search": payloads.interaction(
            user, payloads.suggestion(view, dialogs.ZONE, dialogs.ZONE, "berlin"), trigger_id="1"
        ),
        "shortcut": payloads.interaction(user, payloads.shortcut(channel, message, "explain_jargon"), **answering),
    }
    said = {"type": "message", "channel": channel.id, "channel_type": "im", "user": HENRIK, "text": "fomo", "ts": "1.1"}
    home = {"type": "app_home_opened", "user": HENRIK, "channel": channel.id, "tab": "home", "view": {"hash": "x"}}
    profile = payloads.user_changed(user, "1.1")
    profile["user"] = {
        k: profile["user"][k] for k in ("id", "team_id", "name", "tz", "deleted", "locale", "is_bot", "profile")
    }
    profile["user"]["profile"] = {"display_name": "Henrik"}
    return {
        "command": ("slash_commands", payloads.command(user, channel, "/learn", "help", **answering)),
        **{name: ("interactive", payload) for name, payload in made.items()},
        **{
            f"event {e['type']}": ("events_api", payloads.event(SAME + world.new_id("Ev"), e))
            for e in (said, home, profile)
        },
    }


def url(bot: Running, user: User) -> str:
    world = bot.slack.world
    return f"{bot.slack.url}/response/{world.new_response_url(world.dm(user.id).id, user.id)}"


def paths(thing: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a payload."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for key, part in inside:
        yield (*before, key)
        yield from paths(part, (*before, key))


def changed(payload: Payload, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Payload:
    """A copy with one place changed."""
    made = deepcopy(payload)
    inner: Any = made
    for step in path[:-1]:
        inner = inner[step]
    change(inner, path[-1])
    return made


def mutations(payload: Payload) -> Iterator[tuple[str, Payload]]:
    """A payload with one field left out, or replaced with junk; `EACH` kinds of junk a field, in turn."""
    turn = itertools.cycle(JUNK)

    def out(inner: Any, key: Any) -> None:
        del inner[key]

    for path in paths(payload):
        yield f"{path} left out", changed(payload, path, out)
        for junk in itertools.islice(turn, EACH):

            def put(inner: Any, key: Any, junk: Any = junk) -> None:
                inner[key] = junk

            yield f"{path} is {str(junk)[:20]!r}", changed(payload, path, put)


KINDS = ("command", "tap", "tap in home", "submit", "search", "shortcut", "event message", "event app_home_opened",
         "event user_change")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_is_missing_or_odd_is_no_accident(
    bot: Running, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    envelope, sound = bases(bot)[kind]
    outbox, over_http = bot.slack.people.outbox, bot.slack.transport is bot.slack.http_transport
    faults = []
    # a request that was dealt with before would change nothing: each says that it is another
    for number, (what, odd) in enumerate(mutations(sound)):
        payload = json.loads(json.dumps(odd).replace(SAME, f"{number}."))
        try:
            ack = bot.slack.do(outbox.send(envelope, payload, answers=envelope != "events_api"))
        except DeliveryError as refused:
            # the guard turned it away
            ack = {} if over_http and refused.reason == "http_error" else None
        if ack is None or accidents(caplog):
            faults.append((what, accidents(caplog)))
            caplog.clear()
    assert faults == []


def accidents(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as a failure of the program's own."""
    found = [r for r in caplog.records if r.exc_info or r.levelno >= logging.ERROR]
    return [r.getMessage()[:300] for r in found if "AuthorizeResult" not in r.getMessage()]


def field(name: str, **state: Any) -> Payload:
    return {name: {name: state}}


GOOD = {
    **field(dialogs.DAYS, type="checkboxes", selected_options=[{"value": "1"}]),
    **field(dialogs.PAUSE, type="radio_buttons", selected_option={"value": "running"}),
}
TO_ASSIGN = {
    **field(dialogs.PEOPLE, type="multi_users_select", selected_users=[MAYA]),
    **field(dialogs.TRACK, type="static_select", selected_option={"value": "speak-the-language"}),
}
CROWD = [f"U0{n:04}" for n in range(1001)]
ODD_FORMS: dict[str, tuple[str, Payload, str]] = {
    "no fields at all": (dialogs.SETTINGS, {}, "at least one day"),
    "fields that are no fields": (dialogs.SETTINGS, {"a": 5, "b": {"c": 6}, dialogs.DAYS: []}, "at least one day"),
    "a date there never was": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.FROM, selected_date="2026-02-30")}, "nothing was changed"),
    "a date of another age": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.FROM, selected_date="9999-12-31")}, "within a year"),
    "an hour there never is": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.AT, selected_option={"value": "25:99"})}, "nothing was changed"),
    "an hour without end": (dialogs.SETTINGS, {**GOOD, **field(dialogs.HOUR, selected_option={"value": "9" * 5000})}, "nothing was changed"),
    "an eighth day": (dialogs.SETTINGS, {**GOOD, **field(dialogs.DAYS, selected_options=[{"value": "9"}])}, "at least one day"),
    "days that are none": (dialogs.SETTINGS, {**GOOD, **field(dialogs.DAYS, selected_options=[55, None, {}])}, "at least one day"),
    "people who are no ids": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.PEOPLE, selected_users=["maya", "", LONG])}, "Choose people from the list"),
    "people who are numbers": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.PEOPLE, selected_users=[5, None])}, "Choose people from the list"),
    "a thousand people": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.PEOPLE, selected_users=CROWD[:1000])}, "1000 people"),
    "one more": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.PEOPLE, selected_users=CROWD)}, "more than 1000 people"),
    "a track there isn't": (dialogs.ASSIGN, {**TO_ASSIGN, **field(dialogs.TRACK, selected_option={"value": LONG})}, "Choose a track"),
    "a zone that is a path": (dialogs.SETTINGS, {**GOOD, **field(dialogs.ZONE, selected_option={"value": "../../etc/passwd"})}, "don't know that time zone"),
    "a zone that is a folder": (dialogs.SETTINGS, {**GOOD, **field(dialogs.ZONE, selected_option={"value": "America"})}, "don't know that time zone"),
    "a country that is long": (dialogs.SETTINGS, {**GOOD, **field(dialogs.COUNTRY, selected_option={"value": LONG})}, "don't know that country"),
    "a pause until a number": (dialogs.SETTINGS, {**GOOD, **field(dialogs.PAUSE, selected_option={"value": "until"}), **field(dialogs.UNTIL, selected_date=5)}, "a day after today"),
    "a dialog nobody made": ("made_up", {}, "nothing was changed"),
    "a meeting about nothing": (brief.CALLBACK, {}, "nothing was changed"),
    "a meeting about a word there isn't": (brief.CALLBACK, field(brief.ABOUT, selected_option={"value": "term:" + LONG}), "nothing was changed"),
    "an order nobody gave": (dialogs.CONFIRM, {}, "nothing was changed"),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD_FORMS)
def test_a_dialog_with_impossible_values_is_answered(bot: Running, what: str) -> None:
    callback_id, values, says = ODD_FORMS[what]
    _, sound = bases(bot)["submit"]
    view = {**sound["view"], "callback_id": callback_id, "state": {"values": values}, "private_metadata": "\x00" + LONG}
    answer = bot.slack.do(bot.slack.people.outbox.send("interactive", {**sound, "view": view}, answers=True))
    assert answer is not None
    assert says in words_of(answer.get("view") or {}) + " ".join(answer.get("errors", {}).values())
    assert answer.get("view") is None or view_violations(answer["view"]) == []


@pytest.mark.parametrize("text", ["assign @maya at 99999999999999999999:00 x", "status \u00b2", "status " + "9" * 5000,
                                  "assign " + "<@U0MAYA> " * 1000 + "speak-the-language", LONG, "preview -1", "\x00",
                                  "assign <@U0MAYA> speak-the-language from 0000-00-00", "pause until 9999-99-99"])  # fmt: skip
@pytest.mark.parametrize("name", ["/track", "/learn", "/jargon"])
def test_whatever_is_typed_gets_an_answer(bot: Running, name: str, text: str) -> None:
    user = bot.slack.world.users[ADMIN]
    channel, before = bot.slack.world.dm(ADMIN), len(bot.slack.whispers(ADMIN))
    answering = {"trigger_id": f"1.{time.time()}", "response_url": url(bot, user)}
    sent = payloads.command(user, channel, name, text, **answering)
    assert bot.slack.do(bot.slack.people.send_command(sent)) == ""
    bot.eventually(lambda: len(bot.slack.whispers(ADMIN)) > before)


def test_a_word_that_bolt_takes_for_a_form_is_explained_like_any_other(bot: Running) -> None:
    assert "payload" in bot.command(HENRIK, "/jargon payload").text


def test_what_nobody_listens_to_is_answered_all_the_same(bot: Running) -> None:
    _, sound = bases(bot)["tap"]
    before = len(bot.slack.whispers(HENRIK))
    odd = {**sound, "actions": [{**sound["actions"][0], "action_id": "Not Ours"}]}
    assert bot.slack.do(bot.slack.people.send_interaction(odd)) == ""
    bot.eventually(lambda: "nothing was changed" in "".join(m.text for m in bot.slack.whispers(HENRIK)[before:]))


def post(bot: Running, body: bytes, kind: str = "application/json", **more: str) -> int:
    """POST to the bot as Slack would, signed unless `more` says otherwise; the status."""
    at = str(int(time.time()))
    signed = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature(bot.slack.world.signing_secret, at, body)}
    where = urlsplit(bot.slack.request_url)
    connection = HTTPConnection(str(where.hostname), where.port, timeout=patience.SECONDS)
    try:
        connection.request("POST", where.path, body, {"Content-Type": kind, **signed, **more})
        return connection.getresponse().status
    finally:
        connection.close()


FORM = "application/x-www-form-urlencoded"
HELP = urlencode({"command": "/learn", "text": "help"}).encode()


@pytest.mark.parametrize("bots", ["http"], indirect=True)
def test_over_http_only_what_slack_signed_comes_in(bot: Running) -> None:
    late = str(int(time.time()) - payload_guard.OLDEST_SECONDS - 5)
    old = {
        "X-Slack-Request-Timestamp": late,
        "X-Slack-Signature": signature(bot.slack.world.signing_secret, late, HELP),
    }
    for more in ({"X-Slack-Signature": "v0=" + "0" * 64}, {"X-Slack-Signature": ""}, {"X-Slack-Signature": "v1=ü"}, old,
                 {"X-Slack-Request-Timestamp": "soon"}, {"X-Slack-Request-Timestamp": "9" * 400},
                 {"X-Slack-Request-Timestamp": "-1"}, {"X-Slack-Request-Timestamp": ""}):  # fmt: skip
        assert post(bot, HELP, FORM, **{name: value.encode().decode("latin-1") for name, value in more.items()}) == 401


@pytest.mark.parametrize("bots", ["http"], indirect=True)
def test_over_http_what_cant_be_read_is_turned_away(bot: Running) -> None:
    deep = b'{"view":' * 900 + b"1" + b"}" * 900
    for body, kind in ((b"", FORM), (b"", "application/json"), (b"\xff\xfe", FORM), (b"{", "application/json"),
                       (b"[]", "application/json"), (b"null", "application/json"), (b"[" * 100_000, "application/json"),
                       (deep, "application/json"), (b"payload=%7B", FORM), (b"payload=", FORM), (b"payload=5", FORM),
                       (b"payload=%7B%7D&payload=x", FORM), (b"hello", "text/plain"), (HELP, "application/json"),
                       (b'{"type":"event_callback"}', "application/json"), (b"{&a=b", FORM),
                       (json.dumps({"type": "event_callback", "event": []}).encode(), "application/json")):  # fmt: skip
        assert post(bot, body, kind) == 400, body[:40]
    assert post(bot, b"x" * (payload_guard.LARGEST + 1)) == 413


@pytest.mark.parametrize("bots", ["http"], indirect=True)
def test_over_http_half_a_sign_is_no_accident(bot: Running) -> None:
    _, sound = bases(bot)["tap"]
    for name in ("block_id", "action_ts"):
        odd = {**sound, "actions": [{**sound["actions"][0], name: "\ud800"}]}
        assert post(bot, urlencode({"payload": json.dumps(odd)}).encode(), FORM) == 200
    _, said = bases(bot)["event message"]
    for name in ("user", "text"):
        odd = {**said, "event": {**said["event"], name: "\ud800"}}
        assert post(bot, json.dumps(odd).encode()) == 200
