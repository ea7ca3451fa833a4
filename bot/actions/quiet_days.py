"""Quiet days: an admin sets them, and takes them back."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from bot.actions.replan import replan
from bot.context import AppContext
from bot.domain.quiet_days import QuietSpan
from bot.store import audit, quiet_spans
from bot.store.database import Session


def set_quiet(
    session: Session, ctx: AppContext, workspace_id: str, admin_id: str, *, first: date, last: date
) -> QuietSpan:
    """Let nobody be sent anything unasked on these local dates. Done twice, it changes nothing."""
    span_id = uuid5(NAMESPACE_URL, f"{workspace_id}/{first}/{last}").hex
    span = QuietSpan(workspace_id=workspace_id, span_id=span_id, first=first, last=last, admin_id=admin_id)
    known = quiet_spans.get(session, workspace_id, span_id)
    if known is not None and known.removed:
        quiet_spans.forget(session, known)
    if quiet_spans.add(session, span):
        audit.record(session, workspace_id, ctx.clock.business(), admin_id, "quiet days", f"{first} to {last}")
    return span


def end_quiet(session: Session, ctx: AppContext, span: QuietSpan, admin_id: str) -> None:
    """Take quiet days back. Done twice, it changes nothing."""
    if span.removed:
        return
    quiet_spans.remove(session, span)
    said = f"{span.first} to {span.last}"
    audit.record(session, span.workspace_id, ctx.clock.business(), admin_id, "quiet days ended", said)


def plan_anew(ctx: AppContext) -> None:
    """Plan anew for those whom quiet days concern that were set or taken back, one a transaction."""
    with ctx.db.read() as session:
        spans = quiet_spans.unsettled(session)
    for span in spans:
        with ctx.db.read() as session:
            people = quiet_spans.planned_for(session, span)
        replan(ctx, span.workspace_id, people)
        with ctx.db.write() as session:
            quiet_spans.settle(session, span)
