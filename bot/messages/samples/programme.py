"""Samples of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.insight import Band, FigureKind
from bot.view_models import ActiveCount, FigureView, MonthCount, ProgrammeView, TrackCount, TrackReport
from bot.view_models.look_ups import LookUpLine, LookUpsView

COUNT = TrackCount(track_id="a-track", title="A & B", assigned=400, started=310, finished=120, left=4)
LOOKED_UP = LookUpsView(
    month=date(2026, 10, 1),
    explained=tuple(LookUpLine(f"A & B {n}", 200 - 10 * n) for n in range(14)),
    lacking=(LookUpLine("retail media", 20), LookUpLine("walled garden", 10)),
)
MONTHS = tuple(MonthCount(date(2026, n, 1), 60, 50, 20) for n in range(1, 7))
MONTH = date(2026, 6, 1)
FIGURES = (
    FigureView(FigureKind.BEFORE_AFTER, MONTH, {"before": Band.LOW, "after": Band.HIGH}),
    FigureView(FigureKind.BEFORE_AFTER, date(2026, 5, 1), {"before": Band.MIDDLE, "after": Band.MIDDLE}),
    FigureView(FigureKind.LATER, MONTH, {"later": Band.HIGH}),
    FigureView(FigureKind.CONFIDENCE, MONTH, {"before": Band.LOW, "after": Band.MIDDLE}),
    FigureView(FigureKind.CONFIDENCE_LATER, MONTH, {"later": Band.MIDDLE}),
    FigureView(FigureKind.WORTH, MONTH, {"worth": Band.HIGH}),
    FigureView(FigureKind.MISSED, MONTH, {}, ("When somebody calls you by name", "Reach", "A & B")),
    FigureView(FigureKind.MISSED, date(2026, 5, 1), {}),
    FigureView(FigureKind.GROUP, MONTH, {"before": Band.LOW, "after": Band.HIGH}),
)
TRACK = TrackReport(COUNT, MONTHS, 17.5)
REPORT = ProgrammeView(tracks=(TRACK,), admins=("U1",), files=True)
WHOLE = replace(
    REPORT,
    tracks=(replace(TRACK, figures=FIGURES), TRACK),
    active=(ActiveCount(date(2026, 5, 1), 212), ActiveCount(date(2026, 4, 1), 198)),
    talks=3,
    monthly=True,
)
REPORTS = {
    "nothing": replace(REPORT, tracks=()),
    "counts alone": REPORT,
    "with figures": WHOLE,
    "of one track, no files": replace(WHOLE, track_id="a-track", tracks=WHOLE.tracks[:1], files=False),
    "many tracks": replace(WHOLE, tracks=(replace(TRACK, figures=FIGURES),) * 60),
    "by itself": replace(WHOLE, delivery_id="d1"),
    "no admin any more": replace(WHOLE, tracks=(), dismissed=True, delivery_id="d1"),
}
