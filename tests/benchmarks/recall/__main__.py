"""`python -m tests.benchmarks.recall` puts the tables of what is recalled into docs/benchmarks.md: two minutes."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.recall import study
from tests.benchmarks.recall.course import Terms
from tests.benchmarks.recall.memory import Activation, Multiscale
from tests.benchmarks.recall.policies import NOTHING, OURS, POLICIES
from tests.figures import with_table

TOLD = Path("docs/benchmarks.md")
FEWER = 250
"""Learners where only the order matters."""
EVERY_DAY = Terms(memory=Activation)
OTHERWISE = {
    "60 % of days": Terms(memory=Activation, answers=0.6),
    "30 items": Terms(memory=Activation, items=30),
    "90 items": Terms(memory=Activation, items=90),
    "day 360": Terms(memory=Activation, days=360),
    "none given up": Terms(memory=Activation, overdue=1000),
    "forget faster": Terms(memory=lambda talent: Activation(talent - 0.5)),
    "forget slower": Terms(memory=lambda talent: Activation(talent + 0.5)),
    "MCM": Terms(memory=Multiscale),
    "MCM, day 360": Terms(memory=Multiscale, days=360),
    "MCM, none given up": Terms(memory=Multiscale, overdue=1000),
}
"""What else was tried, a column each: the share recalled on the last day."""


def main() -> None:
    """Simulate, and write both tables."""
    page = TOLD.read_text(encoding="utf-8")
    page = with_table(page, compared(), "<!-- recall -->", "<!-- end of recall -->")
    page = with_table(page, otherwise(), "<!-- otherwise -->", "<!-- end of otherwise -->")
    TOLD.write_text(page, encoding="utf-8")


def compared(learners: int = study.LEARNERS) -> list[str]:
    """Return the comparison as a Markdown table."""
    found = study.outcomes(EVERY_DAY, learners=learners)
    lines = [
        "| Policy | Day 90 | Day 180 | Day 180, against ours | Items a minute of reviews | Items a minute | Given up |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in (policy.name for policy in POLICIES):
        apart = study.behind(found, name, OURS.name)
        cells = [
            study.midway(found, name),
            study.end(found, name),
            "ours" if name == OURS.name else f"{apart.value:+.3f} ({apart.low:+.3f} to {apart.high:+.3f})",
            "" if name == NOTHING.name else study.gained(found, name),
            study.by_the_minute(found, name),
            f"{study.mean([one.retired for one in found[name]]).value:.1f}",
        ]
        lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    return lines


def otherwise(learners: int = FEWER) -> list[str]:
    """Return the last day's share under other assumptions as a Markdown table."""
    found = {title: study.outcomes(terms, learners=learners) for title, terms in OTHERWISE.items()}
    lines = [f"| Policy | {' | '.join(found)} |", f"|---|{'---|' * len(found)}"]
    for name in (policy.name for policy in POLICIES):
        shares = [f"{study.end(outcomes, name).value:.3f}" for outcomes in found.values()]
        lines.append(f"| {name} | {' | '.join(shares)} |")
    return lines


if __name__ == "__main__":
    main()
