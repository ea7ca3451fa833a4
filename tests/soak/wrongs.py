"""Everything that can go wrong with a call, at every method the bot sends lessons with: each delivery arrives once, and
what is shown is what is recorded.

Two hundred deliveries of each, one after the other: the seeds 0 to 199 are the first fault at the first method.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import product

from sqlalchemy import select

from bot.content import load
from bot.domain.delivery import Delivery, State
from bot.messages.render import objections, render
from bot.store import orders, tables
from localslack import LocalSlack
from localslack.faults import KINDS, Fault
from localslack.world import PostedMessage, User
from tests import rows
from tests.helpers import ADMIN, MONDAY, TEAM, Running, view_shown
from tests.journeys.stage import small_lessons
from tests.patience import IMPATIENT
from tests.running import running
from tests.soak.figure import Figure, Part, TickCounts, database

METHODS = (
    "chat.postMessage",
    "conversations.open",
    "conversations.history",
    "chat.update",
    "dnd.info",
    "users.info",
)
PAIRS = tuple(product(METHODS, KINDS))
EACH = 200
AT_ONCE = 20
"""Assigned by one command; with more it would ask first."""
SECONDS = {"hang": 1.3, "slow_read": 0.3}
"""The bot waits a second for a reply."""
TIMES = {"rate_limit": 40, "hang": 40}
"""How often the slow ones happen among two hundred deliveries: each keeps the whole workspace, or a sender, waiting."""
PATIENCE = 420.0
PENDING = (State.DUE, State.CLAIMED, State.UNCERTAIN)


def play(part: Part) -> TickCounts:
    """One fault at one method, for as many people as the part has seeds."""
    method, kind = PAIRS[part.seeds.start // EACH % len(PAIRS)]
    with database("sqlite", part.place) as url:
        slack = LocalSlack().start()
        people = dict(crowd(slack, part.seeds))
        with running(slack, url, load([small_lessons(part.place)], objections), **IMPATIENT) as bot:
            faults = teach(bot, list(people), method, kind)
            wrong = list(found(bot, people))
        slack.stop()
    told = [f"{kind} at {method}, {what}\n(python -m tests.soak.run --only faults --first {part.seeds.start} "
            f"--count {len(part.seeds)})" for what in wrong]  # fmt: skip
    met = sum(fault.before - fault.now.times for fault in faults)
    return TickCounts(len(part.seeds), tuple(told), {"faults": met, f"faults {kind}": met})


def crowd(slack: LocalSlack, seeds: range) -> Iterator[tuple[str, int]]:
    """A person for each seed."""
    for seed in seeds:
        person = f"U0SEED{seed}"
        slack.world.users[person] = User(
            id=person, handle=f"p{seed}", name=f"Person {seed}", title="", tz="Europe/London", shown=False
        )
        yield person, seed


class Counted:
    """A fault, and how many times it was to happen."""

    def __init__(self, slack: LocalSlack, method: str, kind: str, times: int) -> None:
        times = min(times, TIMES.get(kind, times))
        self.before = times
        self.now = Fault(method, kind, times, SECONDS.get(kind, 1.0))
        slack.faults.active.append(self.now)


def teach(bot: Running, people: list[str], method: str, kind: str) -> list[Counted]:
    """Everybody gets a welcome, and where messages are brought up to date, their first item. What went wrong."""
    faults = []
    if method == "conversations.history":
        # Slack's history is asked only where a reply was lost
        Counted(bot.slack, "chat.postMessage", "drop_reply", len(people))
    if method != "chat.update":
        faults.append(Counted(bot.slack, method, kind, len(people)))
    users = bot.slack.world.users
    for n in range(0, len(people), AT_ONCE):
        named = " ".join(f"@{users[person].handle}" for person in people[n : n + AT_ONCE])
        assert bot.slack.command(ADMIN, f"/track assign {named} first-words") == ""
    settle(bot)
    if method == "chat.update":
        # a first item changes what the welcome says
        faults.append(Counted(bot.slack, method, kind, len(people)))
        bot.advance(MONDAY + timedelta(days=1, hours=2))
        settle(bot)
    return faults


def settle(bot: Running) -> None:
    """Tick until nothing is under way, or for as long as is bearable."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        bot.tick()
        if not _under_way(bot):
            return
        time.sleep(0.05)


def _under_way(bot: Running) -> bool:
    delivery = tables.delivery
    with bot.app.ctx.db.read() as session:
        pending = select(delivery.c.delivery_id).where(delivery.c.state.in_([s.value for s in PENDING]))
        lagging = select(delivery.c.delivery_id).where(delivery.c.lags_real.is_not(None))
        waiting = orders.unfinished(session, bot.app.ctx.clock.real() + timedelta(days=1), 1)
        return bool(waiting) or any(session.execute(q.limit(1)).first() for q in (pending, lagging))


def found(bot: Running, people: dict[str, int]) -> Iterator[str]:
    """What isn't as it should be."""
    posts: dict[str, list[PostedMessage]] = {}
    for message in bot.slack.world.posts:
        posts.setdefault(str((message.metadata or {})["event_payload"]["key"]), []).append(message)
    with bot.app.ctx.db.read() as session:
        for person, seed in people.items():
            theirs = rows.deliveries_of(session, TEAM, person)
            slots = Counter(d.slot.value for d in theirs if d.state is State.SENT)
            if slots["welcome"] != 1 or slots.total() > 2:
                yield f"seed {seed}: {dict(slots)} was sent"
            for delivery in theirs:
                view = view_shown(session, bot.app.ctx, delivery) if delivery.ts else None
                text = render(view).text if view else ""
                yield from (f"seed {seed}: {what}" for what in _one(delivery, text, posts.get(delivery.delivery_id)))


def _one(delivery: Delivery, text: str, posts: list[PostedMessage] | None) -> Iterator[str]:
    if delivery.state is not State.SENT:
        yield f"{delivery.slot} is {delivery.state} ({delivery.problem})"
    if len(posts or ()) != 1:
        yield f"{delivery.slot} was posted {len(posts or ())} times"
    elif delivery.ts != posts[0].ts:  # type: ignore[index]
        yield f"{delivery.slot} is recorded as another message"
    elif posts[0].text != text or delivery.lags_real is not None:  # type: ignore[index]
        yield f"{delivery.slot} shows what isn't so"


FAULTS = Figure(
    "faults",
    f"deliveries under {len(PAIRS)} faults, {EACH} for each, that arrived exactly once",
    "deliveries",
    EACH * len(PAIRS),
    EACH,
    play,
)
