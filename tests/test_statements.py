"""How many statements a request, its follow-up and a message cost, counted as `statements.py` says.

The counts are held exactly: fewer of them is an improvement to write down here and in docs/benchmarks.md. Each
statement of the last run stands in `test-output/statements-<database>.txt`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.app import RemoteClock
from bot.store import askings
from localslack import LocalSlack
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, MONDAY, Running, small_catalogue
from tests.running import running
from tests.statements import ACK, Statements, counted

ROOT = Path(__file__).parents[1]
OUTPUT, DOCS = ROOT / "test-output", ROOT / "docs/benchmarks.md"
QUIET_SECONDS = 0.3
CONNECTIONS = 8
FIRST = "a first answer, mid-track"
ONE, TWO = "a lesson claimed and sent", "two lessons claimed and sent"
FURTHER = "each further one of the same claim"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Statements until the acknowledgement, and after it. What nobody asked for has only the first."""

    sqlite: tuple[int, int]
    postgres: tuple[int, int]


COSTS: Mapping[str, Cost] = {
    FIRST: Cost(sqlite=(10, 3), postgres=(5, 3)),
    "the same, where Home was opened before": Cost(sqlite=(10, 11), postgres=(5, 9)),
    "an answer that ends a track": Cost(sqlite=(13, 29), postgres=(7, 25)),
    "`/learn next` while a lesson is open": Cost(sqlite=(6, 3), postgres=(7, 1)),
    "`/track status` of three people": Cost(sqlite=(7, 0), postgres=(8, 0)),
    "a lesson planned": Cost(sqlite=(11, 0), postgres=(6, 0)),
    ONE: Cost(sqlite=(23, 0), postgres=(21, 0)),
    FURTHER: Cost(sqlite=(11, 0), postgres=(11, 0)),
}


class Counting:
    """Does one thing after the other with a bot, and counts what each costs."""

    def __init__(self, bot: Running, seen: Statements) -> None:
        self._bot, self._seen = bot, seen
        self.parts: dict[str, tuple[list[str], list[str]]] = {}
        # nothing of the bot's own goes on beside what is counted
        bot.app.timer.stop()
        bot.app.listening.stop()
        # every connection is there: none is opened while something is counted
        with ExitStack() as opened:
            for _ in range(CONNECTIONS):
                opened.enter_context(bot.app.ctx.db.read()).execute(select(1))

    def of(self, name: str, act: Callable[[], object]) -> None:
        """Count what this costs until all that follows from it is over."""
        self._rest()
        begin = len(self._seen)
        act()
        self._rest()
        seen = self._seen.since(begin)
        end = seen.index(ACK) if ACK in seen else len(seen)
        self.parts[name] = seen[:end], [statement for statement in seen[end:] if statement != ACK]

    def _rest(self) -> None:
        """Wait until no follow-up is under way: each thread for them is idle, and so is the sender's."""
        pool = self._bot.app.bolt.low_priority
        barrier = Barrier(pool._max_workers + 1)
        for _ in range(pool._max_workers):
            pool.submit(barrier.wait)
        barrier.wait()
        self._bot.app.sender.rest()
        before = -1
        while before != (before := len(self._seen)):
            time.sleep(QUIET_SECONDS)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return how many statements each thing took until the acknowledgement, and after it."""
        counts = {name: (len(before), len(after)) for name, (before, after) in self.parts.items()}
        counts[FURTHER] = (counts.pop(TWO)[0] - counts[ONE][0], 0)
        return counts

    def write(self, file: Path) -> None:
        """Write every statement down."""
        file.parent.mkdir(exist_ok=True)
        lines: list[str] = []
        for name, (before, after) in self.parts.items():
            lines += ["", f"{name}: {len(before)}, {len(after)} after the acknowledgement"]
            lines += [f"{nth:4} {statement}" for nth, statement in enumerate(before, 1)]
            lines += ["     acknowledged", *(f"{nth:4} {statement}" for nth, statement in enumerate(after, 1))]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def plan(bot: Running, days: float) -> None:
    """Let what is due so long after Monday be planned, and nothing be sent."""
    bot.slack.move_to(MONDAY + timedelta(days=days))
    clock = bot.app.ctx.clock
    assert isinstance(clock, RemoteClock)
    clock.stand(clock.target())
    bot.app.ticker.plan(clock.business())


def test_requests_and_messages_cost_what_the_table_says(slack: LocalSlack, url: str, backend: str) -> None:
    # a wording that this process knows, from another test maybe, isn't read
    askings._worded.clear()
    with counted(url) as (seen, at), running(slack, at, small_catalogue()) as bot:
        counting = Counting(bot, seen)
        bot.assign("@maya @henrik @aiko abc")
        bot.advance(MONDAY + timedelta(days=1, hours=12))
        for person in (MAYA, HENRIK, AIKO):
            bot.tap(person, bot.last(person), "answer:1:0")
        # in Tokyo nine o'clock comes before it comes anywhere else
        counting.of("a lesson planned", lambda: plan(bot, 1.7))
        counting.of(ONE, bot.app.sender.deliver)
        plan(bot, 2.4)
        counting.of(TWO, bot.app.sender.deliver)
        counting.of("`/learn next` while a lesson is open", lambda: bot.command(MAYA, "/learn next"))
        counting.of(FIRST, lambda: bot.tap(MAYA, bot.last(MAYA), "answer:1:0"))
        bot.home(HENRIK)
        counting.of("the same, where Home was opened before", lambda: bot.tap(HENRIK, bot.last(HENRIK), "answer:1:0"))
        counting.of("`/track status` of three people", lambda: bot.command(ADMIN, "/track status abc"))
        bot.advance(MONDAY + timedelta(days=3, hours=12))
        counting.of("an answer that ends a track", lambda: bot.tap(MAYA, bot.last(MAYA), "answer:1:0"))
        bot.eventually(lambda: "answer:" not in str(bot.last(MAYA).blocks), "the closing message never came")
    counting.write(OUTPUT / f"statements-{backend}.txt")
    assert counting.counts() == {name: getattr(cost, backend) for name, cost in COSTS.items()}


@pytest.mark.parametrize("name", COSTS)
def test_the_documentation_quotes_the_same_numbers(name: str) -> None:
    cost = COSTS[name]
    numbers = [str(part) if part else "" for both in (cost.sqlite, cost.postgres) for part in both]
    row = f"| {name} | {' | '.join(numbers)} |"
    assert row in DOCS.read_text(encoding="utf-8"), f"docs/benchmarks.md lacks {row}"
