"""The report that an admin is sent on the first working day of each month, if they like."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.context import AppContext
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import MonthlyReport
from bot.domain.local_time import instant, local
from bot.planning.new_delivery import new_delivery
from bot.queries.admins import admins
from bot.store import deliveries, digests, learners
from bot.store.database import Session
from bot.store.digests import Digest

SENT_AT = time(9)
"""The admin's local hour."""
SATURDAY = 5


def set_monthly(session: Session, workspace_id: str, admin_id: str, at: datetime, *, on: bool) -> None:
    """Send an admin the report each month, or no longer. Done twice, it changes nothing."""
    if on:
        digests.add(session, Digest(workspace_id, admin_id, at))
    else:
        digests.stop(session, workspace_id, admin_id)


def send_monthly(session: Session, ctx: AppContext, workspace_id: str, month: date) -> None:
    """Leave the month's report to each admin who wants it; one who is none any more gets none."""
    allowed = admins(session, ctx, workspace_id)
    for admin_id in digests.of_workspace(session, workspace_id):
        admin = learners.get(session, workspace_id, admin_id)
        if admin is None or admin_id not in allowed:
            continue
        now = local(ctx.clock.business(), admin.zone)
        day = now.date() if now.time() <= SENT_AT else now.date() + timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        about = MonthlyReport(month)
        due, caused_by = instant(day, SENT_AT, admin.zone), f"report:{month}"
        deliveries.add(session, new_delivery(admin, Slot.NOTICE, due, caused_by=caused_by, about=about))
