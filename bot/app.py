"""The composition root: everything is put together here, once. The only reader of the clock."""

from __future__ import annotations

import gc
import json
import logging
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import content
from bot.domain.agenda import Defaults
from bot.domain.content import Catalogue
from bot.domain.pacing import POSTING_BURST, Pace, Paces
from bot.errors import ConfigurationError, SlackUnreachableError
from bot.messages.render import objections
from bot.schedule import Courier, MovableClock, Patience, Ticker
from bot.services.house import House
from bot.services.revive import revive
from bot.settings import Settings
from bot.slack import bolt
from bot.slack.afterwards import Unhurried
from bot.slack.desk import Desk
from bot.slack.gateway import Gateway
from bot.slack.socket import SocketMode
from bot.store import askings, migrate, opening, records, serving
from bot.store.database import Database
from bot.store.failures import explained
from bot.store.records import Workspace
from bot.web.health import Health, Transport

if TYPE_CHECKING:
    from bot.web.server import Web

log = logging.getLogger(__name__)
HTTP_PORT = 3000
TURN_SECONDS = 0.001
"""How long a thread may go on while others wait."""


class SystemClock:
    """Both clocks are the machine's."""

    steps = False

    def real(self) -> datetime:
        """Now, UTC."""
        return datetime.now(UTC)

    def business(self) -> datetime:
        """Now, UTC."""
        return datetime.now(UTC)

    def target(self) -> datetime:
        """Now, UTC."""
        return datetime.now(UTC)

    def stand(self, at: datetime) -> None:
        """The machine's clock can't be moved from here."""


class RemoteClock:
    """A business clock that somebody else moves: read at an address, and told there how far the bot has come."""

    steps = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._ahead = timedelta(0)
        self._known = threading.Event()

    def real(self) -> datetime:
        """The machine's time, UTC."""
        return datetime.now(UTC)

    def business(self) -> datetime:
        """Where the bot stands, running on from there."""
        return self.real() + self._ahead

    def target(self) -> datetime:
        """Where the clock was moved to. At the first reading the bot begins there."""
        with urllib.request.urlopen(self._url, timeout=5) as answer:  # noqa: S310 - loopback, checked by the settings
            said = json.load(answer)
        if not self._known.is_set():
            self._ahead = timedelta(seconds=said["stands_ahead_seconds"])
            self._known.set()
        return self.real() + timedelta(seconds=said["ahead_seconds"])

    def stand(self, at: datetime) -> None:
        """Stand at `at` and say so."""
        self._ahead = at - self.real()
        body = json.dumps({"stands_ahead_seconds": self._ahead.total_seconds()}).encode()
        request = urllib.request.Request(self._url, body, {"Content-Type": "application/json"})  # noqa: S310
        urllib.request.urlopen(request, timeout=5).close()  # noqa: S310


@dataclass
class Running:
    """A bot at work."""

    house: House
    ticker: Ticker
    courier: Courier
    transport: Transport
    web: Web | None
    bolt: Unhurried
    scheduler: BackgroundScheduler
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

    def _stop(self) -> None:
        self.transport.stop()
        if self.web is not None and self.web is not self.transport:
            self.web.stop()
        bolt.finish(self.bolt)
        self.courier.stop()
        self.scheduler.shutdown(wait=True)
        self.house.db.close()
        if self.lock is not None:
            self.lock.close()


def read_lessons(settings: Settings) -> Catalogue:
    """The lessons folder.

    Raises:
        ContentError: something in it is wrong.
    """
    return content.load(settings.lessons_dir, objections)


def open_database(settings: Settings) -> Database:
    """The database, at this program's schema. SQLite is brought there; Postgres is the operator's to move.

    Raises:
        ConfigurationError: the address is wrong, or what it leads to can't be used.
        DatabaseUnreachableError: it can't be reached just now.
        SchemaError: the schema doesn't fit.
    """
    database = Database(settings.database_url)
    try:
        opening.ensure_usable(database)
        with explained(database.url):
            if database.sqlite:
                backup = migrate.upgrade(database)
                if backup is not None:
                    log.info("the database was migrated; a copy from before is %s", backup)
            else:
                migrate.check(database)
                opening.ensure_granted(database)
    except BaseException:
        database.close()
        raise
    return database


def start(settings: Settings, catalogue: Catalogue | None = None) -> Running:
    """Everything, running. `catalogue`: the lessons, where they have been read already.

    Raises:
        MissingLinkError: it can't start; the text says why and what to do.
    """
    settings.require_tokens()
    catalogue = catalogue or read_lessons(settings)
    lock = _lock(settings)
    database = open_database(settings)
    workspace = _who_am_i(settings)
    with database.write() as session:
        before = records.workspace(session, workspace.workspace_id)
        if before is not None and before.held:
            askings.owe_all_again(session, workspace.workspace_id)
        records.save_workspace(session, workspace)
    clock: MovableClock = RemoteClock(settings.clock_url) if settings.clock_url else SystemClock()
    house = make_house(settings, database, catalogue, clock)

    def token_for(_workspace_id: str) -> str:
        return settings.bot_token

    gateway = Gateway(token_for, settings.api_url, settings.http_timeout_seconds)
    paces = Paces(Pace(settings.posts_per_minute, POSTING_BURST), settings.tier_share)
    courier = Courier(house, gateway, patience(settings), settings.senders, paces)
    ticker = Ticker(house, clock, courier, timedelta(days=settings.audit_days))
    app = bolt.build(Desk(house, gateway, gateway, courier), token_for, settings.api_url, settings.http_timeout_seconds)
    health = Health(house, ticker, timedelta(seconds=settings.tick_seconds))
    transport, web = _doors(settings, house, app, health)
    clock.target()
    revive(house)
    transport.start()
    if web is not None and web is not transport:
        web.start()
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        ticker.tick,
        "interval",
        seconds=settings.tick_seconds,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    log.info("serving %s with %d tracks", workspace.name, len(catalogue.tracks))
    stop_after = timedelta(seconds=settings.stop_seconds)
    return Running(house, ticker, courier, transport, web, app, scheduler, lock, stop_after)


def _web(settings: Settings, house: House, app: App | None, health: Health) -> Web:
    # it brings a web server along, and a start without one needn't wait for its import
    from bot.web.server import Web  # noqa: PLC0415

    port = settings.port if app is None else settings.port or HTTP_PORT
    return Web(port, health.unready, health.dead, app, settings.signing_secret, house.clock.real)


def _doors(settings: Settings, house: House, app: Unhurried, health: Health) -> tuple[Transport, Web | None]:
    """How requests come in, and the web server if there is one: for Slack, for whoever looks after the bot, or both."""
    if settings.over_http:
        web = _web(settings, house, app, health)
        health.transport = web
        return web, web
    socket = SocketMode(app, settings.app_token, settings.api_url, settings.http_timeout_seconds, settings.sockets)
    health.transport = socket
    return socket, _web(settings, house, None, health) if settings.port else None


def make_house(settings: Settings, database: Database, catalogue: Catalogue, clock: MovableClock) -> House:
    """One workspace: whatever id is asked for, the answer is the environment's."""
    # where somebody moves the clock, they look at it: what is due comes at its hour
    spread = timedelta(0) if settings.clock_url else timedelta(minutes=settings.spread_minutes)
    defaults = Defaults(settings.deliver_at, settings.deliver_days, spread)
    return House(database, clock, lambda _: catalogue, lambda _: settings.admins, lambda _: defaults)


def patience(settings: Settings) -> Patience:
    """How long to wait for what, from the two settings that matter."""
    settle = timedelta(seconds=settings.settle_seconds)
    timeout = timedelta(seconds=settings.http_timeout_seconds)
    return Patience(settle, settle + 2 * timeout, min(timedelta(seconds=10), settle))


def _lock(settings: Settings) -> IO[str] | None:
    file = Database(settings.database_url).file
    if file is None:
        return None
    opening.ensure_writable(file)
    return serving.lock(file)


def _who_am_i(settings: Settings) -> Workspace:
    client = WebClient(settings.bot_token, base_url=settings.api_url, timeout=settings.http_timeout_seconds)
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error", "no readable answer")
        raise ConfigurationError(
            f"SLACK_BOT_TOKEN was refused by {settings.api_url} ({code}): install the app to the "
            "workspace and copy the Bot User OAuth Token, for example xoxb-..."
        ) from error
    except (SlackClientError, OSError) as error:
        raise SlackUnreachableError(
            f"SLACK_API_URL {settings.api_url} can't be reached ({error}): check the network and "
            "the address, for example https://slack.com/api/"
        ) from error
    return Workspace(str(answer["team_id"]), str(answer.get("team", "")), str(answer["user_id"]))


def steady() -> None:
    """Let this process answer taps without hesitation, once everything is there.

    A tap waits for its turn among the threads: five milliseconds, as is usual, would be most of its time. And the
    garbage collector needn't look through all that stays for ever, which took a tenth of a second each time.
    """
    sys.setswitchinterval(TURN_SECONDS)
    gc.collect()
    gc.freeze()


@contextmanager
def running(settings: Settings, catalogue: Catalogue | None = None) -> Iterator[Running]:
    """A bot that is stopped at the end."""
    bot = start(settings, catalogue)
    try:
        yield bot
    finally:
        bot.stop()
