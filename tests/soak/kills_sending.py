"""`kill -9` while messages go out: in the end all that was due was posted, and nothing twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess

from tests.soak.bots import kill
from tests.soak.coming_back import came_back, remembered
from tests.soak.figure import Figure, Part, TickCounts
from tests.soak.ground import PLANNING, START_SECONDS, Ground, ground, once, who_was_told
from tests.soak.watch import Moment

CHUNK = 50
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday, at the hour of everybody in London."""
DAY = timedelta(days=1)
SLOW = (0.02, 0.05)
FRESH = 6
"""How many more people are due at each start: a welcome, an item, or reviews alone."""
NO_LATER = 3.0
"""Seconds in which the chosen moment must come; the bot is killed anyway then."""
SHOWN = 20
"""How much of what is wrong is told."""


@dataclass(frozen=True)
class Way:
    """What a chunk runs on."""

    backend: str
    slow: bool = False
    bots: int = 1

    def __str__(self) -> str:
        pace = "a slow Slack" if self.slow else "a quick Slack"
        return f"{self.bots} on {self.backend} with {pace}"


WAYS = (
    Way("sqlite"),
    Way("postgres", slow=True),
    Way("sqlite", slow=True),
    Way("postgres", slow=True, bots=2),
    Way("postgres"),
    Way("postgres", bots=2),
)
"""One chunk after the other takes the next."""


@dataclass
class Chunk:
    """One world with many kills."""

    ground: Ground
    way: Way
    bots: list[BaseProcess] = field(default_factory=list)
    due: Counter[tuple[str, object]] = field(default_factory=Counter)
    taught: set[str] = field(default_factory=set)
    """Who has only reviews to come."""
    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    at: datetime = NINE

    def kill(self, seed: int) -> None:
        """More people are due, a bot starts, and is killed at a moment that the seed draws."""
        dice = random.Random(seed)
        fresh = [p for welcomed in (True, False) for p in self.ground.enrol(FRESH // 3, self.at, welcomed=welcomed)]
        taught = self.ground.enrol(FRESH // 3, self.at, welcomed=True, finished=True)
        remembered(self.ground, taught, self.at)
        self.taught.update(taught)
        self.due.update({(person, self.at.date()): 1 for person in fresh})
        if self.at == NINE:
            self.due.update({(person, self.at.date()): 1 for person in taught})
        moment, began, watch = _moment(dice), datetime.now(UTC), self.ground.watch
        watch.alive.clear()
        while len(self.bots) < self.way.bots:
            self.bots.append(self.ground.start())
        victim = self.bots.pop(dice.randrange(len(self.bots)))
        watch.at(moment, victim.kill)
        until = time.monotonic() + START_SECONDS
        # the other bot may reach the moment before this one has asked anything
        while not (watch.alive.wait(0.02) or watch.done.is_set()) and time.monotonic() < until:
            pass
        until = time.monotonic() + NO_LATER
        while not watch.done.wait(0.02) and time.monotonic() < until and self.ground.unfinished():
            pass
        self.ground.watch.forget()
        air = self.ground.watch.inside
        kill(victim)
        self._look(seed, moment, began, air)

    def _look(self, seed: int, moment: Moment, began: datetime, air: int) -> None:
        """What the kill hit."""
        hand, posted = self.ground.in_hand(began), self.ground.posted()
        between, planning = sum(1 for key, _ in hand if posted[key]), PLANNING in self.ground.unfinished()
        self.counts += Counter(
            {
                "kills that hit something": bool(hand or air or planning),
                "kills while planning": planning and not hand,
                "kills between claim and record": bool(hand),
                "kills between post and record": bool(between),
                "kills with a request in the air": bool(air),
                "deliveries in hand": len(hand),
                "deliveries posted and not recorded": between,
            }
        )
        self.told.append(f"seed {seed}: {moment}, in hand {len(hand)}, of them posted {between}, in the air {air}")

    def rest(self) -> str:
        """A bot that nobody kills does what is left; what it didn't do, or ""."""
        while len(self.bots) < self.way.bots:
            self.bots.append(self.ground.start())
        left = self.ground.calm()
        while self.bots:
            kill(self.bots.pop())
        return left

    def next_day(self) -> None:
        """Everybody is due again, at the same moment, but for those to whom reviews come alone: never on a Tuesday."""
        self.at += DAY
        self.ground.slack.move_to(self.at)
        self.due.update({(person, self.at.date()): 1 for person in self.ground.people if person not in self.taught})

    def faults(self) -> Iterator[str]:
        """What isn't as it must be in the end."""
        yield from once(self.ground)
        yield from came_back(self.ground)
        came = who_was_told(list(self.ground.all().values()))
        yield from (f"{who} was to be told something on {day}, and wasn't" for who, day in self.due - came)
        yield from (f"{who} was told {came[who, day]} things on {day}" for who, day in came - self.due)


def _moment(dice: random.Random) -> Moment:
    """Anywhere: while it plans and claims, before, in and after a request."""
    if dice.random() < 0.25:
        return Moment(dice.randint(1, 2), True, dice.uniform(0, 0.08), of_clock=True)
    return Moment(dice.randint(1, 2 * FRESH), dice.random() < 0.5, dice.choice((0, 0, dice.uniform(0, 0.015))))


def play(part: Part) -> TickCounts:
    """One kill a seed, on the first day and, from the middle on, on the next, when all are due at once."""
    way = WAYS[part.seeds.start // CHUNK % len(WAYS)]
    played, broken = 0, list[str]()
    with ground(part.place, way.backend, "socket", NINE, SLOW if way.slow else (0, 0), part.seeds.start) as made:
        chunk = Chunk(made, way)
        for seed in part.seeds:
            if time.time() > part.until:
                break
            if played == len(part.seeds) // 2 and not broken:
                broken += [left] if (left := chunk.rest()) else []
                chunk.next_day()
            chunk.kill(seed)
            played += 1
        broken += [left] if (left := chunk.rest()) else []
        broken += chunk.faults()
    return TickCounts(played, (_told(part, way, broken, chunk),) if broken else (), chunk.counts)


def _told(part: Part, way: Way, broken: list[str], chunk: Chunk) -> str:
    again = f"python -m tests.soak.run --only kills-sending --first {part.seeds.start} --count {len(part.seeds)}"
    return "\n  ".join([f"kills from seed {part.seeds.start} on ({way}); again: {again}", *broken[:SHOWN], *chunk.told])


SENDING = Figure("kills-sending", "kills while messages went out, nothing twice, nothing lost", "kills", 1_000, CHUNK, play)  # fmt: skip
