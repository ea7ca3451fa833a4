"""Bots in processes of their own that can be killed: forked from one that has imported everything, so that a start
costs what a start does, and not the imports.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot import app, logs
from bot.settings import load
from localslack import LocalSlack
from tests.teaching import COURSE

# as in the image; it counts from the start of the process that they are forked from
os.environ.setdefault("MALLOC_ARENA_MAX", "2")
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.soak.bots"])
QUICK: Mapping[str, str] = {
    "MISSINGLINK_TICK_SECONDS": "0.1",
    "MISSINGLINK_HTTP_TIMEOUT_SECONDS": "1",
    "MISSINGLINK_SETTLE_SECONDS": "1.2",
    # the local Slack has no limits, and much is to happen in little time
    "MISSINGLINK_POSTS_PER_MINUTE": "100000",
    "MISSINGLINK_TIER_SHARE": "1000",
    "MISSINGLINK_SPREAD_MINUTES": "0",
}


def bot(
    slack: LocalSlack,
    url: str,
    log: Path,
    hook: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
    **more: str,
) -> BaseProcess:
    """Start a bot on a local Slack. Its log is appended to `log`; `more` are other settings.

    `hook`: a function of a module, called with `arguments` in the new process before the bot starts.
    """
    environment = {
        **slack.environment,
        **QUICK,
        "DATABASE_URL": url,
        "MISSINGLINK_LESSONS_DIR": str(COURSE),
        **more,
    }
    process = CONTEXT.Process(target=serve, args=(environment, str(log), hook, arguments), daemon=True)
    process.start()
    return process


def serve(
    environment: Mapping[str, str], log: str, hook: Callable[..., None] | None, arguments: tuple[Any, ...]
) -> None:
    """What a forked process does: as `missinglink serve`, until SIGTERM."""
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger().handlers[0].addFilter(logs.Calm())
    if hook is not None:
        hook(*arguments)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with app.running(load(**environment, file=None)):
        while not stop.wait(0.5):
            pass


def kill(process: BaseProcess) -> None:
    """`kill -9`, and wait until it is gone."""
    process.kill()
    process.join(10)
    assert process.exitcode is not None, "it didn't die"


def wait(true: Callable[[], Any], what: str, seconds: float = 20) -> Any:
    """Wait until something holds; what it said then.

    Raises:
        TimeoutError: it never did.
    """
    until = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > until:
            raise TimeoutError(what)
        time.sleep(0.005)
    return found
