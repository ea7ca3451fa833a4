"""A crash after every single step of three paths: a lesson goes out, an answer comes in, an admin assigns.

How many steps a path has is found by walking on until nothing crashes any more. `python -m tests.soak.crashes
--seed N --step M` walks one path to one step.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

from localslack.inputs import elements
from tests.helpers import ADMIN
from tests.soak.aftermath import answered, assigned, shown
from tests.soak.bots import kill, wait
from tests.soak.figure import Figure, Part, TickCounts
from tests.soak.ground import PLANNING, TRACK, Ground, ground, handle, once
from tests.soak.stumble import ARMED, OVER, stumble, taken

PATHS = ("sending", "answering", "assigning")
WAYS = tuple((p, b, t) for b, t in (("sqlite", "socket"), ("postgres", "http"), ("postgres", "socket"), ("sqlite", "http")) for p in PATHS)  # fmt: skip
PATIENCE_SECONDS = 60.0
STILL_SECONDS = 1.5
"""After a request nothing was left to do for so long, and no step was taken: that was all."""
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANY = 2
"""How many people an order is for: each is a transaction, and the second shows what the first left."""


@dataclass
class Walk:
    """One path, broken off at one step after the other, all in one world."""

    ground: Ground
    path: str
    asked: list[Future[str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    at: datetime = NINE

    def to(self, step: int) -> bool:
        """Walk to this step and crash there; False when the path has no such step."""
        file = self.ground.log.with_name(f"steps-{step}")
        people = self._prepare()
        bot = self.ground.start(stumble, (step, self.path == "sending", str(file)))
        assert bot.pid is not None
        self.ground.up()
        if left := self.ground.calm():
            raise TimeoutError(f"before step {step}: {left}")
        os.kill(bot.pid, signal.SIGUSR1)
        wait(lambda: taken(file), "it was never armed", PATIENCE_SECONDS)
        self._begin(people)
        crashed = self._crashed(bot, file)
        last = taken(file)[-1]
        self.told.append(f"step {step}, {', '.join(people)}: {last if crashed else 'no such step'}")
        kill(bot)
        assert last != ARMED, self.told[-1]
        return crashed

    def _crashed(self, bot: BaseProcess, file: Path) -> bool:
        """Wait for the crash; False when the path came to its end without one."""
        until, steps, since = time.monotonic() + PATIENCE_SECONDS, 0, time.monotonic()
        while bot.is_alive():
            seen = taken(file)
            if len(seen) != steps or (self.ground.unfinished().keys() - {PLANNING}):
                steps, since = len(seen), time.monotonic()
            if OVER in seen and time.monotonic() - since > STILL_SECONDS:
                return False
            if time.monotonic() > until:
                raise TimeoutError(f"neither a crash nor the end: {seen[-3:]}, {self.ground.unfinished()}")
            time.sleep(0.01)
        return True

    def _prepare(self) -> list[str]:
        if self.path == "assigning":
            return self.ground.meet(MANY)
        if self.path == "answering":
            return self.ground.enrol(1, self.at, welcomed=True)
        self.at += timedelta(minutes=1)
        return self.ground.enrol(1, self.at, welcomed=True)

    def _begin(self, people: list[str]) -> None:
        if self.path == "sending":
            self.ground.slack.move_to(self.at)
        elif self.path == "assigning":
            self.type(people)
        else:
            self.tap(people[0], 0)

    def type(self, people: list[str]) -> None:
        """The admin assigns, and doesn't wait."""
        typed = f"/track assign {' '.join('@' + handle(p) for p in people)} {TRACK}"
        self._go(self.ground.slack.people.command(ADMIN, self.ground.slack.world.dm(ADMIN).id, typed))

    def tap(self, person: str, choice: int) -> None:
        """Somebody answers, where there is still something to answer, and doesn't wait."""
        message, action = self.ground.slack.messages(person)[-1], f"answer:1:{choice}"
        block = next((b["block_id"] for b, e in elements(message.blocks) if e["action_id"] == action), None)
        if block is not None:
            self._go(self.ground.slack.people.tap(person, message.channel, message.ts, block, action))

    def _go(self, handler: object) -> None:
        assert asyncio.iscoroutine(handler)
        loop = self.ground.slack._loop
        assert loop is not None
        self.asked.append(asyncio.run_coroutine_threadsafe(handler, loop))

    def faults(self) -> Iterator[str]:
        """What isn't as it must be, once a bot that doesn't crash has been there."""
        bot = self.ground.start(stumble, (0, False, str(self.ground.log.with_name("steps"))))
        try:
            self.ground.up()
            if left := self.ground.calm():
                yield left
            yield from self._again()
        finally:
            kill(bot)
        yield from once(self.ground)
        yield from shown(self.ground)
        yield from answered(self.ground)
        yield from assigned(self.ground)
        if self.path != "assigning":
            posted = len(self.ground.posted())
            if posted != len(self.ground.people):
                yield f"{len(self.ground.people)} people were owed one message each, and {posted} were posted"

    def _again(self) -> Iterator[str]:
        """What was never acknowledged is done again by whoever did it, and comes to the same end."""
        before = len(self.asked)
        for n in range(0, len(self.ground.people), MANY):
            if self.path == "assigning":
                self.type(self.ground.people[n : n + MANY])
        for person in self.ground.people:
            if self.path == "answering":
                self.tap(person, 1)
        complaints = [one.result(PATIENCE_SECONDS) for one in self.asked[before:]]
        yield from (f"done again, it was answered {complaint!r}" for complaint in complaints if complaint)
        if left := self.ground.calm():
            yield left


def walk(seed: int, place: Path, steps: Iterable[int], until: float = math.inf) -> tuple[bool, TickCounts]:
    """One path to these steps; whether it was walked to its end, and what was seen."""
    path, backend, transport = WAYS[seed % len(WAYS)]
    place.mkdir(parents=True, exist_ok=True)
    broken, ended, crashes = list[str](), False, 0
    with ground(place, backend, transport, NINE) as made:
        one = Walk(made, path)
        try:
            for step in steps:
                if time.time() > until:
                    break
                if not one.to(step):
                    ended = True
                    break
                crashes += 1
            broken += one.faults()
        except TimeoutError as late:
            broken.append(str(late))
    named = f"{path} on {backend} over {transport}"
    told = [f"{named}, crashed after each of its steps; again: python -m tests.soak.crashes --seed {seed} --step N"]
    found = ("\n  ".join([*told, *broken, *one.told]),) if broken else ()
    return ended, TickCounts(1, found, {"crashes": crashes, f"steps of {named}": crashes if ended else 0})


def play(part: Part) -> TickCounts:
    """Whole paths. One that there was no time to walk to its end doesn't count."""
    played, broken, counts = 0, list[str](), dict[str, float]()
    for seed in part.seeds:
        ended, tally = walk(seed, part.place / str(seed), count(1), part.until)
        broken += tally.broken
        if not ended and not tally.broken:
            break
        played += 1
        for name, number in tally.counts.items():
            counts[name] = counts.get(name, 0) + number
    return TickCounts(played, tuple(broken), counts)


def main() -> int:
    """One path to one step, told."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument(
        "--seed", type=int, required=True, help="which path, on what: " + "; ".join(map(" ".join, WAYS))
    )
    wishes.add_argument("--step", type=int, required=True, action="append")
    asked = wishes.parse_args()
    with tempfile.TemporaryDirectory() as place:
        _, tally = walk(asked.seed, Path(place), asked.step)
    print("\n".join(tally.broken) or "all of it held")
    return bool(tally.broken)


CRASHES = Figure("crashes", "paths broken off after every single step of theirs, each recovered", "paths", len(WAYS), 1, play)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
