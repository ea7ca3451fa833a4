"""The errors that readers report in the lessons, by item."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from bot.context import AppContext
from bot.store import error_reports
from bot.store.database import Session
from bot.view_models import ReportedView

AT_ONCE = 5
"""The most reports of an item that are shown, and settled, at once."""


def reported(session: Session, ctx: AppContext, workspace_id: str) -> tuple[ReportedView, ...]:
    """Return the items of which something is said to be wrong, each with the oldest of its reports."""
    items = ctx.catalogue_of(workspace_id).items
    made = []
    for item_id, reports in groupby(error_reports.open_in(session, workspace_id), attrgetter("item_id")):
        first = list(reports)[:AT_ONCE]
        made.append(
            ReportedView(
                item_id=item_id,
                title=items[item_id].title if item_id in items else item_id,
                sentences=tuple(report.sentence for report in first if report.sentence),
                report_ids=tuple(report.report_id for report in first),
            )
        )
    return tuple(made)
