"""The machine's clock is set back an hour under a running bot, and put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.app import RemoteClock, SystemClock, clock
from bot.domain.content import Catalogue
from localslack import LocalSlack
from localslack.faults import Fault
from tests.helpers import ADMIN, HENRIK, Running
from tests.journeys.test_health import asked
from tests.journeys.test_starting import served
from tests.running import running

HOUR = timedelta(hours=1)


class Wall:
    """A machine's clock that can be set."""

    def __init__(self) -> None:
        self.set_by = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.set_by


@pytest.fixture
def backend() -> str:
    """Nothing of this is the database's."""
    return "sqlite"


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall()
    monkeypatch.setattr(clock, "_wall", made)
    return made


@pytest.fixture
def ticking(wall: Wall, slack: LocalSlack, url: str, course: Catalogue) -> Iterator[Running]:
    """A bot that ticks by itself, five times a second."""
    with running(slack, url, course, MISSINGLINK_TICK_SECONDS=0.2) as bot:
        yield bot


@pytest.mark.parametrize("kind", [SystemClock, lambda: RemoteClock("http://127.0.0.1:9/")])
def test_real_time_goes_on_whatever_the_clock_is_set_to(kind: type[SystemClock], wall: Wall) -> None:
    made = kind()
    seen = [made.real()]
    for set_by in (-HOUR, 3 * HOUR, timedelta(0)):
        wall.set_by = set_by
        seen.append(made.real())
        assert abs(made.wall() - datetime.now(UTC) - set_by) < timedelta(minutes=1)
    assert sorted(seen) == seen
    assert seen[-1] - seen[0] < timedelta(minutes=1)


def summarised(slack: LocalSlack, before: int) -> bool:
    return len(slack.messages(ADMIN)) > before


def ticked(bot: Running, before: int) -> bool:
    return bot.app.timer.rounds > before


@pytest.mark.parametrize("set_by", [-HOUR, HOUR])
def test_ticks_health_orders_and_waits_go_on(ticking: Running, wall: Wall, set_by: timedelta) -> None:
    bot = ticking
    for now in (set_by, timedelta(0)):
        wall.set_by = now
        # refused by Slack, which is a wait in real time
        bot.slack.faults.active.append(Fault("/chat.postMessage", "rate_limit", 1, 1))
        before, told = bot.app.timer.rounds, len(bot.slack.messages(ADMIN))
        bot.slack.command(ADMIN, "/track assign @henrik speak-the-language restart")
        bot.eventually(partial(summarised, bot.slack, told), "no summary came")
        bot.eventually(partial(ticked, bot, before + 3), "ticks don't go on")
        bot.eventually(lambda: asked(bot, "/readyz") == (200, {}))
        assert bot.slack.command(HENRIK, "/learn progress") == ""


SET = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from bot.app import clock
true, set_by = time.time, Path(sys.argv[1])
time.time = lambda: true() + float(set_by.read_text() or 0)
clock._wall = lambda: datetime.fromtimestamp(time.time(), UTC)
sys.argv = ["missinglink", "serve"]
from bot.__main__ import main
main()
"""
"""`serve` whose clock says what a file adds to the machine's; what counts monotonic time isn't touched."""


def test_a_process_whose_clock_is_set_back_goes_on(slack: LocalSlack, tmp_path: Path) -> None:
    offset = tmp_path / "offset"
    offset.write_text("0")
    environment = {**slack.environment, "MISSINGLINK_CLOCK_URL": ""}
    with served(tmp_path, "-c", SET, str(offset), **environment) as bot:
        bot.eventually(lambda: bot.unready() == {})
        for moved in ("-3600", "0"):
            offset.write_text(moved)
            told = len(slack.messages(ADMIN))
            assert slack.command(ADMIN, "/track assign @henrik speak-the-language restart") == ""
            bot.eventually(partial(summarised, slack, told))
            bot.eventually(lambda: bot.unready() == {})
        assert bot.ends() == 0
