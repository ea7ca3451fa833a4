"""`make demo`: the local Slack in this process, the bot in a child process, and a first morning already past."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from localslack.seed import ADMIN, EXECUTIVES
from localslack.server import LocalSlack

PATIENCE_SECONDS = 40.0
MORNINGS = 8
AHEAD = "U0AIKO"
"""The executive who is further on: a lesson that asks first is open, and a question from before is due below it."""
LESSONS_BEHIND = 12
"""The lessons that she has answered."""
STOP_SECONDS = 10.0
LOOK_SECONDS = 0.5
OURS = ("SLACK_", "MISSINGLINK_", "DATABASE_URL", "PORT")
"""The prefixes of the bot's settings, which the demo sets itself."""


def run(port: int, database: Path, stop: threading.Event) -> None:
    """Serve until `stop` is set. `database`: an SQLite file that is replaced, since the local Slack keeps nothing
    either.
    """
    database = database.resolve()
    # before anything is deleted: if the port is taken, the file belongs to another demo
    slack = LocalSlack(port).start()
    for leftover in database.parent.glob(database.name + "*"):
        leftover.unlink()
    bot = start_bot(slack, database)
    try:
        prepare(slack, bot, stop)
        if stop.is_set():
            return
        print("\nThe bot is running on a local Slack. Open this page:\n")
        print(slack.url)
        print(f"\nProgress is kept in {database}. Ctrl-C ends both.", flush=True)
        while not stop.wait(LOOK_SECONDS) and bot.poll() is None:
            pass
    finally:
        stop_bot(bot)
        slack.stop()


def start_bot(slack: LocalSlack, database: Path, **more: str) -> subprocess.Popen[bytes]:
    """Start `missinglink serve` with only its environment as input."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment = {
        **kept,
        **slack.environment,
        "DATABASE_URL": f"sqlite:///{database}",
        "MISSINGLINK_ADMINS": ADMIN,
        "MISSINGLINK_TICK_SECONDS": "0.2",
        "MISSINGLINK_LOG_LEVEL": os.environ.get("MISSINGLINK_LOG_LEVEL", "WARNING"),
        **more,
    }
    return subprocess.Popen(
        # the bot's input ends with this process, even if that is killed
        [sys.executable, "-m", "bot", "serve", "--end-with-input"],
        stdin=subprocess.PIPE,
        env=environment,
        start_new_session=True,
        cwd=Path(__file__).resolve().parents[1],
    )


def stop_bot(bot: subprocess.Popen[bytes]) -> None:
    """Ask the bot to end, and wait."""
    if bot.poll() is None:
        bot.send_signal(signal.SIGTERM)
        try:
            bot.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            bot.kill()
            bot.wait()
    if bot.stdin is not None:
        bot.stdin.close()


def prepare(slack: LocalSlack, bot: subprocess.Popen[bytes], stop: threading.Event) -> None:
    """Let mornings pass until one executive is near the end of a track and the others begin it, or `stop` is set.

    Raises:
        SystemExit: the bot ended, or was too slow.
    """
    _until(lambda: slack.sockets.connected > 0, bot, stop)
    _assign(slack, bot, stop, [AHEAD])
    for number in range(LESSONS_BEHIND):
        _mornings(slack, bot, stop, {AHEAD: number + len(("welcome", "lesson"))})
        if stop.is_set():
            return
        _deal_with_latest(slack, bot, stop, AHEAD)
    others = [user for user in EXECUTIVES if user != AHEAD]
    _assign(slack, bot, stop, others)
    wanted = {user: len(("welcome", "lesson")) for user in others}
    _mornings(slack, bot, stop, {**wanted, AHEAD: LESSONS_BEHIND + len(("welcome", "lesson"))})


def _assign(slack: LocalSlack, bot: subprocess.Popen[bytes], stop: threading.Event, people: Sequence[str]) -> None:
    """Let the admin assign the track, and wait for the summary."""
    before = len(slack.messages(ADMIN))
    named = " ".join(f"@{slack.world.users[u].handle}" for u in people)
    slack.command(ADMIN, f"/track assign {named} speak-the-language")
    _until(lambda: len(slack.messages(ADMIN)) > before, bot, stop)


def _mornings(
    slack: LocalSlack, bot: subprocess.Popen[bytes], stop: threading.Event, wanted: Mapping[str, int]
) -> None:
    """Let mornings pass until each of these people has so many messages."""
    for _ in range(MORNINGS * len(wanted)):
        waiting = [user for user, count in wanted.items() if len(slack.messages(user)) < count]
        if not waiting or stop.is_set():
            return
        slack.move_to(min(_next_morning(slack, user) for user in waiting))
        _until(lambda: slack.arrived, bot, stop)
    raise SystemExit("the lessons didn't arrive; run again with MISSINGLINK_LOG_LEVEL=INFO to see why")


def _deal_with_latest(slack: LocalSlack, bot: subprocess.Popen[bytes], stop: threading.Event, user: str) -> None:
    """Tap the first choice of a person's latest message, as its author wrote them, and wait for the reasons; where it
    is answered otherwise, say that it was read.
    """
    message = slack.messages(user)[-1]
    before = message.blocks
    there = {element.get("action_id") for block in before for element in block.get("elements", [])}
    slack.tap(user, message, next(action for action in ("answer:1:0", "read", "show_text") if action in there))
    _until(lambda: message.blocks != before, bot, stop)


def _next_morning(slack: LocalSlack, user_id: str) -> datetime:
    zone = ZoneInfo(slack.world.users[user_id].tz)
    here = slack.world.now().astimezone(zone)
    morning = here.replace(hour=9, minute=0, second=0, microsecond=0)
    if morning <= here:
        morning = (morning.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
    return morning.astimezone(UTC) + timedelta(seconds=1)


def _until(true: Callable[[], bool], bot: subprocess.Popen[bytes], stop: threading.Event) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not stop.is_set() and not true():
        if bot.poll() is not None:
            raise SystemExit("the bot ended; what it said stands above")
        if time.monotonic() > until:
            raise SystemExit("the bot took too long")
        time.sleep(0.05)
