"""Reports that something is wrong in an item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update

from bot.domain.error_report import ErrorReport
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows, changed_by

REPORTS = Rows(tables.error_report, ErrorReport)
_c = REPORTS.c


def add(session: Session, report: ErrorReport) -> bool:
    """Store a report; return False where it is there already."""
    return REPORTS.insert_new(session, report)


def open_in(session: Session, workspace_id: str) -> list[ErrorReport]:
    """Return the reports of a workspace that nobody has settled, by item, the oldest first."""
    query = select(*REPORTS.columns).where(_c.workspace_id == workspace_id, _c.settled_on.is_(None))
    return REPORTS.run(session, query.order_by(_c.item_id, _c.day, _c.report_id))


def settle(session: Session, workspace_id: str, report_ids: Sequence[str], day: date) -> int:
    """Settle some of the open reports; return their number."""
    query = update(REPORTS.table).where(
        _c.workspace_id == workspace_id, _c.report_id.in_(report_ids), _c.settled_on.is_(None)
    )
    return changed_by(session.execute(query.values(settled_on=day)))
