"""How payloads reach an app on sockets: once, again, or over another connection."""

from __future__ import annotations

import json
import time
from threading import Event

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from localslack import LocalSlack
from tests.localslack.wire import BUTTON, App, blocks, call

MAYA = "U0MAYA"


@pytest.fixture
def hurried(slack: LocalSlack) -> LocalSlack:
    """A Slack whose seconds are short."""
    assert (slack.world.ack_seconds, slack.world.retry_waits) == (3.0, (0.0, 60.0, 300.0))
    slack.world.ack_seconds = 0.05
    slack.world.retry_waits = (0.0, 0.02, 0.05)
    return slack


def test_an_event_comes_again_three_times_until_acknowledged(hurried: LocalSlack, app: App) -> None:
    app.drop = 2
    assert hurried.say(MAYA, "one") == "The app did not respond in time."
    app.wait_for(3)
    assert [(e["retry_attempt"], e["retry_reason"]) for e in app.got] == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert len({e["payload"]["event_id"] for e in app.got}) == 1
    time.sleep(0.15)
    assert len(app.got) == 3
    app.drop = 9
    hurried.say(MAYA, "two")
    app.wait_for(7)
    time.sleep(0.2)
    assert [e["retry_attempt"] for e in app.got[3:]] == [0, 1, 2, 3]


def test_an_event_waits_for_an_app_that_isnt_connected(hurried: LocalSlack) -> None:
    hurried.world.retry_waits = (0.0, 0.3)
    assert hurried.say(MAYA, "one") == "The app isn't connected."
    app = App(hurried)
    app.wait_for(1)
    assert (app.got[0]["retry_attempt"], app.payload["event"]["text"]) == (2, "one")
    app.close()


def test_commands_and_taps_come_once(hurried: LocalSlack, app: App) -> None:
    app.reply = None
    hurried.command(MAYA, "/learn help")
    message = hurried.world.write(hurried.world.dm(MAYA), "U0MISSINGLINK", "x", blocks=blocks(BUTTON))
    assert hurried.tap(MAYA, message, "go") == "The app did not respond in time."
    time.sleep(0.2)
    assert [e["type"] for e in app.got] == ["slash_commands", "interactive"]
    assert all("retry_attempt" not in e for e in app.got)


def test_the_ledger_has_every_payload_acknowledgement_and_call(hurried: LocalSlack, app: App) -> None:
    app.reply = {"text": "hello"}
    hurried.command(MAYA, "/learn help")
    app.reply = None
    hurried.say(MAYA, "one")
    world = hurried.world
    assert [kind for kind, _ in world.sent][:2] == ["slash_commands", "events_api"]
    assert world.acknowledged == [("slash_commands", world.sent[0][1], {"text": "hello"})]
    call(hurried, "chat.postMessage", channel=world.dm(MAYA).id, text="x", blocks=blocks(BUTTON))
    method, arguments, answer = world.calls[-1]
    assert (method, arguments["blocks"], answer["ok"]) == ("chat.postMessage", blocks(BUTTON), True)
    assert [name for name, _, _ in world.calls] == ["apps.connections.open", "chat.postMessage"]


def test_each_payload_goes_to_one_of_several_connections(slack: LocalSlack) -> None:
    apps = [App(slack) for _ in range(3)]
    for n in range(6):
        assert slack.say(MAYA, str(n)) == ""
    assert [len(a.got) for a in apps] == [2, 2, 2]
    assert sorted(e["payload"]["event"]["text"] for a in apps for e in a.got) == list("012345")
    for a in apps:
        a.close()


def test_ten_connections_are_the_most(slack: LocalSlack) -> None:
    apps = [App(slack) for _ in range(10)]
    with connect(call(slack, "apps.connections.open", slack.world.app_token)["url"]) as socket:
        assert json.loads(socket.recv())["reason"] == "too_many_websockets"
        with pytest.raises(ConnectionClosed):
            socket.recv()
    assert slack.sockets.connected == 10
    for a in apps:
        a.close()


def test_a_hello_says_how_many_and_for_how_long(slack: LocalSlack, app: App) -> None:
    with connect(call(slack, "apps.connections.open", slack.world.app_token)["url"]) as socket:
        hello = json.loads(socket.recv())
    assert (hello["type"], hello["num_connections"]) == ("hello", 2)
    assert hello["connection_info"] == {"app_id": "A0MISSING"}
    assert hello["debug_info"]["approximate_connection_time"] > 0


def test_a_connection_is_warned_ended_and_replaced(slack: LocalSlack) -> None:
    address = call(slack, "apps.connections.open", slack.world.app_token)["url"]
    with connect(address) as socket:
        socket.recv()
        slack.do(slack.sockets.refresh())
        reasons = [json.loads(socket.recv())["reason"] for _ in range(2)]
        assert reasons == ["warning", "refresh_requested"]
        with pytest.raises(ConnectionClosed):
            socket.recv()
    app = App(slack)
    assert slack.say(MAYA, "after") == ""
    app.close()


def test_slacks_own_client_lives_through_a_refresh(slack: LocalSlack) -> None:
    arrived = Event()

    def listen(client: SocketModeClient, request: SocketModeRequest) -> None:
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
        arrived.set()

    web = WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/")
    client = SocketModeClient(slack.world.app_token, web_client=web, ping_interval=1)
    client.socket_mode_request_listeners.append(listen)  # type: ignore[arg-type]
    try:
        client.connect()
        slack.world.ack_seconds, slack.world.retry_waits = 1.0, (0.1, 0.5, 2.0)
        slack.do(slack.sockets.refresh())
        # it comes back in its own time, which on a busy machine is longer than one event is retried
        for _ in range(8):
            slack.say(MAYA, "after")
            if arrived.wait(5):
                break
        assert arrived.is_set(), "it didn't come back"
    finally:
        # left open it would try to connect for as long as this worker lives, in everybody else's log
        client.close()


def test_a_frozen_connection_says_nothing_and_isnt_closed(hurried: LocalSlack) -> None:
    with connect(call(hurried, "apps.connections.open", hurried.world.app_token)["url"]) as socket:
        socket.recv()
        assert socket.ping().wait(2)
        hurried.now(hurried.sockets.freeze)
        assert not socket.ping().wait(0.2)
        assert hurried.say(MAYA, "one") == "The app did not respond in time."
        with pytest.raises(TimeoutError):
            socket.recv(timeout=0)
        assert hurried.sockets.connected == 1
        hurried.now(hurried.sockets.thaw)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=2)
    assert hurried.sockets.connected == 0


def test_a_mute_slack_accepts_and_says_nothing(slack: LocalSlack) -> None:
    slack.sockets.mute = True
    with connect(call(slack, "apps.connections.open", slack.world.app_token)["url"]) as socket:
        with pytest.raises(TimeoutError):
            socket.recv(timeout=0.2)
        assert not socket.ping().wait(0.2)
        slack.now(slack.sockets.thaw)
    app = App(slack)
    assert slack.say(MAYA, "after") == ""
    app.close()


def test_a_slack_that_crashed_comes_back_at_its_address(slack: LocalSlack) -> None:
    app = App(slack)
    slack.crash()
    with pytest.raises(OSError, match="refused"):
        call(slack, "auth.test")
    slack.come_back()
    assert call(slack, "auth.test")["ok"]
    assert slack.say(MAYA, "nobody") == "The app isn't connected."
    again = App(slack)
    assert slack.say(MAYA, "after") == ""
    again.close()
    app.close()
