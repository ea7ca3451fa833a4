"""The start of the bot, from the settings to the first tick, with retries while something isn't up yet."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from bot.actions.profiles import meet
from bot.app.clock import RemoteClock, SystemClock
from bot.app.composition import assemble
from bot.app.connections import identify_workspace, open_database
from bot.app.retry import StartupRetry
from bot.app.running_app import RunningApp
from bot.app.shelf import Shelf
from bot.delivery import MovableClock
from bot.domain.content import Catalogue
from bot.domain.workspaces import Workspace
from bot.errors import SlackError
from bot.logs import counted
from bot.planning.at_startup import plan_forgotten
from bot.settings import Settings
from bot.store import askings, preflight, process_lock, workspaces
from bot.store.database import Database
from bot.store.database_errors import explained

log = logging.getLogger(__name__)
SWITCH_SECONDS = 0.001
"""The seconds that a thread keeps Python's interpreter lock while others wait for it."""


@contextmanager
def running(
    settings: Settings, catalogue: Catalogue | None = None, stop: threading.Event | None = None
) -> Iterator[RunningApp]:
    """Start a bot as `start` does, and stop it at the end."""
    bot = start(settings, catalogue, stop)
    try:
        yield bot
    finally:
        bot.stopped = bot.stop()


def start(settings: Settings, catalogue: Catalogue | None = None, stop: threading.Event | None = None) -> RunningApp:
    """Start every part. What can't be reached yet is tried again, and `/readyz` says why.

    `catalogue`: the lessons, if they have been read already. `stop`: set to end the start while it waits.

    Raises:
        StoppedError: `stop` was set.
        MissingLinkError: it can't start; the text says why and what to do.
    """
    settings.require_tokens()
    shelf = Shelf(settings.lessons_dirs, catalogue)
    with ExitStack() as undo:
        lock = _lock(settings)
        if lock is not None:
            undo.callback(lock.close)
        database = Database(settings.database_url)
        undo.callback(database.close)
        clock: MovableClock = RemoteClock(settings.clock_url) if settings.clock_url else SystemClock()
        bot = assemble(settings, database, clock, shelf, lock)
        undo.callback(bot.transport.stop)
        retry = StartupRetry(stop or threading.Event())
        bot.health.starting = lambda: retry.why
        if bot.web is not None:
            undo.callback(bot.web.stop)
            bot.web.listen()
        workspace = _connect(settings, bot, clock, retry)
        _begin(bot, retry)
        undo.pop_all()
    tracks = bot.ctx.catalogue_of(workspace.workspace_id).tracks
    log.info("serving %s with %s", workspace.name, counted(len(tracks), "track"))
    return bot


def _lock(settings: Settings) -> IO[str] | None:
    file = Database(settings.database_url).file
    if file is None:
        return None
    preflight.ensure_writable(file)
    return process_lock.lock(file)


def _connect(settings: Settings, bot: RunningApp, clock: MovableClock, retry: StartupRetry) -> Workspace:
    """Wait until the database and Slack can be reached; store and return the workspace that Slack names."""
    database = bot.ctx.db
    retry.until(lambda: open_database(database), "the database")
    workspace = retry.until(lambda: identify_workspace(settings, bot.web_api), "Slack")
    with explained(database.url), database.write() as session:
        before = workspaces.get(session, workspace.workspace_id)
        if before is not None and before.held:
            askings.owe_all_again(session, workspace.workspace_id)
        workspaces.save(session, workspace)
    retry.until(clock.target, "MISSINGLINK_CLOCK_URL")
    return workspace


def _begin(bot: RunningApp, retry: StartupRetry) -> None:
    """Take requests, and tick."""
    plan_forgotten(bot.ctx)
    _fetch_admins(bot)
    retry.until(bot.transport.start, "Slack")
    retry.why = ""
    bot.ticker.last_real = bot.ctx.clock.real()
    bot.timer.start()
    bot.listening.start()
    bot.shelf.take_written(bot.ctx.db)
    bot.shelf.changed = lambda: plan_forgotten(bot.ctx)
    bot.reading.start()


def _fetch_admins(bot: RunningApp) -> None:
    """Fetch and store the profiles of admins that have none stored.

    An order is stored before it is acknowledged, and only somebody with a known profile may give one.
    """
    with bot.ctx.db.read() as session:
        workspace_ids = [w.workspace_id for w in workspaces.known(session)]
    for workspace_id in workspace_ids:
        for person_id in sorted(bot.ctx.admins_of(workspace_id)):
            try:
                meet(bot.ctx, bot.web_api, workspace_id, person_id)
            except SlackError as error:
                log.info("an admin's profile can't be read yet: %s", error)


def tune_process() -> None:
    """Tune this process's threads and garbage collector for short answers, once everything is imported.

    Python's usual switch interval of 5 ms would be most of a tap's time. The collector would look through every
    object that stays for ever, which takes 0.1 s each time: freezing takes them out of its sight.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
