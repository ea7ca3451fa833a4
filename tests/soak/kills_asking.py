"""`kill -9` while answers and commands come in: what was acknowledged is in the database, and shows in the end."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from localslack.inputs import elements
from tests.helpers import ADMIN
from tests.soak.aftermath import answered, assigned, brought, paused, shown
from tests.soak.bots import kill
from tests.soak.coming_back import answered_reviews, came_back, remembered
from tests.soak.figure import Figure, Part, TickCounts
from tests.soak.ground import TRACK, Ground, ground, handle, once
from tests.soak.watch import Moment

CHUNK = 25
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEARNERS, AT_ONCE = 12, 5
ORDERED = 3
"""For how many people an order is."""
NO_LATER = 8.0
"""Seconds from the first tap in which the chosen moment must come; the bot is killed anyway then."""
SHOWN = 20
WAYS = (("sqlite", "socket"), ("postgres", "http"), ("sqlite", "http"), ("postgres", "socket"))
"""One chunk after the other takes the next."""


@dataclass(frozen=True)
class Answered:
    """So many seconds after the nth acknowledgement."""

    nth: int
    later: float


@dataclass
class Chunk:
    """One world with many kills."""

    ground: Ground
    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    paused: set[str] = field(default_factory=set)

    def kill(self, seed: int) -> None:
        """A bot starts, people tap and type all at once, and it is killed at a moment that the seed draws."""
        dice, watch, world = random.Random(seed), self.ground.watch, self.ground.slack.world
        bot = self.ground.start()
        self.ground.up()
        before, heard = len(world.sent), len(world.acknowledged)
        moment = _moment(dice)
        if isinstance(moment, Moment):
            watch.at(moment, bot.kill)
        handlers = list(self._actions(dice))
        for handler in handlers:
            self._go(handler, dice.uniform(0, 0.02))
        self._wait(moment, lambda: len(world.acknowledged) - heard, len(handlers))
        watch.forget()
        air = watch.inside
        kill(bot)
        asked, acknowledged = len(world.sent) - before, len(world.acknowledged) - heard
        waiting = bool(self.ground.unfinished())
        self.counts += Counter(
            {
                "taps and commands": asked,
                "of them acknowledged": acknowledged,
                "kills that hit something": bool(asked > acknowledged or air or waiting),
                "kills before an acknowledgement": asked > acknowledged,
                "kills with a request in the air": bool(air),
                "kills that left something to do": waiting,
            }
        )
        self.told.append(f"seed {seed}: {moment}, {asked} asked, {acknowledged} acknowledged, in the air {air}")

    def _wait(self, moment: Moment | Answered, acknowledged: Callable[[], int], asked: int) -> None:
        """Until the moment has come, or can't come any more."""
        until, watch = time.monotonic() + NO_LATER, self.ground.watch
        while not watch.done.wait(0.001) and time.monotonic() < until:
            if isinstance(moment, Answered) and acknowledged() >= min(moment.nth, asked):
                time.sleep(moment.later)
                return
            if acknowledged() >= asked and not self.ground.unfinished():
                return

    def _actions(self, dice: random.Random) -> Iterator[Coroutine[Any, Any, str]]:
        people = self.ground.slack.people
        for person in dice.sample(self.ground.people[:LEARNERS], AT_ONCE):
            choices = [
                (message, b["block_id"], e["action_id"])
                for message in self.ground.slack.messages(person)[-2:]
                for b, e in elements(message.blocks)
                if _answers(e)
            ]
            for message, block_id, action_id in dice.sample(choices, min(len(choices), dice.choice((1, 1, 2)))):
                yield people.tap(person, message.channel, message.ts, block_id, action_id)
            if not choices or dice.random() < 0.1:
                yield self._typed(person, dice.choice(("/learn next", "/learn review")))
        if dice.random() < 0.5:
            found = self.ground.meet(ORDERED)
            yield self._typed(ADMIN, f"/track assign {' '.join('@' + handle(p) for p in found)} {TRACK}")
        if dice.random() < 0.3:
            yield self._typed(self.ground.introduce(), "/learn pause")

    def _typed(self, person: str, typed: str) -> Coroutine[Any, Any, str]:
        return self.ground.slack.people.command(person, self.ground.slack.world.dm(person).id, typed)

    def _go(self, handler: Coroutine[Any, Any, str], later: float) -> None:
        async def going() -> None:
            await asyncio.sleep(later)
            await handler

        loop = self.ground.slack._loop
        assert loop is not None
        asyncio.run_coroutine_threadsafe(going(), loop)

    def rest(self) -> Iterator[str]:
        """A bot that nobody kills does what is left; what it didn't do."""
        bot = self.ground.start()
        self.ground.up()
        if left := self.ground.calm():
            yield left
        kill(bot)

    def faults(self) -> Iterator[str]:
        """What isn't as it must be in the end."""
        for look in (once, shown, answered, assigned, brought, paused, came_back):
            yield from look(self.ground)


def _answers(element: dict[str, Any]) -> bool:
    """A choice, of the day's question or of a review, or how sure it was."""
    return str(element["action_id"]).startswith(("answer:", "sure:"))


def _moment(dice: random.Random) -> Moment | Answered:
    if dice.random() < 0.5:
        return Answered(dice.randint(0, AT_ONCE), dice.uniform(0, 0.03))
    return Moment(dice.randint(1, 2 * AT_ONCE), dice.random() < 0.5, dice.choice((0, dice.uniform(0, 0.02))))


def play(part: Part) -> TickCounts:
    """One kill a seed."""
    played, broken = 0, list[str]()
    backend, transport = WAYS[part.seeds.start // CHUNK % len(WAYS)]
    with ground(part.place, backend, transport, NINE) as made:
        chunk = Chunk(made)
        remembered(made, made.enrol(LEARNERS, NINE, welcomed=True), NINE)
        broken += chunk.rest()
        for seed in part.seeds:
            if time.time() > part.until or broken:
                break
            chunk.kill(seed)
            played += 1
        broken += chunk.rest()
        broken += chunk.faults()
        chunk.counts["reviews answered"] = answered_reviews(made)
    return TickCounts(
        played, (_told(part, f"{backend} over {transport}", broken, chunk),) if broken else (), chunk.counts
    )


def _told(part: Part, way: str, broken: list[str], chunk: Chunk) -> str:
    again = f"python -m tests.soak.run --only kills-asking --first {part.seeds.start} --count {len(part.seeds)}"
    return "\n  ".join(
        [f"kills from seed {part.seeds.start} on (on {way}); again: {again}", *broken[:SHOWN], *chunk.told]
    )


ASKING = Figure("kills-asking", "kills while answers and commands came in, nothing acknowledged lost", "kills", 1_000, CHUNK, play)  # fmt: skip
