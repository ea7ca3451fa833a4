"""`make soak`: what the bot is trusted for, tried many times. Each figure is bounded in time and goes on where the last
run of it ended, so that runs add up; the sum goes to soak.json.

`python -m tests.soak.run --only NAME --minutes 10` plays more of one figure; `--first SEED --count 1` plays one seed
again, without counting it; `--afresh` forgets the runs before.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.figures import Row, write
from tests.soak.at_once import AT_ONCE
from tests.soak.crashes import CRASHES
from tests.soak.figure import Figure, Part, Tally
from tests.soak.forged import FORGED
from tests.soak.hostile import HOSTILE
from tests.soak.kills_asking import ASKING
from tests.soak.kills_sending import SENDING
from tests.soak.model import MODEL
from tests.soak.outages import DISK, POSTGRES
from tests.soak.reconnects import RECONNECTS
from tests.soak.stories import STORIES
from tests.soak.wrongs import FAULTS
from tests.soak.years import YEARS
from tests.soak.zones import ZONES

FIGURES: tuple[Figure, ...] = (
    STORIES,
    FAULTS,
    DISK,
    POSTGRES,
    RECONNECTS,
    HOSTILE,
    FORGED,
    SENDING,
    ASKING,
    CRASHES,
    AT_ONCE,
    ZONES,
    YEARS,
    MODEL,
)

RUNS, ROWS = Path("soak-runs.json"), Path("soak.json")
MINUTES = 20.0
MOST = "most "


@dataclass(frozen=True)
class Run:
    """What one run of one figure added."""

    figure: str
    first: int
    played: int
    broken: tuple[str, ...]
    counts: Mapping[str, float]
    seconds: float


def main() -> None:
    """Play, print, write, and fail when anything broke or too little was played."""
    wishes = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wishes.add_argument(
        "--only", action="append", choices=[f.name for f in FIGURES], help="this figure; again for more"
    )
    wishes.add_argument("--minutes", type=float, default=MINUTES, help="for each figure: nothing begins later")
    wishes.add_argument("--count", type=int, help="how many seeds; otherwise what the floor still lacks")
    wishes.add_argument("--first", type=int, help="the first seed; such a run isn't counted")
    wishes.add_argument("--jobs", type=int, default=2, help="processes")
    wishes.add_argument("--afresh", action="store_true", help="forget the runs before")
    asked = wishes.parse_args()
    wanted = [f for f in FIGURES if not asked.only or f.name in asked.only]
    runs = [] if asked.afresh else before()
    broken = False
    for figure in wanted:
        done = sum(r.played for r in runs if r.figure == figure.name)
        first = done if asked.first is None else asked.first
        count = max(0, figure.floor - done) if asked.count is None else asked.count
        run = play(figure, range(first, first + count), time.time() + asked.minutes * 60, asked.jobs)
        broken = broken or bool(run.broken)
        if asked.first is None and run.played:
            runs.append(run)
            RUNS.write_text(json.dumps([asdict(r) for r in runs], indent=2) + "\n", encoding="utf-8")
    rows = [summed(figure, runs) for figure in FIGURES if any(r.figure == figure.name for r in runs)]
    write(rows, ROWS)
    sys.exit(broken or not all(r.ok for r in rows if r.name in {f.title for f in wanted}))


def before() -> list[Run]:
    """The runs that are remembered."""
    if not RUNS.exists():
        return []
    return [Run(**{**run, "broken": tuple(run["broken"])}) for run in json.loads(RUNS.read_text(encoding="utf-8"))]


def play(figure: Figure, seeds: range, until: float, jobs: int) -> Run:
    """Some seeds of a figure, in several processes. Seeds count from the first on, without a gap."""
    began, total = time.monotonic(), Tally(0)
    for part, tally in _parts(figure, seeds, until, jobs):
        for what in tally.broken:
            print(what, flush=True)
        total = added(total, tally)
        print(f"{figure.name}: {part.seeds.start} to {part.seeds.start + tally.played - 1} played, "
              f"{len(tally.broken)} broken, {dict(tally.counts)}", flush=True)  # fmt: skip
    return Run(figure.name, seeds.start, total.played, total.broken, total.counts, time.monotonic() - began)


def _parts(figure: Figure, seeds: range, until: float, jobs: int) -> Iterator[tuple[Part, Tally]]:
    place = Path(tempfile.mkdtemp(prefix="ml-soak-"))
    parts = [
        Part(seeds[n : n + figure.chunk], place / str(n), until) for n in range(0, len(seeds), max(1, figure.chunk))
    ]
    try:
        with ProcessPoolExecutor(jobs) as pool:
            yield from zip(parts, pool.map(_one, [figure.name] * len(parts), parts), strict=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _one(name: str, part: Part) -> Tally:
    if time.time() > part.until:
        return Tally(0)
    part.place.mkdir(parents=True)
    try:
        return next(f for f in FIGURES if f.name == name).play(part)
    finally:
        shutil.rmtree(part.place, ignore_errors=True)


def added(one: Tally, other: Tally) -> Tally:
    """Both together."""
    names = {*one.counts, *other.counts}
    join = {name: max if name.startswith(MOST) else lambda a, b: a + b for name in names}
    counts = {name: join[name](one.counts.get(name, 0), other.counts.get(name, 0)) for name in sorted(names)}
    return Tally(one.played + other.played, one.broken + other.broken, counts)


def summed(figure: Figure, runs: list[Run]) -> Row:
    """A figure's row: how many were played, of those that its floor asks for; one that broke spoils it."""
    mine = [r for r in runs if r.figure == figure.name]
    played, broken = sum(r.played for r in mine), sum(len(r.broken) for r in mine)
    ratio = played / figure.floor
    target = "ratio >= 1, nothing broken"
    named = figure.title if not broken else f"{figure.title} ({broken} broken)"
    return Row(named, played, figure.unit, figure.floor, round(ratio, 3), target, ratio >= 1 and not broken)


if __name__ == "__main__":
    main()
