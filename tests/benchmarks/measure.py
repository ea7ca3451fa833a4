"""A benchmark: ours and a baseline, alternately, in one run; the medians are held against each other."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.figures import Row, row


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
    """Of the sender and of the bare SDK; 0 for the sender's default."""


Values = float | Sequence[float]
"""One value, or one for each figure of the benchmark."""


@dataclass
class Pair:
    """Both sides of a benchmark, ready to be measured. Each call is one round's values."""

    ours: Callable[[], Values]
    baseline: Callable[[], Values]
    problems: list[str] = field(default_factory=list)
    """Things that mustn't be, whatever the ratio, such as a duplicate."""


@dataclass(frozen=True)
class Figure:
    """One row of bench.json; a bound is one of the ratio, and a row without one is only reported."""

    title: str
    unit: str
    at_most: float | None = None
    at_least: float | None = None


@dataclass(frozen=True)
class Bench:
    """A load and the figures that it gives."""

    name: str
    """A short word for the command line."""
    prepare: Callable[[Wish], AbstractContextManager[Pair]]
    figures: tuple[Figure, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The beginnings of its rows' names."""
        return tuple(figure.title for figure in self.figures)


@dataclass(frozen=True)
class Study:
    """A seeded computation. It gives the same rows each time, so it is done once and brings its own intervals."""

    name: str
    """A short word for the command line."""
    title: str
    """The beginning of its rows' names."""
    rows: Callable[[], list[Row]]

    @property
    def titles(self) -> tuple[str, ...]:
        """The beginning of its rows' names, alone."""
        return (self.title,)


def play(bench: Bench, wish: Wish) -> list[Row]:
    """Measure, ours and the baseline in turn; a row for each figure."""
    ours, theirs = [], []
    with bench.prepare(wish) as pair:
        for _ in range(wish.rounds):
            ours.append(each(pair.ours()))
            theirs.append(each(pair.baseline()))
            for figure, one, other in zip(bench.figures, ours[-1], theirs[-1], strict=True):
                print(f"  {bench.name}: {figure.title}: {one:.3f} {figure.unit}, baseline {other:.3f}", flush=True)
    columns = zip(bench.figures, zip(*ours, strict=True), zip(*theirs, strict=True), strict=True)
    return [_row(figure, one, other, pair.problems) for figure, one, other in columns]


def each(values: Values) -> Sequence[float]:
    """Return the values as a sequence, also where there is one alone."""
    return values if isinstance(values, Sequence) else (values,)


def _row(figure: Figure, ours: Sequence[float], theirs: Sequence[float], problems: Sequence[str]) -> Row:
    """A row: medians, their ratio, and in its name how far the rounds' ratios lay apart."""
    value, baseline = statistics.median(ours), statistics.median(theirs)
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    spread = f"median of {len(ours)}, {min(ratios):.2f} to {max(ratios):.2f}"
    wrong = "".join(f"; {problem}" for problem in dict.fromkeys(problems))
    name = f"{figure.title} ({spread}{wrong})"
    made = row(name, value, figure.unit, baseline, at_most=figure.at_most, at_least=figure.at_least)
    return replace(made, ok=False) if problems else made


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
