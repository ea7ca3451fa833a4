"""Reports that something is wrong in an item: nobody's name is kept with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.error_report import ErrorReport
from bot.logs import WORK
from bot.store import error_reports
from bot.store.database import Session


def report_error(session: Session, report: ErrorReport) -> None:
    """Keep a report, and tell the operator's log of which item it is."""
    if error_reports.add(session, report):
        WORK.info(
            "a reader says that something is wrong in an item; `missinglink lessons reported` has what they say",
            extra={"item": report.item_id},
        )


def settle_reports(session: Session, workspace_id: str, report_ids: Sequence[str], day: date) -> int:
    """Settle the reports that an admin has seen; return how many of them were open."""
    return error_reports.settle(session, workspace_id, report_ids, day)
