"""The figures of reports: made on the first of a month, and frozen. Nothing else reads answers for anybody but their
learner.
"""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta

from bot.actions.digest import send_monthly
from bot.context import AppContext
from bot.domain.audit import REFUSED
from bot.domain.insight import FEWEST_ACTIVE, Figure, FigureKind, Toss, bands_of
from bot.domain.local_time import month_of
from bot.queries.admins import admins
from bot.store import audit, contributions, enrolments, figures
from bot.store.database import Session


def coin() -> bool:
    """Toss a fair coin that nobody can foresee."""
    return bool(secrets.randbits(1))


def make_figures(ctx: AppContext, workspace_id: str, toss: Toss = coin) -> bool:
    """Make a workspace's figures of this month, unless they are there; return True if they were made.

    What is counted is read in a transaction that holds nobody up; each figure is stored with whom it counts. The mark
    of the month comes last: after a crash what is missing is made, and what is there stays.
    """
    month = month_of(ctx.clock.business())
    until = datetime(month.year, month.month, 1, tzinfo=UTC)
    with ctx.db.read() as session:
        if figures.made(session, workspace_id, month):
            return False
        found = list(contributions.batches(session, workspace_id, until, _not_of(session, ctx, workspace_id)))
        chosen = list(contributions.volunteers(session, workspace_id, until))
        active = _active(session, workspace_id, month)
    own = ctx.own_items_of(workspace_id)
    for batch in (*found, *chosen):
        bands = bands_of(batch, own, toss)
        if bands is not None:
            figure = Figure(
                workspace_id=workspace_id, month=month, track_id=batch.track_id, kind=batch.kind, bands=bands
            )
            with ctx.db.write() as session:
                # a group's page is made anew each month, of whoever has added theirs by then
                figures.add(session, figure, () if batch.kind is FigureKind.GROUP else batch.people)
    with ctx.db.write() as session:
        begun = figures.begin(session, workspace_id, month, active)
        if begun:
            send_monthly(session, ctx, workspace_id, month)
    return begun


def _not_of(session: Session, ctx: AppContext, workspace_id: str) -> frozenset[str]:
    """Return who is counted in no figure: whoever is an admin, or has done anything as one."""
    return admins(session, ctx, workspace_id) | audit.actors(session, workspace_id, besides=REFUSED)


def _active(session: Session, workspace_id: str, month: date) -> int | None:
    """Return how many did an item in the month before; None where too few are assigned anything."""
    until = datetime(month.year, month.month, 1, tzinfo=UTC)
    since = datetime.combine(month_of(until - timedelta(days=1)), until.timetz())
    if enrolments.count_assigned(session, workspace_id) < FEWEST_ACTIVE:
        return None
    return enrolments.count_active(session, workspace_id, since, until)
