"""`make bench`: ratios against a baseline in the same run, on the local Slack; the list goes to bench.json.

Absolute figures drift with the machine; the ratios are what to watch. Each part is bounded in count.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot import app
from bot.domain.agenda import Defaults
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.people import Profile
from bot.domain.timing import parse_days
from bot.playground import LocalSlack
from bot.playground.world import TEAM, Message, User
from bot.schedule import Courier, Patience
from bot.services.house import House
from bot.settings import load
from bot.slack.gateway import Gateway
from bot.store import deliveries, learners, migrate
from bot.store.database import Database
from tests.figures import Row, row, write
from tests.helpers import ADMIN, HENRIK, MONDAY, FakeClock, Running, small_catalogue

CLICKS = 150
PAUSE_SECONDS = 0.03
"""Between taps, so that one's update of its message doesn't stand in the next one's way."""
POSTS = 300
THREADS = 8
ROUNDS = 50


def milliseconds(action: Callable[[], Any], rounds: int) -> list[float]:
    """How long each of so many runs took."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)


def taps(slack: LocalSlack, message: Message, block_id: str, first: int = 0) -> list[float]:
    """Distinct taps of one button, one after the other, each timed to its acknowledgement."""
    user, channel = slack.world.users[HENRIK], slack.world.dm(HENRIK)

    async def timed() -> list[float]:
        taken = []
        for n in range(first, first + CLICKS):
            action = {"type": "button", "action_id": f"answer:{n % 4}", "block_id": block_id, "action_ts": f"{n}.0"}
            begun = time.perf_counter()
            complaint = await slack.people.send_tap(user, channel, message, action)
            taken.append((time.perf_counter() - begun) * 1000)
            assert not complaint, complaint
            await asyncio.sleep(PAUSE_SECONDS)
        return sorted(taken)

    return slack.do(timed())


def bare_bolt(slack: LocalSlack) -> SocketModeHandler:
    """A Bolt app whose one listener acknowledges and does nothing."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=slack.world.bot_token)

    client = WebClient(base_url=f"{slack.url}/api/")
    bare = App(client=client, authorize=authorize, process_before_response=True)

    def nothing(ack: Ack) -> None:
        ack()

    bare.action("answer:0")(nothing)
    for n in range(1, 4):
        bare.action(f"answer:{n}")(nothing)
    handler = SocketModeHandler(bare, slack.world.app_token, web_client=client)
    handler.connect()  # type: ignore[no-untyped-call]
    return handler


def clicks(folder: Path) -> list[Row]:
    """A tap with its durable write, against a listener that does nothing."""
    ours = LocalSlack().start()
    ours.begin_at(MONDAY)
    settings = load(**{**ours.environment, "DATABASE_URL": f"sqlite:///{folder / 'clicks.db'}", "MISSINGLINK_ADMINS": ADMIN,
                       "MISSINGLINK_TICK_SECONDS": 300, "_env_file": None})  # fmt: skip
    with app.running(settings) as running:
        bot = Running(ours, running)
        bot.assign("@henrik speak-the-language")
        bot.advance(MONDAY + timedelta(days=1, hours=2))
        message = bot.last(HENRIK)
        block_id = next(b["block_id"] for b in message.blocks if b["type"] == "actions")
        blocks = message.blocks
        taps(ours, message, block_id)
        measured = taps(ours, message, block_id, CLICKS)
    ours.stop()
    theirs = LocalSlack().start()
    handler = bare_bolt(theirs)
    copy = theirs.world.write(theirs.world.dm(HENRIK), "U0MISSINGLINK", "x", blocks=blocks)
    taps(theirs, copy, block_id)
    baseline = taps(theirs, copy, block_id, CLICKS)
    handler.close()  # type: ignore[no-untyped-call]
    theirs.stop()
    p50, p99 = int(CLICKS * 0.5), int(CLICKS * 0.99)
    return [
        row("tap to acknowledgement, SQLite, p50", measured[p50], "ms", baseline[p50], at_most=8),
        row("tap to acknowledgement, SQLite, p99", measured[p99], "ms", baseline[p99], at_most=20),
    ]


def posts(folder: Path) -> list[Row]:
    """Deliveries a second through the engine, against as many threads posting with the bare SDK."""
    slack = LocalSlack().start()
    people = [f"U0B{n:04}" for n in range(POSTS)]
    for person in people:
        slack.world.users[person] = User(person, person.lower(), person, "", "UTC", shown=False)
        slack.world.dm(person)
    database = Database(f"sqlite:///{folder / 'posts.db'}")
    migrate.upgrade(database)
    clock = FakeClock(MONDAY, datetime.now(UTC))
    catalogue = small_catalogue()
    house = House(
        database,
        clock,
        lambda _: catalogue,
        lambda _: frozenset(),
        lambda _: Defaults(MONDAY.time(), parse_days("mon-sun")),
    )
    with database.write() as session:
        for person in people:
            learner = learners.remember(session, Profile(TEAM, person, person, "UTC"))
            learners.update(session, learner, channel_id=slack.world.dm(person).id)
            about = {"term": "b"}
            deliveries.add(session, Delivery(TEAM, f"d{person}", person, Slot.ASKED, State.DUE, MONDAY, cause="c",
                                             about=about, channel_id=slack.world.dm(person).id, claimable_at=MONDAY))  # fmt: skip
    gateway = Gateway(lambda _: slack.world.bot_token, f"{slack.url}/api/", 10)
    courier = Courier(house, gateway, Patience(), THREADS)
    begun = time.perf_counter()
    assert courier.deliver() == POSTS
    engine = POSTS / (time.perf_counter() - begun)
    assert len(slack.world.posts) == POSTS
    payload = slack.world.posts[0]
    client = WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/", retry_handlers=[])

    def post(person: str) -> None:
        client.chat_postMessage(channel=slack.world.dm(person).id, text=payload.text, blocks=payload.blocks)

    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(post, people))
    bare = POSTS / (time.perf_counter() - begun)
    courier.stop()
    database.close()
    slack.stop()
    # two calls of Slack a delivery, since do-not-disturb is asked for, and two durable transactions
    return [row("deliveries through the engine, SQLite", engine, "messages/s", bare, at_least=0.07)]


def idle(folder: Path) -> list[Row]:
    """Looking for what is due among many learners, against among few."""
    medians = []
    for count in (1_000, 50_000):
        database = Database(f"sqlite:///{folder / f'idle{count}.db'}")
        migrate.upgrade(database)
        with database.write() as session:
            for n in range(count):
                learner = learners.remember(session, Profile(TEAM, f"U{n}", f"Person {n}", "UTC"))
                later = MONDAY + timedelta(days=1, seconds=n % 3600)
                learners.update(session, learner, next_due_on=later.date(), next_due_at=later)

        def look(opened: Database = database) -> None:
            with opened.read() as session:
                assert learners.due(session, MONDAY, 200) == []
                learners.next_due(session, MONDAY)
                deliveries.next_claimable(session, MONDAY)

        medians.append(statistics.median(milliseconds(look, ROUNDS)))
        database.close()
    return [row("an idle look at 50,000 learners, against 1,000", medians[1], "ms", medians[0], at_most=1.5)]


def main() -> None:
    """Measure, print, write, and fail when a target is missed."""
    with tempfile.TemporaryDirectory() as place:
        rows = [*clicks(Path(place)), *posts(Path(place)), *idle(Path(place))]
    write(rows, Path("bench.json"))
    sys.exit(not all(figure.ok for figure in rows))


if __name__ == "__main__":
    main()
