"""All that the benchmarks know of the bot's insides."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from bot import app
from bot.context import AppContext
from bot.delivery import Sender, Ticker, Timeouts, claims
from bot.delivery.claims import Clocks
from bot.delivery.sender import BATCH
from bot.domain.agenda import Defaults
from bot.domain.content import Catalogue
from bot.domain.rate_limit import RateLimit, RateLimits
from bot.domain.typed_dates import parse_days, parse_hour
from bot.messages.render import render
from bot.slack.outbound.web_api import WebApi
from bot.store import deliveries, delivery_queue
from bot.store.database import Database
from tests.helpers import FakeSlack, view_shown
from tests.teaching import COURSE, course

MOMENT = 0.002
BURST = 4
"""Posts at once, of the ten that the small Slack takes: a late turn is made up for, and none is refused."""
UNLIMITED = 100_000.0
"""Posts a minute for each workspace that limit nothing here; the setting takes no more."""
THREADS: int = inspect.signature(Sender.__init__).parameters["threads"].default
"""How many messages the sender sends at once, by default."""


def catalogue() -> Catalogue:
    """The course."""
    return course()


def settings(api_url: str, url: str, app_token: str, **more: Any) -> dict[str, Any]:
    """The environment of a bot on the Slack for benchmarks; it reads the machine's clock."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-ours",
        "SLACK_APP_TOKEN": app_token,
        "SLACK_API_URL": api_url,
        "DATABASE_URL": url,
        "MISSINGLINK_LOG_LEVEL": "ERROR",
        "MISSINGLINK_LESSONS_DIR": str(COURSE),
        **more,
    }


def context_of(database: Database, lessons: Catalogue) -> AppContext:
    """Return the context of the use cases and the sender."""
    defaults = Defaults(parse_hour("09:00"), parse_days("mon-sun"))
    return AppContext(
        db=database,
        clock=app.SystemClock(),
        catalogue_of=lambda _: lessons,
        admins_of=lambda _: frozenset(),
        defaults_of=lambda _: defaults,
    )


def pace(a_minute: float) -> dict[str, str]:
    """The setting that limits posts for each workspace."""
    return {"MISSINGLINK_POSTS_PER_MINUTE": f"{a_minute:g}"}


@contextmanager
def sender(url: str, api_url: str, threads: int, a_minute: float = UNLIMITED) -> Iterator[Callable[[], float]]:
    """Work: one process's share of what is due, until nothing is left; the seconds of CPU that it cost.

    `a_minute`: posts for each workspace.
    """
    database = Database(url)
    web_api = WebApi(lambda workspace_id: f"xoxb-{workspace_id}", api_url, 20)
    carrier = Sender(
        context_of(database, catalogue()), web_api, Timeouts(), threads, RateLimits(RateLimit(a_minute, BURST), 1000)
    )

    def deliver() -> float:
        begun = time.process_time()
        while left(database):
            carrier.deliver()
            time.sleep(MOMENT)
        return time.process_time() - begun

    yield deliver
    carrier.stop()
    database.close()


def drawn(database: Database, lessons: Catalogue, workspace_id: str, delivery_id: str) -> Mapping[str, Any]:
    """What the message of a delivery looks like in Slack: text and blocks."""
    with database.read() as session:
        delivery = deliveries.get(session, workspace_id, delivery_id)
        assert delivery is not None
        return render(view_shown(session, context_of(database, lessons), delivery)).payload()


def count(database: Database, query: str) -> int:
    """How many rows there are of a kind, such as "answer" or "delivery WHERE state = 'sent'"."""
    with database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {query}")).scalar_one())


def left(database: Database) -> bool:
    """True while something is to be claimed."""
    with database.read() as session:
        return (
            session.execute(text("SELECT 1 FROM delivery WHERE claimable_at IS NOT NULL LIMIT 1")).first() is not None
        )


def ticker(database: Database) -> Ticker:
    """The tick of a bot that needn't send anything."""
    ctx = context_of(database, catalogue())
    return Ticker(
        ctx,
        app.SystemClock(),
        Sender(ctx, FakeSlack(), Timeouts(), 2, RateLimits(RateLimit(UNLIMITED))),
        timedelta(days=400),
    )


def claim_all(database: Database) -> int:
    """Claim everything that is due, as the sender does; how many there were."""
    total = 0
    while True:
        at = datetime.now(UTC)
        with database.read() as session:
            workspaces = delivery_queue.due_in(session, at, at)
        with database.write() as session:
            now = Clocks(at, at, Timeouts().lease)
            claimed = claims.claim(session, workspaces, now, RateLimits(RateLimit(UNLIMITED)), BATCH * THREADS)
        if not claimed:
            return total
        total += len(claimed)
