"""The frozen figures of reports, and who was counted in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Date, Insert, delete, literal, select

from bot.domain.insight import Figure, FigureKind
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

AT_ONCE = 5_000
"""The most people named in one statement."""
_figure = Rows(tables.figure, Figure, kind=FigureKind)


def made(session: Session, workspace_id: str, month: date) -> bool:
    """Return True once a month's figures were made."""
    mark = _figure.one(session, workspace_id=workspace_id, month=month, track_id="", kind=FigureKind.ACTIVE.value)
    return mark is not None


def begin(session: Session, workspace_id: str, month: date, active: int | None) -> bool:
    """Note that a month's figures are made, in this transaction; return False if they were before.

    `active`: how many were active in the month before; None where that isn't told.
    """
    bands = {} if active is None else {"active": active}
    return _figure.insert_new(session, _mark(workspace_id, month, bands))


def _mark(workspace_id: str, month: date, bands: dict[str, int]) -> Figure:
    return Figure(workspace_id=workspace_id, month=month, track_id="", kind=FigureKind.ACTIVE, bands=bands)


def add(session: Session, figure: Figure, people: Iterable[str]) -> bool:
    """Store a figure, and who was counted in it; return False if it was stored before, and nothing changes."""
    if not _figure.insert_new(session, figure):
        return False
    everybody = sorted(people)
    for start in range(0, len(everybody), AT_ONCE):
        session.execute(_count_in(figure, everybody[start : start + AT_ONCE]))
    return True


def _count_in(figure: Figure, people: Sequence[str]) -> Insert:
    """Return the statement that notes who was counted, without those who have been erased since."""
    of, into = tables.learner.c, tables.counted
    columns = of.workspace_id, of.learner_id, literal(figure.track_id), literal(figure.kind.value)
    still_there = select(*columns, literal(figure.month, Date)).where(
        of.workspace_id == figure.workspace_id, of.learner_id.in_(people)
    )
    return into.insert().from_select(["workspace_id", "learner_id", "track_id", "kind", "month"], still_there)


def of_workspace(session: Session, workspace_id: str, track_id: str | None = None) -> list[Figure]:
    """Return the figures of a workspace, the newest first, then by track and kind."""
    of = _figure.c
    query = select(*_figure.columns).where(of.workspace_id == workspace_id)
    if track_id is not None:
        query = query.where(of.track_id.in_((track_id, "")))
    return _figure.run(session, query.order_by(of.month.desc(), of.track_id, of.kind))


def forget_group_page(session: Session, workspace_id: str, track_id: str) -> None:
    """Delete what a group's page shows, since somebody has taken theirs out."""
    of = tables.figure.c
    theirs = of.workspace_id == workspace_id, of.track_id == track_id, of.kind == FigureKind.GROUP.value
    session.execute(delete(tables.figure).where(*theirs))
