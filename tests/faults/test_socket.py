"""Socket Mode's connections: lost, frozen, mute, replaced; and what the bot does about it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest

from bot.domain.content import Catalogue
from bot.errors import ConfigurationError
from bot.slack.inbound import connection_keeper, socket_connection, socket_mode
from bot.slack.inbound.connection_keeper import MOST_WAIT, ConnectionKeeper, pause
from bot.slack.inbound.socket_connection import OPEN_SECONDS
from bot.slack.inbound.socket_mode import SocketMode
from localslack import LocalSlack
from tests import patience
from tests.helpers import ADMIN, Running
from tests.journeys.test_health import asked
from tests.running import running


@pytest.fixture
def backend() -> str:
    """The wire is the same under both databases."""
    return "sqlite"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faster than on duty. On a busy machine a connection that works may be replaced too; that loses nothing."""
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.3)
    monkeypatch.setattr(connection_keeper, "PING_SECONDS", 0.3)
    monkeypatch.setattr(socket_connection, "SILENT_SECONDS", 1.5)
    monkeypatch.setattr(socket_connection, "OPEN_SECONDS", 1.5)
    monkeypatch.setattr(connection_keeper, "MOST_WAIT", 0.4)


def mode(bot: Running) -> SocketMode:
    found = bot.app.transport
    assert isinstance(found, SocketMode)
    return found


def answers(bot: Running) -> None:
    """What is asked is answered."""
    assert "speak-the-language" in bot.command(ADMIN, "/track list").text


def test_a_frozen_connection_is_noticed_and_replaced(
    hurried: None, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    # mute, so that nothing is answered over a connection that takes its place already
    bot.slack.sockets.mute = True
    bot.slack.now(bot.slack.sockets.freeze)
    bot.slack.world.ack_seconds = 0.5
    assert "operation_timeout" in bot.slack.command(ADMIN, "/track list")
    bot.slack.world.ack_seconds = patience.SECONDS
    bot.eventually(lambda: bot.slack.sockets.accepted >= 2, "nobody noticed")
    bot.slack.now(bot.slack.sockets.thaw)
    bot.eventually(lambda: bot.slack.sockets.connected == 1)
    answers(bot)
    told = [r.getMessage() for r in caplog.records if "is replaced" in r.getMessage()]
    assert "nothing was heard for" in told[0]


def replaced(bot: Running, before: int) -> bool:
    return bot.slack.sockets.accepted > before and bot.slack.sockets.connected > 0


def mute(slack: LocalSlack) -> None:
    slack.sockets.mute = True
    slack.sockets.freeze()


def test_a_slack_that_accepts_and_says_nothing_is_seen_in_readyz_and_tried_again(hurried: None, bot: Running) -> None:
    bot.tick()
    bot.eventually(lambda: asked(bot, "/readyz") == (200, {}))
    bot.slack.now(partial(mute, bot.slack))
    bot.eventually(lambda: "requests can't come in" in asked(bot, "/readyz")[1].get("slack", ""))
    bot.eventually(lambda: "no hello" in asked(bot, "/readyz")[1]["slack"], "the cause isn't said")
    bot.eventually(lambda: bot.slack.sockets.accepted >= 3, "it gave up")
    bot.slack.now(bot.slack.sockets.thaw)
    bot.eventually(lambda: asked(bot, "/readyz")[0] == 200)
    answers(bot)


def test_of_several_connections_one_that_is_frozen_is_named_while_the_others_work(
    hurried: None, slack: LocalSlack, url: str, course: Catalogue
) -> None:
    with running(slack, url, course, MISSINGLINK_SOCKETS=3) as bot:
        bot.eventually(lambda: slack.sockets.connected == 3)
        bot.tick()
        slack.sockets.mute = True
        slack.now(partial(slack.sockets.freeze, one=True))
        # in one look: on a busy machine another connection may be replaced as well, and be back with the next
        told = bot.eventually(
            lambda: next((r for r in [asked(bot, "/readyz")] if "1 of 3" in r[1].get("slack", "")), None)
        )
        assert told[0] == 503
        slack.world.ack_seconds = 3
        answers = [slack.command(ADMIN, "/track list") for _ in range(3)]
        slack.world.ack_seconds = patience.SECONDS
        assert sorted(answers)[:2] == ["", ""]
        slack.now(slack.sockets.thaw)
        bot.eventually(lambda: asked(bot, "/readyz")[0] == 200)
        bot.eventually(lambda: slack.sockets.connected == 3)


def test_a_connection_that_slack_replaces_loses_nothing(bot: Running) -> None:
    for _ in range(3):
        before = bot.slack.sockets.accepted
        warned = bot.slack.do(bot.slack.sockets.warn())
        bot.eventually(partial(replaced, bot, before), "it waited for the end")
        bot.slack.do(bot.slack.sockets.end(warned))
        answers(bot)
        assert bot.slack.sockets.accepted == before + 1, "the end of the old one took the new one with it"


def test_a_replacement_that_is_replaced_at_once_is_listened_to(bot: Running) -> None:
    for _ in range(2):
        before = bot.slack.sockets.accepted
        bot.slack.do(bot.slack.sockets.refresh())
        bot.eventually(partial(replaced, bot, before))
        bot.slack.do(bot.slack.sockets.refresh())
        bot.eventually(lambda: bot.slack.sockets.connected)
        answers(bot)


def test_a_slack_that_was_gone_is_called_again(bot: Running) -> None:
    bot.slack.crash()
    bot.eventually(lambda: not mode(bot).connected)
    bot.eventually(lambda: mode(bot)._keepers[0]._failures > 1, "it doesn't call")
    bot.slack.come_back()
    bot.eventually(lambda: bot.slack.sockets.connected, "it gave up")
    answers(bot)


def test_an_acknowledgement_whose_connection_is_gone_takes_another(bot: Running) -> None:
    handle = bot.app.transport.app.dispatch  # type: ignore[attr-defined]

    def slowly(request: object) -> object:
        bot.slack.do(bot.slack.sockets.refresh())
        return handle(request)

    mode(bot).app.dispatch = slowly  # type: ignore[assignment, method-assign]
    assert bot.slack.command(ADMIN, "/track list") == ""


def test_an_acknowledgement_that_crosses_the_end_of_its_connection_is_sent_again(bot: Running) -> None:
    line = mode(bot).open_connections[0]._socket

    def in_vain(_text: str) -> None:
        # written without an error, as to a connection that the other end has just closed
        del line.send
        bot.slack.do(bot.slack.sockets.refresh())

    line.send = in_vain  # type: ignore[assignment, method-assign]
    assert bot.slack.command(ADMIN, "/track list") == ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_keeps_a_connection_open_is_started_anew_should_it_die(
    hurried: None, bot: Running, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ConnectionKeeper, "_attend", _die)
    bot.eventually(lambda: not mode(bot)._keepers[0].thread.is_alive())
    monkeypatch.undo()
    bot.eventually(lambda: bool(mode(bot)._keepers[0].thread.is_alive()), "nobody started it anew")
    assert any("has died" in record.getMessage() for record in caplog.records)
    bot.eventually(lambda: mode(bot).connected)
    answers(bot)


def _die(_place: object) -> None:
    raise SystemExit


def test_a_refused_app_token_stops_the_start_with_a_line(bot: Running) -> None:
    refused = SocketMode(mode(bot).app, "xapp-1-wrong", f"{bot.slack.url}/api/", 1)
    with pytest.raises(ConfigurationError, match="SLACK_APP_TOKEN was refused"):
        refused.start()


@pytest.mark.parametrize("spoil", [lambda slack: None, lambda slack: slack.now(slack.sockets.freeze)])
def test_a_stop_ends_also_when_slack_is_frozen(
    slack: LocalSlack, url: str, course: Catalogue, spoil: Callable[[LocalSlack], None]
) -> None:
    with running(slack, url, course) as bot:
        spoil(slack)
        stopping = threading.Thread(target=bot.app.transport.stop, daemon=True)
        stopping.start()
        bot.eventually(lambda: not stopping.is_alive(), "it waits for a Slack that says nothing")


def test_bots_that_were_all_cut_off_come_back_one_by_one_and_within_ten_seconds() -> None:
    for failures in range(1, 30):
        waits = sorted(pause(failures) for _ in range(50))
        assert waits[-1] - waits[0] > 0.3
        assert waits[-1] + OPEN_SECONDS <= MOST_WAIT + OPEN_SECONDS < 10
