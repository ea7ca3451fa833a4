"""How long `serve` takes from its start to its first acknowledgement, against a bare Bolt app, and what it holds in
memory with a hundred thousand learners.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.benchmarks import adapter, fill
from tests.benchmarks.clicks import BARE, OURS, payload
from tests.benchmarks.due import crowd
from tests.benchmarks.jobs import LEARNERS
from tests.benchmarks.measure import Bench, Figure, Pair, Wish
from tests.benchmarks.processes import FastSlack, fast_slack, megabytes

ROOT = Path(__file__).parents[2]
MOST_MB = 150.0
TAPS = 200
RATE = 50.0
TICK_SECONDS = 1.0


@contextmanager
def program(arguments: Sequence[str], environment: Mapping[str, str]) -> Iterator[int]:
    """A Python program, as an operator starts it; its process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def first_ack(slack: FastSlack, arguments: Sequence[str], environment: Mapping[str, str], app: str, tap: str) -> float:
    """Seconds from the start to the first acknowledged tap."""
    begun = time.perf_counter()
    with program(arguments, environment):
        slack.wait_for(app)
        assert slack.tap([app], tap, [0], 0)[0] is not None
        return time.perf_counter() - begun


@contextmanager
def start(wish: Wish) -> Iterator[Pair]:
    """On SQLite, with a learner. Both programs' modules are compiled, as those of an installation are."""
    for package in ("bot", "tests"):
        compileall.compile_dir(ROOT / package, quiet=2)
    with fill.database("sqlite", wish.place) as opened, fast_slack() as slack:
        fill.answerable(opened, adapter.catalogue(), "T0", range(1))
        tap = payload(opened, slack.api_url)
        environment = adapter.settings(slack.api_url, fill.address(opened), OURS)
        yield Pair(
            lambda: first_ack(slack, ["bot", "serve"], environment, OURS, tap),
            lambda: first_ack(slack, ["tests.benchmarks.bare", slack.api_url, BARE], {}, BARE, tap),
        )


@contextmanager
def memory(backend: str, wish: Wish) -> Iterator[Pair]:
    """After some ticks and taps."""
    with fill.database(backend, wish.place) as opened, fast_slack() as slack:
        learners = min(LEARNERS, wish.learners)
        crowd(opened, learners)
        fill.answerable(opened, adapter.catalogue(), "T0", range(learners, learners + TAPS))
        tap = payload(opened, slack.api_url, "T0", f"d{learners}")
        environment = adapter.settings(
            slack.api_url, fill.address(opened), OURS, MISSINGLINK_TICK_SECONDS=str(TICK_SECONDS)
        )

        def ours() -> float:
            with program(["bot", "serve"], environment) as pid:
                slack.wait_for(OURS)
                slack.tap([OURS], tap, range(learners, learners + TAPS), RATE)
                time.sleep(2 * TICK_SECONDS)
                return megabytes(pid)

        yield Pair(ours, lambda: MOST_MB)


BENCHES = (
    Bench("start", start, (Figure("serve from its start to the first acknowledgement", "s", at_most=2.5),)),
    *(
        Bench(
            f"memory-{backend}",
            partial(memory, backend),
            (Figure(f"memory of serve with 100,000 learners, against 150 MB, {named}", "MB", at_most=1.0),),
        )
        for backend, named in (("sqlite", "SQLite"), ("postgres", "Postgres"))
    ),
)
