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
import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from tests.figures import Row, with_table, write
from tests.soak.at_once import AT_ONCE
from tests.soak.crashes import CRASHES
from tests.soak.figure import Figure, Part, TickCounts
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
TOLD = Path("docs/reliability.md")
MINUTES = 20.0
MOST = "most "


@dataclass(frozen=True)
class Run:
    """What one run of one figure added."""

    figure: str
    parts: tuple[tuple[int, int], ...]
    """Which seeds: from, and up to but not including."""
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
    wishes.add_argument("--table", action="store_true", help=f"play nothing: put all runs into {TOLD}")
    wishes.add_argument("--afresh", action="store_true", help="forget the runs before")
    asked = wishes.parse_args()
    if asked.table:
        TOLD.write_text(with_table(TOLD.read_text(encoding="utf-8"), table_of(before())), encoding="utf-8")
        return
    wanted = [f for f in FIGURES if not asked.only or f.name in asked.only]
    runs = [] if asked.afresh else before()
    broken = False
    for figure in wanted:
        mine = [r for r in runs if r.figure == figure.name]
        count = max(0, figure.floor - sum(r.played for r in mine)) if asked.count is None else asked.count
        if asked.first is None:
            seeds = unplayed(figure, mine, count)
        else:
            seeds = chunks(range(asked.first, asked.first + count), figure.chunk)
        run = None
        for run in play(figure, seeds, time.time() + asked.minutes * 60, asked.jobs):
            # after each part: what was played stays counted, whatever ends this
            if asked.first is None and run.played:
                RUNS.write_text(json.dumps([asdict(r) for r in (*runs, run)], indent=2) + "\n", encoding="utf-8")
        broken = broken or bool(run and run.broken)
        if run and asked.first is None and run.played:
            runs.append(run)
    rows = [summed(figure, runs) for figure in FIGURES if any(r.figure == figure.name for r in runs)]
    write(rows, ROWS)
    sys.exit(broken or not all(r.ok for r in rows if r.name in {f.title for f in wanted}))


def before() -> list[Run]:
    """The runs that are remembered."""
    if not RUNS.exists():
        return []
    found = json.loads(RUNS.read_text(encoding="utf-8"))
    return [Run(**{**r, "broken": tuple(r["broken"]), "parts": tuple((a, b) for a, b in r["parts"])}) for r in found]


def chunks(seeds: range, size: int) -> list[range]:
    """Seeds in chunks that begin where all chunks begin: each way of playing has chunks of its own."""
    edges = [seeds.start, *range((seeds.start // size + 1) * size, seeds.stop, size), seeds.stop]
    return [range(a, b) for a, b in pairwise(edges) if a < b]


def unplayed(figure: Figure, runs: list[Run], count: int) -> list[range]:
    """The next seeds that no run has played: what is left of chunks that were broken off, and then new ones."""
    ends: dict[int, int] = {}
    for first, end in (part for run in runs for part in run.parts):
        ends[first // figure.chunk] = max(end, ends.get(first // figure.chunk, 0))
    found: list[range] = []
    chunk = 0
    while count > 0:
        start = ends.get(chunk, chunk * figure.chunk)
        found.append(range(start, min((chunk + 1) * figure.chunk, start + count)))
        count -= len(found[-1])
        chunk += 1
    return [part for part in found if part]


def play(figure: Figure, seeds: list[range], until: float, jobs: int) -> Iterator[Run]:
    """Some seeds of a figure, in several processes: what was played so far, after each part."""
    began, total = time.monotonic(), TickCounts(0)
    parts: list[tuple[int, int]] = []
    for part, tally in _parts(figure, seeds, until, jobs):
        if tally.played:
            parts.append((part.seeds.start, part.seeds.start + tally.played))
        for what in tally.broken:
            print(what, flush=True)
        total = added(total, tally)
        print(f"{figure.name}: {part.seeds.start} to {part.seeds.start + tally.played - 1} played, "
              f"{len(tally.broken)} broken, {dict(tally.counts)}", flush=True)  # fmt: skip
        yield Run(figure.name, tuple(parts), total.played, total.broken, total.counts, time.monotonic() - began)


def _parts(figure: Figure, seeds: list[range], until: float, jobs: int) -> Iterator[tuple[Part, TickCounts]]:
    place = Path(tempfile.mkdtemp(prefix="ml-soak-"))
    parts = [Part(part, place / str(part.start), until, timed=True) for part in seeds]
    try:
        with ProcessPoolExecutor(jobs) as pool:
            yield from zip(parts, pool.map(_one, [figure.name] * len(parts), parts), strict=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _one(name: str, part: Part) -> TickCounts:
    if time.time() > part.until:
        return TickCounts(0)
    part.place.mkdir(parents=True)
    try:
        return next(f for f in FIGURES if f.name == name).play(part)
    except Exception:
        first, count = part.seeds.start, len(part.seeds)
        again = f"python -m tests.soak.run --only {name} --first {first} --count {count}"
        return TickCounts(count, (f"the figure itself failed; again: {again}\n{traceback.format_exc()}",))
    finally:
        shutil.rmtree(part.place, ignore_errors=True)


def added(one: TickCounts, other: TickCounts) -> TickCounts:
    """Both together."""
    names = {*one.counts, *other.counts}
    join = {name: max if name.startswith(MOST) else lambda a, b: a + b for name in names}
    counts = {name: join[name](one.counts.get(name, 0), other.counts.get(name, 0)) for name in sorted(names)}
    return TickCounts(one.played + other.played, one.broken + other.broken, counts)


def table_of(runs: list[Run]) -> list[str]:
    """All figures as a Markdown table."""
    lines = ["| What | Played | Floor | Broken | What was counted |", "|---|---|---|---|---|"]
    for figure in FIGURES:
        mine = [r for r in runs if r.figure == figure.name]
        counts = TickCounts(0)
        for run in mine:
            counts = added(counts, TickCounts(run.played, run.broken, run.counts))
        told = ", ".join(f"{name} {value:,.6g}" for name, value in counts.counts.items())
        lines.append(f"| `{figure.name}`: {figure.title} | {counts.played:,} {figure.unit} | {figure.floor:,} | "
                     f"{len(counts.broken)} | {told} |")  # fmt: skip
    return lines


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
