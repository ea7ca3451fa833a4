"""The composition root: everything is put together here, once. The only reader of the clock."""

from __future__ import annotations

import gc
import json
import logging
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import IO, TYPE_CHECKING, Any

from slack_bolt import App

from bot import content
from bot.actions.profiles import meet
from bot.context import AppContext
from bot.delivery import MovableClock, Sender, Ticker, Timeouts, Timer
from bot.domain.agenda import Defaults
from bot.domain.content import Catalogue
from bot.domain.rate_limit import POSTING_BURST, RateLimit, RateLimits
from bot.domain.workspaces import Workspace
from bot.errors import SlackError, SlackUnreachableError
from bot.logs import counted
from bot.messages.render import objections
from bot.planning.at_startup import plan_forgotten
from bot.settings import Settings
from bot.slack.handlers.deps import Deps
from bot.slack.inbound import bolt_app
from bot.slack.inbound.low_priority import PrioritizedApp
from bot.slack.inbound.missed_messages import LOOK_SECONDS, MissedMessages
from bot.slack.inbound.socket_mode import SocketMode
from bot.slack.outbound.connection_errors import explain
from bot.slack.outbound.web_api import WebApi
from bot.startup import Waiting, open_database, who_am_i
from bot.store import askings, preflight, process_lock, workspaces
from bot.store.database import Database
from bot.store.database_errors import explained
from bot.web.health import Health, Transport

if TYPE_CHECKING:
    from bot.web.server import Web

log = logging.getLogger(__name__)
TURN_SECONDS = 0.001
"""How long a thread may go on while others wait."""


def _wall() -> datetime:
    return datetime.now(UTC)


def _steady() -> float:
    """Seconds that nobody sets, those of a sleeping machine included where the system counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SystemClock:
    """All clocks are the machine's."""

    steps = False

    def __init__(self) -> None:
        self._began, self._began_steady = _wall(), _steady()

    def real(self) -> datetime:
        """What the machine's clock said when this began, and steady from then on."""
        return self._began + timedelta(seconds=_steady() - self._began_steady)

    def wall(self) -> datetime:
        """Now, UTC."""
        return _wall()

    def business(self) -> datetime:
        """Now, UTC."""
        return _wall()

    def target(self) -> datetime:
        """Now, UTC."""
        return _wall()

    def stand(self, at: datetime) -> None:
        """The machine's clock can't be moved from here."""


class RemoteClock(SystemClock):
    """A business clock that somebody else moves: read at an address, and told there how far the bot has come."""

    steps = True

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._ahead = timedelta(0)
        self._known = threading.Event()

    def business(self) -> datetime:
        """Where the bot stands, running on from there."""
        return _wall() + self._ahead

    def target(self) -> datetime:
        """Where the clock was moved to. At the first reading the bot begins there."""
        said = self._ask(self._url)
        if not self._known.is_set():
            self._ahead = timedelta(seconds=said["stands_ahead_seconds"])
            self._known.set()
        return _wall() + timedelta(seconds=said["ahead_seconds"])

    def stand(self, at: datetime) -> None:
        """Stand at `at` and say so."""
        self._ahead = at - _wall()
        body = json.dumps({"stands_ahead_seconds": self._ahead.total_seconds()}).encode()
        request = urllib.request.Request(self._url, body, {"Content-Type": "application/json"})  # noqa: S310
        self._ask(request)

    def _ask(self, what: str | urllib.request.Request) -> Any:
        try:
            # loopback, checked by the settings
            with urllib.request.urlopen(what, timeout=5) as answer:  # noqa: S310
                return json.loads(answer.read() or "null")
        except (OSError, ValueError, HTTPException) as error:
            raise SlackUnreachableError(f"MISSINGLINK_CLOCK_URL can't be read: {explain(error, self._url)}") from error


@dataclass
class Running:
    """A bot at work."""

    ctx: AppContext
    ticker: Ticker
    sender: Sender
    transport: Transport
    web: Web | None
    health: Health
    bolt: PrioritizedApp
    timer: Timer
    listening: Timer
    missed: MissedMessages
    slack: WebApi
    lock: IO[str] | None
    stop_after: timedelta

    def stop(self) -> None:
        """Claim nothing new, finish what is in hand, close. What is left is settled at the next start."""
        worker = threading.Thread(target=self._stop, daemon=True)
        worker.start()
        worker.join(self.stop_after.total_seconds())
        if worker.is_alive():
            log.warning(
                "stopping took longer than %s s; what is in the air is settled at the next start",
                self.stop_after.total_seconds(),
            )
        else:
            log.info("stopped")

    def _stop(self) -> None:
        self.transport.stop()
        if self.web is not None and self.web is not self.transport:
            self.web.stop()
        bolt_app.finish(self.bolt)
        self.timer.stop()
        # what it follows up goes through the courier
        self.missed.stop()
        self.sender.stop()
        self.listening.stop()
        self.ctx.db.close()
        if self.lock is not None:
            self.lock.close()


def read_lessons(settings: Settings) -> Catalogue:
    """The lessons folder.

    Raises:
        ContentError: something in it is wrong.
    """
    return content.load(settings.lessons_dir, objections)


def start(settings: Settings, catalogue: Catalogue | None = None, stop: threading.Event | None = None) -> Running:
    """Everything, running. What can't be reached yet is waited for, and `/readyz` says why.

    `catalogue`: the lessons, where they have been read already. `stop`: set to end the start while it waits.

    Raises:
        StoppedError: `stop` was set.
        MissingLinkError: it can't start; the text says why and what to do.
    """
    settings.require_tokens()
    catalogue = catalogue or read_lessons(settings)
    with ExitStack() as undo:
        lock = _lock(settings)
        if lock is not None:
            undo.callback(lock.close)
        database = Database(settings.database_url)
        undo.callback(database.close)
        clock: MovableClock = RemoteClock(settings.clock_url) if settings.clock_url else SystemClock()
        web_api = WebApi(
            lambda _: settings.bot_token, settings.api_url, settings.http_timeout_seconds, settings.history_page
        )
        running = _assemble(settings, make_context(settings, database, catalogue, clock), clock, lock, web_api)
        undo.callback(running.transport.stop)
        waiting = Waiting(stop or threading.Event())
        running.health.starting = lambda: waiting.why
        if running.web is not None:
            undo.callback(running.web.stop)
            running.web.listen()
        workspace = _reach_all(settings, running, clock, waiting, web_api)
        _begin(running, waiting)
        undo.pop_all()
    log.info("serving %s with %s", workspace.name, counted(len(catalogue.tracks), "track"))
    return running


def _assemble(
    settings: Settings, ctx: AppContext, clock: MovableClock, lock: IO[str] | None, web_api: WebApi
) -> Running:
    """Every part, connected to each other and to nothing else yet."""

    def token_for(_workspace_id: str) -> str:
        return settings.bot_token

    paces = RateLimits(
        RateLimit(settings.posts_per_minute, POSTING_BURST), settings.tier_share, settings.history_per_minute
    )
    sender = Sender(ctx, web_api, timeouts(settings), settings.senders, paces)
    ticker = Ticker(ctx, clock, sender, timedelta(days=settings.audit_days))
    deps = Deps(ctx, web_api, web_api, sender)
    app = bolt_app.build(deps, token_for, settings.api_url, settings.http_timeout_seconds)
    health = Health(ctx, ticker, timedelta(seconds=settings.tick_seconds))
    transport, web = _doors(settings, ctx, app, health)
    timer = Timer(ticker.tick, settings.tick_seconds)
    missed = MissedMessages(deps, lambda: transport is not web and transport.connected)
    listening = Timer(missed.look, LOOK_SECONDS)
    stop_after = timedelta(seconds=settings.stop_seconds)
    return Running(
        ctx, ticker, sender, transport, web, health, app, timer, listening, missed, web_api, lock, stop_after
    )


def _reach_all(
    settings: Settings, running: Running, clock: MovableClock, waiting: Waiting, web_api: WebApi
) -> Workspace:
    """Wait until the database and Slack can be reached; the workspace that Slack names."""
    database = running.ctx.db
    waiting.until(lambda: open_database(database), "the database")
    workspace = waiting.until(
        lambda: who_am_i(settings.bot_token, settings.api_url, settings.http_timeout_seconds, web_api), "Slack"
    )
    with explained(database.url), database.write() as session:
        before = workspaces.get(session, workspace.workspace_id)
        if before is not None and before.held:
            askings.owe_all_again(session, workspace.workspace_id)
        workspaces.save(session, workspace)
    waiting.until(clock.target, "MISSINGLINK_CLOCK_URL")
    return workspace


def _begin(running: Running, waiting: Waiting) -> None:
    """Take requests, and tick."""
    plan_forgotten(running.ctx)
    _meet_admins(running)
    waiting.until(running.transport.start, "Slack")
    waiting.why = ""
    running.ticker.last_real = running.ctx.clock.real()
    running.timer.start()
    running.listening.start()


def _meet_admins(running: Running) -> None:
    """Look up the admins that nobody has met yet: what they ask for is stored before it is acknowledged, and only those
    may ask for it whose profile is known.
    """
    with running.ctx.db.read() as session:
        here = [w.workspace_id for w in workspaces.known(session)]
    for workspace_id in here:
        for person_id in sorted(running.ctx.admins_of(workspace_id)):
            try:
                meet(running.ctx, running.slack, workspace_id, person_id)
            except SlackError as error:
                log.info("an admin's profile can't be read yet: %s", error)


def _web(settings: Settings, ctx: AppContext, app: App | None, health: Health) -> Web:
    # it brings a web server along, and a start without one needn't wait for its import
    from bot.web.server import Web  # noqa: PLC0415

    return Web(
        settings.listens_on,
        health.unready,
        health.dead,
        app,
        settings.signing_secret,
        lambda: (ctx.clock.wall(), ctx.clock.real()),
    )


def _doors(settings: Settings, ctx: AppContext, app: PrioritizedApp, health: Health) -> tuple[Transport, Web | None]:
    """How requests come in, and the web server if there is one: for Slack, for whoever looks after the bot, or both."""
    if settings.over_http:
        web = _web(settings, ctx, app, health)
        health.transport = web
        return web, web
    socket = SocketMode(app, settings.app_token, settings.api_url, settings.http_timeout_seconds, settings.sockets)
    health.transport = socket
    return socket, _web(settings, ctx, None, health) if settings.port else None


def make_context(settings: Settings, database: Database, catalogue: Catalogue, clock: MovableClock) -> AppContext:
    """One workspace: whatever id is asked for, the answer is the environment's."""
    # where somebody moves the clock, they look at it: what is due comes at its hour
    spread = timedelta(0) if settings.clock_url else timedelta(minutes=settings.spread_minutes)
    defaults = Defaults(settings.deliver_at, settings.deliver_days, spread)
    return AppContext(
        database, clock, lambda _: catalogue, lambda _: settings.admins, lambda _: defaults, settings.away_emoji
    )


def timeouts(settings: Settings) -> Timeouts:
    """How long to wait for what, from the two settings that matter."""
    settle = timedelta(seconds=settings.settle_seconds)
    timeout = timedelta(seconds=settings.http_timeout_seconds)
    return Timeouts(settle, settle + 2 * timeout, min(timedelta(seconds=10), settle))


def _lock(settings: Settings) -> IO[str] | None:
    file = Database(settings.database_url).file
    if file is None:
        return None
    preflight.ensure_writable(file)
    return process_lock.lock(file)


def steady() -> None:
    """Let this process answer taps without hesitation, once everything is there.

    A tap waits for its turn among the threads: five milliseconds, as is usual, would be most of its time. And the
    garbage collector needn't look through all that stays for ever, which took a tenth of a second each time.
    """
    sys.setswitchinterval(TURN_SECONDS)
    gc.collect()
    gc.freeze()


@contextmanager
def running(
    settings: Settings, catalogue: Catalogue | None = None, stop: threading.Event | None = None
) -> Iterator[Running]:
    """A bot that is stopped at the end; see `start`."""
    bot = start(settings, catalogue, stop)
    try:
        yield bot
    finally:
        bot.stop()
