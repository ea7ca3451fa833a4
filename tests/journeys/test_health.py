"""Alive and ready, as whoever looks after the bot sees it; and what a person is told when something breaks."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg
import pytest

from tests import patience
from tests.helpers import HENRIK, Running

ROOT = Path(__file__).parents[2]


def asked(bot: Running, path: str) -> tuple[int, dict[str, str]]:
    assert bot.app.web is not None
    try:
        with urlopen(f"http://127.0.0.1:{bot.app.web.port}{path}", timeout=patience.SECONDS) as answer:
            return answer.status, json.load(answer)["problems"]
    except HTTPError as error:
        with error:
            return error.code, json.load(error)["problems"]


def ticked(bot: Running) -> bool:
    """A tick, unless one is at work already."""
    bot.tick()
    return True


def first_is_over(bot: Running) -> None:
    """The tick that the start brings about has begun and ended."""
    bot.eventually(lambda: bot.app.timer.rounds > 0)
    before = bot.app.ticker.last_real
    bot.eventually(lambda: ticked(bot) and bot.app.ticker.last_real > before)


@pytest.mark.parametrize("transport", ["socket", "http"])
def test_a_bot_at_work_is_alive_and_ready(bot: Running) -> None:
    bot.tick()
    assert asked(bot, "/livez") == (200, {})
    assert asked(bot, "/readyz") == (200, {})


def test_a_tick_that_doesnt_come_makes_it_unready_and_then_dead(bot: Running) -> None:
    first_is_over(bot)
    bot.app.ticker.last_real -= timedelta(seconds=1000)
    assert asked(bot, "/livez")[0] == 200
    assert asked(bot, "/readyz")[0] == 503
    assert "tick" in asked(bot, "/readyz")[1]
    bot.app.ticker.last_real -= timedelta(hours=3)
    assert asked(bot, "/livez")[0] == 503
    bot.eventually(lambda: ticked(bot) and asked(bot, "/livez")[0] == 200)


def test_a_lost_connection_makes_it_unready(bot: Running) -> None:
    bot.tick()
    bot.app.transport.stop()
    bot.eventually(lambda: asked(bot, "/readyz")[0] == 503)
    assert list(asked(bot, "/readyz")[1]) == ["slack"]


def test_a_database_that_is_away_is_named_and_the_person_gets_the_logs_reference(
    bot: Running, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.tick()
    monkeypatch.setattr(bot.app.ctx.db.writer, "connect", _away)
    monkeypatch.setattr(bot.app.ctx.db.reader, "connect", _away)
    # what breaks isn't acknowledged, however long one waits
    bot.slack.world.ack_seconds = 0.5
    with caplog.at_level(logging.ERROR):
        bot.slack.command(HENRIK, "/learn progress")
        bot.eventually(lambda: any("reference" in m.text for m in bot.slack.whispers(HENRIK)))
    told = next(m.text for m in bot.slack.whispers(HENRIK) if "reference" in m.text)
    reference = re.search(r"reference: (\w{8})", told)
    assert reference
    assert reference[1] in [getattr(record, "reference", None) for record in caplog.records]
    assert "Connection refused" in asked(bot, "/readyz")[1]["database"]
    assert not any(record.exc_info for record in caplog.records), "a traceback says no more than that it is away"
    assert any("Connection refused" in getattr(record, "problem", "") for record in caplog.records)


def _away(*_arguments: object) -> None:
    from sqlalchemy.exc import OperationalError

    raise OperationalError("SELECT 1", {}, psycopg.OperationalError("connection failed: Connection refused"))


def _ended_with(code: int, arguments: list[str], environment: dict[str, str]) -> bool:
    ran = subprocess.run([sys.executable, *arguments], env=environment, check=False, stderr=subprocess.DEVNULL)
    return ran.returncode == code


def test_the_images_health_check_is_true(bot: Running) -> None:
    command = re.search(r"^HEALTHCHECK .* CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert command
    _, *arguments = json.loads(command[1])
    assert bot.app.web is not None
    port = {"PORT": str(bot.app.web.port)}
    bot.eventually(lambda: ticked(bot) and asked(bot, "/readyz")[0] == 200)
    assert subprocess.run([sys.executable, *arguments], env=port, check=False).returncode == 0
    bot.app.transport.stop()
    # what it said last is true for a moment longer
    bot.eventually(lambda: _ended_with(1, arguments, port))
