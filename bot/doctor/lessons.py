"""The check of the lessons folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.content import Report
from bot.doctor.finding import Finding, Mark
from bot.domain.expiry import NOTICE, expired, to_review
from bot.logs import counted

SHOWN = 5
"""The most problems shown here; `missinglink lessons check` shows all."""
REMEDY = "`missinglink lessons check` says which, where, and what mends it"


def check(report: Report, today: date) -> Iterator[Finding]:
    """Check that the lessons can be served, and count those that are due for a review."""
    if report.problems:
        for problem in report.problems[:SHOWN]:
            yield Finding(Mark.BAD, str(problem), REMEDY)
        return
    catalogue = report.catalogue
    items, tracks = counted(len(catalogue.items), "item"), counted(len(catalogue.tracks), "track")
    past, near = len(expired(catalogue, today)), len(to_review(catalogue, today + NOTICE))
    doubtful = len(report.warnings) - near
    order = "can be served" if report.warnings else "all in order"
    yield Finding(Mark.GOOD, f"lessons: {tracks}, {items}, {order}")
    if doubtful:
        yield Finding(Mark.NOTE, f"lessons: {counted(doubtful, 'warning')}", REMEDY)
    if near:
        coming = f"{near - past} more within {NOTICE.days} days"
        yield Finding(Mark.NOTE, f"lessons: {counted(past, 'item')} past the review date, {coming}", REMEDY)
