"""Taps while deliveries drain from the same database, at the pace that Slack allows twenty workspaces, and as fast as
they go; against a Bolt app whose listener does nothing and that has nothing else to do.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bot.store.database import Database
from tests.benchmarks import adapter, fill
from tests.benchmarks.clicks import BACKENDS, WARM, Load, ready
from tests.benchmarks.drain import prepared
from tests.benchmarks.measure import Bench, Figure, Pair, Wish, percentile
from tests.benchmarks.processes import FastSlack

RATE = 50.0
A_MINUTE = 200.0
"""What Slack's several hundred a minute for each workspace are taken for."""
LONGEST_MS = 1_000.0
STEP = 25
"""Taps between two looks at whether deliveries still drain."""
UNLIMITED_DUE = 5_000
DRAIN_SECONDS = 300.0


@contextmanager
def beside(backend: str, due: int, a_minute: float, wish: Wish) -> Iterator[Pair]:
    """Taps for as long as so many deliveries drain; the pace is for each of twenty workspaces."""
    most = int(RATE * wish.seconds * 2)
    due = min(due or int(A_MINUTE / 60 * len(fill.WORKSPACES) * wish.seconds * 2), wish.due)
    taps = WARM + (most + STEP) * wish.rounds
    settings = {"MISSINGLINK_TICK_SECONDS": "0.2", **adapter.pace(a_minute)}
    with ready(wish, backend, taps, WARM, **settings) as (load, opened, slack):
        first = itertools.count(taps, due)

        def ours() -> float:
            begin = next(first)
            prepared(opened, slack, range(begin, begin + due))
            taken = _taps_while_draining(load, opened, slack, most)
            if max(taken) > LONGEST_MS:
                load.problems.append(f"a tap took {max(taken):.0f} ms")
            _drained(opened, load)
            return percentile(taken, 0.99)

        yield Pair(ours, lambda: percentile(load.bare(RATE, most), 0.99), load.problems)


def _taps_while_draining(load: Load, opened: Database, slack: FastSlack, most: int) -> list[float]:
    until = time.monotonic() + 10
    while not slack.counted().keys and time.monotonic() < until:
        time.sleep(0.01)
    taken: list[float] = []
    while len(taken) < most and (not taken or adapter.left(opened)):
        taken += load.ours(RATE, STEP, calm=False)
    load.calm()
    return taken


def _drained(opened: Database, load: Load) -> None:
    """Nothing of it may weigh on the other's round."""
    until = time.monotonic() + DRAIN_SECONDS
    while adapter.count(opened, "delivery WHERE state <> 'sent'"):
        if time.monotonic() > until:
            load.problems.append("it never drained")
            return
        time.sleep(0.2)


BENCHES = tuple(
    Bench(
        f"clicks-{name}-{backend}",
        partial(beside, backend, due, a_minute),
        (Figure(f"the same at 50/s while deliveries drain {how}, p99, {named}", "ms"),),
    )
    for backend, named in zip(BACKENDS, ("SQLite", "Postgres"), strict=True)
    for name, how, due, a_minute in (
        ("paced", "at the pace of twenty workspaces", 0, A_MINUTE),
        ("unpaced", "as fast as they go", UNLIMITED_DUE, adapter.UNLIMITED),
    )
)
