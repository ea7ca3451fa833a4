"""Planning and claiming a thousand due, and a tick with nothing to do, among a million learners against among ten
thousand.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import text

from bot.store import learners
from bot.store.database import Database
from tests.benchmarks import adapter, fill
from tests.benchmarks.measure import Bench, Figure, Pair, Wish

DUE = 1_000
TICKS = 50
FEW = 10_000
LATER_HOURS = 24
"""The others are due at so many different hours from tomorrow on."""


def crowd(database: Database, count: int) -> None:
    """So many learners in one track, each due at some hour of tomorrow."""
    now = datetime.now(UTC)
    share = count // LATER_HOURS
    for hour in range(LATER_HOURS):
        part = range(hour * share, count if hour == LATER_HOURS - 1 else (hour + 1) * share)
        fill.waiting(database, "T0", part, due_at=now + timedelta(hours=24 + hour), due_on=fill.noon_date(now))
    fill.settle_in(database)


class Crowd:
    """Many learners, of whom a thousand are made due when asked for."""

    def __init__(self, database: Database) -> None:
        self._database, self._ticker, self._round = database, adapter.ticker(database), 0
        self._ticker.tick()

    def plan_and_claim(self, due: int = DUE) -> float:
        """In ms, for so many."""
        return sum(self._each(due))

    def find_and_claim(self, due: int = DUE) -> float:
        """The same without what is decided for each and stored: only who is due, and whose message goes now."""
        found, _, claimed = self._each(due)
        return found + claimed

    def _each(self, due: int) -> tuple[float, float, float]:
        """How long it took to find so many, to plan them and to claim their messages, in ms."""
        now = datetime.now(UTC)
        first, self._round = self._round * due, self._round + 1
        ids = ", ".join(f"'U{n}'" for n in range(first, first + due))
        with self._database.write() as session:
            session.execute(
                text(f"UPDATE learner SET next_due_at = :now WHERE workspace_id = 'T0' AND learner_id IN ({ids})"),
                {"now": (now - timedelta(seconds=1)).replace(tzinfo=None if self._database.sqlite else UTC)},
            )
        begun = time.perf_counter()
        with self._database.read() as session:
            assert len(learners.due(session, now, due)) == due
        found = time.perf_counter()
        self._ticker.plan(now)
        planned = time.perf_counter()
        claimed = adapter.claim_all(self._database)
        ended = time.perf_counter()
        assert claimed == due, claimed
        return (found - begun) * 1000, (planned - found) * 1000, (ended - planned) * 1000

    def idle(self, _due: int = 0) -> float:
        """A tick with nothing to do, in ms."""
        taken = []
        for _ in range(TICKS):
            begun = time.perf_counter()
            self._ticker.tick()
            taken.append((time.perf_counter() - begun) * 1000)
        return statistics.median(taken)


@contextmanager
def crowds(backend: str, what: Callable[[Crowd, int], float], wish: Wish) -> Iterator[Pair]:
    """Many and few, each in a database of its own."""
    many, few = wish.place / "many", wish.place / "few"
    many.mkdir()
    few.mkdir()
    with fill.database(backend, many) as large, fill.database(backend, few) as small:
        crowd(large, wish.learners)
        crowd(small, FEW)
        one, other = Crowd(large), Crowd(small)
        due = min(DUE, wish.due)
        yield Pair(partial(what, one, due), partial(what, other, due))


BENCHES = tuple(
    Bench(
        f"{name}-{backend}",
        partial(crowds, backend, what),
        (Figure(f"{title} among a million learners, against ten thousand, {named}", "ms", at_most=1.5),),
    )
    for backend, named in (("sqlite", "SQLite"), ("postgres", "Postgres"))
    for name, title, what in (
        ("due", "planning and claiming a thousand due", Crowd.plan_and_claim),
        ("idle", "an idle tick", Crowd.idle),
    )
)
