"""`make bench`: ratios against a baseline in the same run; the list goes to bench.json.

Absolute figures drift with the machine; the ratios are what to watch. `python -m tests.benchmarks.run --only NAME
--rounds 1 --seconds 2 --due 1000` is a quick look; `--table` writes the last run's figures into docs/benchmarks.md; what is recalled has tables of its own there
(`python -m tests.benchmarks.recall`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.benchmarks import busy, clicks, drain, due, footprint, jobs, matching, rebuild, reports
from tests.benchmarks.measure import Bench, Study, Wish, play
from tests.benchmarks.recall import study
from tests.figures import Row, with_table, write

BENCHES: tuple[Bench | Study, ...] = (
    *(
        bench
        for module in (clicks, busy, drain, due, jobs, footprint, rebuild, matching, reports)
        for bench in module.BENCHES
    ),
    *study.BENCHES,
)
ROWS, TOLD = Path("bench.json"), Path("docs/benchmarks.md")
KEPT = {True: "yes", False: "no", None: "reported"}


def main() -> None:
    """Measure, print, write, and fail when a target is missed."""
    wishes = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wishes.add_argument("--only", action="append", choices=[b.name for b in BENCHES], help="this one; again for more")
    wishes.add_argument("--rounds", type=int, default=Wish.rounds)
    wishes.add_argument("--seconds", type=float, default=Wish.seconds, help="how long each round of a load lasts")
    wishes.add_argument("--due", type=int, default=Wish.due, help="how many deliveries are drained in each round")
    wishes.add_argument("--learners", type=int, default=Wish.learners, help="how many, where there are many")
    wishes.add_argument("--threads", type=int, default=Wish.threads, help="0: the sender's default")
    wishes.add_argument("--table", action="store_true", help=f"measure nothing: put {ROWS} into {TOLD}")
    asked = wishes.parse_args()
    if asked.table:
        rows = [row for row in before() if not row.name.startswith(study.TITLE)]
        TOLD.write_text(with_table(TOLD.read_text(encoding="utf-8"), table_of(rows)), encoding="utf-8")
        return
    wanted = [b for b in BENCHES if not asked.only or b.name in asked.only]
    wish = Wish(Path(), asked.rounds, asked.seconds, asked.due, asked.learners, asked.threads)
    rows = [row for bench in wanted for row in measured(bench, wish)]
    titles = tuple(title for bench in wanted for title in bench.titles)
    others = [row for row in before() if not row.name.startswith(titles)]
    write([*others, *rows], ROWS)
    sys.exit(any(row.ok is False for row in rows))


def before() -> list[Row]:
    """The rows of the last runs."""
    if not ROWS.exists():
        return []
    return [Row(**row) for row in json.loads(ROWS.read_text(encoding="utf-8"))]


def table_of(rows: Sequence[Row]) -> list[str]:
    """The rows as a Markdown table."""
    lines = [
        f"| {r.name} | {r.value:g} {r.unit} | {r.baseline:g} | {r.ratio:g} | {r.target.removeprefix('ratio ')} | "
        f"{KEPT[r.ok]} |"
        for r in rows
    ]
    return ["| What | Ours | Baseline | Ratio | Target | Kept |", "|---|---|---|---|---|---|", *lines]


def measured(bench: Bench | Study, wish: Wish) -> list[Row]:
    """Run one benchmark in a folder of its own."""
    if isinstance(bench, Study):
        return bench.rows()
    place = Path(tempfile.mkdtemp(prefix="ml-bench-"))
    try:
        return play(bench, replace(wish, place=place))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
