"""Where bots are killed: a local Slack, a database beside it that can be looked into, and many people."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from bot import app
from bot.context import AppContext
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.people import Enrolment, Learner
from bot.settings import load as settings
from bot.store import deliveries, learners, migrate, tables
from bot.store.database import Database
from localslack import LocalSlack
from localslack.objects import User
from tests import rows
from tests.helpers import ADMIN, TEAM
from tests.ports import free_port
from tests.soak.bots import bot, wait
from tests.soak.figure import database
from tests.soak.watch import Watch
from tests.teaching import COURSE, course

PLANNING = "people to plan for"
TRACK = "speak-the-language"
ZONE = "Europe/London"
LEFT = (State.DUE.value, State.CLAIMED.value, State.UNCERTAIN.value)
OVER = (State.MISSED, State.WITHDRAWN)
CALM_SECONDS = 60.0
START_SECONDS = 60.0
ACK_SECONDS = 60.0
"""More than Slack gives: a busy machine must not look like a bot that doesn't answer."""
_delivery, _learner, _order = tables.delivery, tables.learner, tables.order


@dataclass
class Ground:
    """Bots are started and killed on it; what they leave behind is looked at from outside."""

    slack: LocalSlack
    watch: Watch
    url: str
    log: Path
    db: Database
    more: dict[str, str]
    people: list[str] = field(default_factory=list)

    def start(self, hook: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()) -> BaseProcess:
        """Another bot. `hook`, `arguments`: as in `bots.bot`."""
        return bot(self.slack, self.url, self.log, hook, arguments, MISSINGLINK_ADMINS=ADMIN, **self.more)

    def up(self) -> None:
        """Wait until Slack can reach the bot."""
        if self.slack.transport is self.slack.http_transport:
            wait(self.slack.verify_url, "nobody answers over HTTP", START_SECONDS)
        else:
            wait(lambda: self.slack.sockets.connected, "nobody connected", START_SECONDS)

    def enrol(self, count: int, at: datetime, *, welcomed: bool, finished: bool = False) -> list[str]:
        """So many new people whose next message is due now: their welcome, or their first item.

        `finished`: all of it is behind them.
        """
        found = self.meet(count)
        with self.db.write() as session:
            for person in found:
                learner = Learner(
                    workspace_id=TEAM, learner_id=person, name=self.slack.world.users[person].name, tz=ZONE
                )
                due = {"next_due_on": at.date(), "next_due_at": at, "welcome_done": welcomed, "askings": int(finished)}
                learners.add(session, Learner(**{**learner.__dict__, **due}))
                rows.save_enrolment(
                    session,
                    Enrolment(
                        workspace_id=TEAM,
                        learner_id=person,
                        track_id=TRACK,
                        first_day=at.date(),
                        assigned_by=ADMIN,
                        announced=welcomed,
                        finished_at=at if finished else None,
                        closed=finished,
                    ),
                )
        return found

    def meet(self, count: int) -> list[str]:
        """So many new people of the workspace, of whom the bot has never heard."""
        found = [f"U1{n:05}" for n in range(len(self.people), len(self.people) + count)]
        for person in found:
            self.slack.world.users[person] = User(
                id=person, handle=handle(person), name=f"Person {person}", title="", tz=ZONE, shown=False
            )
        self.people += found
        return found

    def introduce(self) -> str:
        """Somebody new whom the bot has met: a first request of all is dealt with after its acknowledgement."""
        (person,) = self.meet(1)
        with self.db.write() as session:
            learners.add(
                session,
                Learner(workspace_id=TEAM, learner_id=person, name=self.slack.world.users[person].name, tz=ZONE),
            )
        return person

    def in_hand(self, since: datetime) -> list[tuple[str, str | None]]:
        """(delivery, ts) of what was claimed since then and isn't finished; the machine's clock."""
        query = select(_delivery.c.delivery_id, _delivery.c.ts).where(
            _delivery.c.lease_real.is_not(None), _delivery.c.claimed_real >= since
        )
        with self.db.read() as session:
            return [(row.delivery_id, row.ts) for row in session.execute(query)]

    def unfinished(self) -> dict[str, int]:
        """What the bots still have to do by now, by kind, as far as there is any."""
        at = datetime.now(UTC) + self.slack.world.ahead
        due = _delivery.c.state.in_(LEFT) & (_delivery.c.claimable_at.is_(None) | (_delivery.c.claimable_at <= at))
        looks = {
            "deliveries": select(func.count()).where(or_(due, _delivery.c.lease_real.is_not(None))),
            "messages that lag": select(func.count()).where(_delivery.c.lags_real.is_not(None)),
            PLANNING: select(func.count()).where(_learner.c.next_due_at <= at),
            "orders": select(func.count()).where(_order.c.open_real.is_not(None)),
        }
        with self.db.read() as session:
            counted = {what: int(session.execute(query).scalar_one()) for what, query in looks.items()}
        return {what: count for what, count in counted.items() if count}

    def calm(self) -> str:
        """Wait until the bots have done all they have to, for as long as it becomes less; what they never did, or ""."""
        left, since = self.unfinished(), time.monotonic()
        while left:
            time.sleep(0.01)
            now = self.unfinished()
            if now != left:
                left, since = now, time.monotonic()
            if time.monotonic() - since > CALM_SECONDS:
                return f"nothing was done for {CALM_SECONDS:g} s, and still left: {left}"
        return ""

    def ctx(self) -> AppContext:
        """The bot's insides on this database, to see what a message should show."""
        environment = {
            **self.slack.environment,
            "DATABASE_URL": self.url,
            "MISSINGLINK_ADMINS": ADMIN,
            "MISSINGLINK_LESSONS_DIR": str(COURSE),
        }
        clock = app.RemoteClock(f"{self.slack.url}/clock")
        clock.target()
        return app.make_context(settings(**environment, file=None), self.db, app.Shelf([COURSE], course()), clock)

    def posted(self) -> Counter[str]:
        """How often each delivery's key stands in the ledger."""
        return Counter(str(m.metadata["event_payload"]["key"]) for m in self.slack.world.posts if m.metadata)

    def all(self) -> dict[str, Delivery]:
        """Every delivery by its id."""
        with self.db.read() as session:
            ids = session.execute(select(_delivery.c.delivery_id)).scalars().all()
            return {found.delivery_id: found for i in ids if (found := deliveries.get(session, TEAM, i)) is not None}


def handle(person: str) -> str:
    """What one types after the @."""
    return person.lower()


def once(ground: Ground) -> Iterator[str]:
    """All that was posted was posted once: by key, and by learner, local date and slot; and all that should be is."""
    known, posted = ground.all(), ground.posted()
    yield from (f"delivery {key} was posted {n} times" for key, n in posted.items() if n > 1)
    yield from (f"{key} was posted and isn't known" for key in posted if key not in known)
    days: Counter[tuple[str, Any, Slot]] = Counter()
    for message in ground.slack.world.posts:
        found = known.get(str(message.metadata["event_payload"]["key"])) if message.metadata else None
        if found is not None and found.unasked:
            days[found.learner_id, message.business.astimezone(ZoneInfo(ZONE)).date(), found.slot] += 1
    yield from (f"{who} had {n} messages of the kind {slot} on {day}" for (who, day, slot), n in days.items() if n > 1)
    for found in known.values():
        yield from _as_recorded(ground, found, posted[found.delivery_id])


def _as_recorded(ground: Ground, one: Delivery, posted: int) -> Iterator[str]:
    if one.state is State.SENT:
        channel = ground.slack.world.channels.get(str(one.channel_id))
        message = channel.find(str(one.ts)) if channel else None
        if message is None or not message.metadata or message.metadata["event_payload"]["key"] != one.delivery_id:
            yield f"{one.slot} of {one.learner_id} counts as sent and isn't in Slack ({one.channel_id}, {one.ts})"
    elif posted:
        yield f"{one.slot} of {one.learner_id} was posted and counts as {one.state} ({one.problem})"
    elif one.state not in OVER:
        yield f"{one.slot} of {one.learner_id} was never posted: {one.state} ({one.problem})"


@contextmanager
def ground(
    place: Path, backend: str, transport: str, begins: datetime, slow: tuple[float, float] = (0, 0), seed: int = 0
) -> Iterator[Ground]:
    """A ground on a fresh database; whatever bots are on it, their end is the caller's."""
    with database(backend, place) as url:
        slack = LocalSlack(transport=transport)
        watch = Watch(slack, slow, seed)
        slack.start()
        opened = Database(url)
        migrate.upgrade(opened)
        more = {}
        if transport == "http":
            more["PORT"] = str(free_port())
            slack.request_url = f"http://127.0.0.1:{more['PORT']}/slack/events"
        slack.begin_at(begins)
        slack.world.ack_seconds = slack.world.trigger_seconds = ACK_SECONDS
        try:
            yield Ground(slack, watch, url, place / "bot.log", opened, more)
        finally:
            opened.close()
            slack.stop()


def who_was_told(found: Sequence[Delivery]) -> Counter[tuple[str, Any]]:
    """How many messages that nobody asked for were sent, by learner and date."""
    return Counter(
        (d.learner_id, d.claimed_date) for d in found if d.claimed_date is not None and d.state is State.SENT
    )
