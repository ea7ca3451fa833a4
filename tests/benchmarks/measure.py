"""What a benchmark is: ours and a baseline, alternately, in one run; the medians held against each other."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tests.figures import Row


@dataclass(frozen=True)
class Wish:
    """How much is wanted of a run."""

    place: Path
    """An empty folder."""
    rounds: int = 5
    seconds: float = 5.0
    """How long each round of a load lasts."""
    due: int = 20_000
    """How many deliveries are drained in each round."""
    learners: int = 1_000_000
    """How many there are where there are many."""
    threads: int = 0
    """Of the courier and of the bare SDK; 0 for the courier's default."""


@dataclass
class Pair:
    """Both sides of a benchmark, ready to be measured. Each call is one round's value."""

    ours: Callable[[], float]
    baseline: Callable[[], float]
    problems: list[str] = field(default_factory=list)
    """What mustn't be, whatever the ratio, such as a duplicate."""


@dataclass(frozen=True)
class Bench:
    """One row of bench.json."""

    name: str
    """A short word for the command line."""
    title: str
    unit: str
    prepare: Callable[[Wish], AbstractContextManager[Pair]]
    at_most: float | None = None
    at_least: float | None = None


def play(bench: Bench, wish: Wish) -> Row:
    """Measure, ours and the baseline in turn."""
    ours, theirs = [], []
    with bench.prepare(wish) as pair:
        for _ in range(wish.rounds):
            ours.append(pair.ours())
            theirs.append(pair.baseline())
            print(f"  {bench.name}: {ours[-1]:.3f} {bench.unit}, baseline {theirs[-1]:.3f}", flush=True)
    return _row(bench, ours, theirs, pair.problems)


def _row(bench: Bench, ours: Sequence[float], theirs: Sequence[float], problems: Sequence[str]) -> Row:
    """A row: medians, their ratio, and in its name how far the rounds' ratios lay apart."""
    value, baseline = statistics.median(ours), statistics.median(theirs)
    ratio = value / baseline
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    kept = (bench.at_most is None or ratio <= bench.at_most) and (bench.at_least is None or ratio >= bench.at_least)
    target = f"ratio <= {bench.at_most:g}" if bench.at_most is not None else f"ratio >= {bench.at_least:g}"
    spread = f"median of {len(ours)}, {min(ratios):.2f} to {max(ratios):.2f}"
    wrong = "".join(f"; {problem}" for problem in dict.fromkeys(problems))
    return Row(f"{bench.title} ({spread}{wrong})", round(value, 3), bench.unit, round(baseline, 3), round(ratio, 3),
               target, kept and not problems)  # fmt: skip


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
