"""`make demo`: the local Slack here, the bot beside it as a process of its own, and a first morning already past."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.playground.seed import ADMIN, EXECUTIVES
from bot.playground.server import LocalSlack

PATIENCE_SECONDS = 40.0
MORNINGS = 8
STOP_SECONDS = 10.0


def run(port: int, database: Path) -> None:
    """Serve until Ctrl-C. `database`: an SQLite file that is made anew, since the local Slack forgets too."""
    database = database.resolve()
    for leftover in database.parent.glob(database.name + "*"):
        leftover.unlink()
    slack = LocalSlack(port).start()
    bot = start_bot(slack, database)
    try:
        prepare(slack, bot)
        print("\nThe bot is running on a local Slack. Open this page:\n")
        print(slack.url)
        print(f"\nProgress is kept in {database}. Ctrl-C ends both.", flush=True)
        wait_for_the_end(bot)
    finally:
        stop_bot(bot)
        slack.stop()


def start_bot(slack: LocalSlack, database: Path, **more: str) -> subprocess.Popen[bytes]:
    """`missinglink serve`, knowing nothing but its environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SLACK_", "MISSINGLINK_", "DATABASE_URL"))
    }
    environment = {
        **kept,
        **slack.environment,
        "DATABASE_URL": f"sqlite:///{database}",
        "MISSINGLINK_ADMINS": ADMIN,
        "MISSINGLINK_TICK_SECONDS": "1",
        "MISSINGLINK_LOG_LEVEL": "WARNING",
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        env=environment,
        start_new_session=True,
        cwd=Path(__file__).resolve().parents[2],
    )


def stop_bot(bot: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and wait."""
    if bot.poll() is None:
        bot.send_signal(signal.SIGTERM)
        try:
            bot.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            bot.kill()
            bot.wait()


def prepare(slack: LocalSlack, bot: subprocess.Popen[bytes]) -> None:
    """The admin assigns a track, and mornings pass until everybody has their first lesson.

    Raises:
        SystemExit: the bot ended, or didn't do its part in time.
    """
    _until(lambda: slack.sockets.connected > 0, bot)
    people = " ".join(f"@{slack.world.users[u].handle}" for u in EXECUTIVES)
    slack.command(ADMIN, f"/track assign {people} speak-the-language")
    _until(lambda: bool(slack.messages(ADMIN)), bot)
    for _ in range(MORNINGS * len(EXECUTIVES)):
        waiting = [user for user in EXECUTIVES if len(slack.messages(user)) < len(("welcome", "lesson"))]
        if not waiting:
            return
        slack.move_to(min(_next_morning(slack, user) for user in waiting))
        _until(lambda: slack.arrived, bot)
    raise SystemExit("the first lessons didn't arrive; run again with MISSINGLINK_LOG_LEVEL=INFO to see why")


def _next_morning(slack: LocalSlack, user_id: str) -> datetime:
    zone = ZoneInfo(slack.world.users[user_id].tz)
    here = slack.world.now().astimezone(zone)
    morning = here.replace(hour=9, minute=0, second=0, microsecond=0)
    if morning <= here:
        morning = (morning.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
    return morning.astimezone(UTC) + timedelta(seconds=1)


def _until(true: Callable[[], bool], bot: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if bot.poll() is not None:
            raise SystemExit("the bot ended; what it said stands above")
        if time.monotonic() > until:
            raise SystemExit("the bot took too long")
        time.sleep(0.05)


def wait_for_the_end(bot: subprocess.Popen[bytes] | None = None) -> None:
    """Until SIGTERM, Ctrl-C, or the bot's end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(0.5):
        if bot is not None and bot.poll() is not None:
            return
