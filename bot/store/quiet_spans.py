"""Quiet days of workspaces."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select

from bot.domain.quiet_days import QuietSpan
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

QUIET = Rows(tables.quiet_span, QuietSpan)


def add(session: Session, span: QuietSpan) -> bool:
    """Store quiet days; return False if they were stored before."""
    session.due_at_once = True
    return QUIET.insert_new(session, span)


def ahead(session: Session, workspace_id: str, since: date) -> list[QuietSpan]:
    """Return the quiet days that end on `since` or later, earliest first."""
    spans = QUIET.all(session, "first", workspace_id=workspace_id)
    return [span for span in spans if not span.removed and span.last >= since]


def get(session: Session, workspace_id: str, span_id: str, *, lock: bool = False) -> QuietSpan | None:
    """Return some quiet days."""
    return QUIET.one(session, lock=lock, workspace_id=workspace_id, span_id=span_id)


def remove(session: Session, span: QuietSpan) -> None:
    """Take quiet days back."""
    session.due_at_once = True
    QUIET.change(session, span, removed=True, settled=False)


def unsettled(session: Session) -> list[QuietSpan]:
    """Return the quiet days that were set or taken back, and of which planning hasn't heard yet."""
    return QUIET.all(session, settled=False)


def settle(session: Session, span: QuietSpan) -> None:
    """Note that everybody's next message is planned with these days in mind; those taken back are deleted. Days that
    were taken back meanwhile are planned for once more.
    """
    if get(session, span.workspace_id, span.span_id, lock=True) != span:
        return
    if span.removed:
        forget(session, span)
    else:
        QUIET.change(session, span, settled=True)


def forget(session: Session, span: QuietSpan) -> None:
    """Delete quiet days."""
    of = QUIET.c
    session.execute(delete(QUIET.table).where(of.workspace_id == span.workspace_id, of.span_id == span.span_id))


def planned_for(session: Session, span: QuietSpan) -> list[str]:
    """Return the learners whose next message is planned for the first of these days, or later."""
    of = tables.learner.c
    query = select(of.learner_id).where(of.workspace_id == span.workspace_id, of.next_due_on >= span.first)
    return list(session.execute(query.order_by(of.learner_id)).scalars())
