"""The lessons folder."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content import Report
from bot.doctor.finding import Finding, Mark
from bot.logs import counted

SHOWN = 5
"""How many problems are told here; `missinglink lessons check` tells all."""


def check(report: Report) -> Iterator[Finding]:
    """Whether the lessons can be served."""
    if report.problems:
        for problem in report.problems[:SHOWN]:
            yield Finding(Mark.BAD, str(problem), "`missinglink lessons check` says all that is wrong")
        return
    items, tracks = counted(len(report.catalogue.items), "item"), counted(len(report.catalogue.tracks), "track")
    yield Finding(Mark.GOOD, f"lessons: {tracks}, {items}, all in order")
