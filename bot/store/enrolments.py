"""Enrolments, and what lies behind a learner."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.people import Done, Enrolment, Learner
from bot.store import learners
from bot.store.rows import change, put, table
from bot.store.tables import DoneRow, EnrolmentRow

_enrolment = table(EnrolmentRow)
_done = table(DoneRow)


def of(session: Session, workspace_id: str, learner_id: str) -> tuple[Enrolment, ...]:
    """All of a learner's enrolments, removed and finished ones too, by track."""
    query = select(_enrolment).where(_enrolment.c.workspace_id == workspace_id, _enrolment.c.learner_id == learner_id)
    return tuple(Enrolment(**row) for row in session.execute(query.order_by(_enrolment.c.track_id)).mappings())


def get(session: Session, workspace_id: str, learner_id: str, track_id: str) -> Enrolment | None:
    """One enrolment."""
    return next((e for e in of(session, workspace_id, learner_id) if e.track_id == track_id), None)


def assigned(session: Session, workspace_id: str, track_id: str | None = None) -> list[Enrolment]:
    """What admins may see: assigned and not removed, by track and learner."""
    query = select(_enrolment).where(
        _enrolment.c.workspace_id == workspace_id,
        _enrolment.c.assigned_by.is_not(None),
        _enrolment.c.removed_at.is_(None),
    )
    if track_id is not None:
        query = query.where(_enrolment.c.track_id == track_id)
    rows = session.execute(query.order_by(_enrolment.c.track_id, _enrolment.c.learner_id)).mappings()
    return [Enrolment(**row) for row in rows]


def save(session: Session, enrolment: Enrolment) -> None:
    """Store an enrolment, new or changed."""
    put(session, EnrolmentRow, enrolment)


def update(session: Session, enrolment: Enrolment, **columns: Any) -> None:
    """Change some of an enrolment's columns."""
    change(
        session,
        EnrolmentRow,
        _enrolment.c.workspace_id == enrolment.workspace_id,
        _enrolment.c.learner_id == enrolment.learner_id,
        _enrolment.c.track_id == enrolment.track_id,
        **columns,
    )


def done(session: Session, workspace_id: str, learner_id: str) -> dict[str, int]:
    """The latest step at which a learner did each item."""
    query = select(_done.c.item_id, _done.c.step).where(
        _done.c.workspace_id == workspace_id, _done.c.learner_id == learner_id
    )
    return {row.item_id: row.step for row in session.execute(query)}


def done_by_all(session: Session, workspace_id: str, learner_ids: list[str]) -> dict[str, dict[str, int]]:
    """The same for many learners at once."""
    found: dict[str, dict[str, int]] = {learner_id: {} for learner_id in learner_ids}
    query = select(_done.c.learner_id, _done.c.item_id, _done.c.step).where(
        _done.c.workspace_id == workspace_id, _done.c.learner_id.in_(learner_ids)
    )
    for learner_id, item_id, step in session.execute(query):
        found[learner_id][item_id] = step
    return found


def mark_done(session: Session, learner: Learner, item_id: str, how: str) -> None:
    """Put an item behind a learner, one step further on their own time line."""
    step = learner.steps + 1
    learners.update(session, learner, steps=step)
    put(session, DoneRow, Done(learner.workspace_id, learner.learner_id, item_id, how, step))
