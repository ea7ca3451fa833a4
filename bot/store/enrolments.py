"""Enrolments, and the items that a learner has done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from bot.domain.people import Done, Enrolment
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

ENROLMENTS = Rows(tables.enrolment, Enrolment)
DONE = Rows(tables.done, Done)


def assigned(session: Session, workspace_id: str, track_id: str | None = None) -> list[Enrolment]:
    """Return the enrolments that admins may see: assigned and not removed, by track and learner."""
    query = select(*ENROLMENTS.columns).where(*seen_by_admins(workspace_id, track_id))
    return ENROLMENTS.run(session, query.order_by(ENROLMENTS.c.track_id, ENROLMENTS.c.learner_id))


def count_assigned(session: Session, workspace_id: str) -> int:
    """Return how many people are assigned anything."""
    people = func.count(ENROLMENTS.c.learner_id.distinct())
    return int(session.execute(select(people).where(*seen_by_admins(workspace_id))).scalar_one())


def count_in(session: Session, workspace_id: str, track_id: str) -> int:
    """Return how many people are assigned a track."""
    query = select(func.count()).select_from(tables.enrolment).where(*seen_by_admins(workspace_id, track_id))
    return int(session.execute(query).scalar_one())


def count_active(session: Session, workspace_id: str, since: datetime, until: datetime) -> int:
    """Return how many of them did an item from `since` on, and before `until`."""
    theirs = DONE.c.workspace_id == ENROLMENTS.c.workspace_id, DONE.c.learner_id == ENROLMENTS.c.learner_id
    did = exists().where(*theirs, DONE.c.at >= since, DONE.c.at < until)
    query = select(func.count(ENROLMENTS.c.learner_id.distinct())).where(*seen_by_admins(workspace_id), did)
    return int(session.execute(query).scalar_one())


def busy_among(session: Session, workspace_id: str, learner_ids: Sequence[str], besides: str) -> frozenset[str]:
    """Return those of these people who are in the middle of another track that admins may see."""
    of = ENROLMENTS.c
    # an item of it came, and it isn't finished
    begun = of.last_asking > 0, of.finished_at.is_(None)
    going_on = of.closed.is_(False), of.left_at.is_(None), *begun, of.track_id != besides
    mine = *seen_by_admins(workspace_id), *going_on, of.learner_id.in_(learner_ids)
    query = select(of.learner_id).where(*mine).distinct()
    return frozenset(session.execute(query).scalars())


def seen_by_admins(workspace_id: str, track_id: str | None = None) -> list[ColumnElement[bool]]:
    """Return the conditions of what admins may see: assigned and not removed, in this track where one is named."""
    of = ENROLMENTS.c
    seen = [of.workspace_id == workspace_id, of.assigned_by.is_not(None), of.removed_at.is_(None)]
    return seen if track_id is None else [*seen, of.track_id == track_id]


def of_track(session: Session, workspace_id: str, track_id: str, learner_ids: Sequence[str]) -> dict[str, Enrolment]:
    """Return these people's enrolments in a track, removed and left ones too, by person."""
    query = select(*ENROLMENTS.columns).where(
        ENROLMENTS.c.workspace_id == workspace_id,
        ENROLMENTS.c.track_id == track_id,
        ENROLMENTS.c.learner_id.in_(learner_ids),
    )
    return {e.learner_id: e for e in ENROLMENTS.run(session, query)}


def later(session: Session, enrolment: Enrolment, **columns: Any) -> Enrolment:
    """Change some of an enrolment's columns at the end of the transaction; return the enrolment as it is then."""
    return ENROLMENTS.later_change(session, enrolment, **columns)


def later_save(session: Session, enrolment: Enrolment) -> Enrolment:
    """Store an enrolment, new or changed, at the end of the transaction."""
    ENROLMENTS.later_put(session, enrolment)
    return enrolment


def later_done(session: Session, done: Done) -> Done:
    """Mark an item as done at the end of the transaction."""
    DONE.later_put(session, done)
    return done


def done_by_all(session: Session, workspace_id: str, learner_ids: list[str]) -> dict[str, dict[str, int]]:
    """Return the latest steps of many learners at once."""
    found: dict[str, dict[str, int]] = {learner_id: {} for learner_id in learner_ids}
    query = select(DONE.c.learner_id, DONE.c.item_id, DONE.c.step).where(
        DONE.c.workspace_id == workspace_id, DONE.c.learner_id.in_(learner_ids)
    )
    for learner_id, item_id, step in session.execute(query):
        found[learner_id][item_id] = step
    return found


def done_rows(session: Session, workspace_id: str, learner_ids: list[str]) -> dict[str, dict[str, Done]]:
    """Return the latest steps with their time, by learner and item."""
    found: dict[str, dict[str, Done]] = {learner_id: {} for learner_id in learner_ids}
    query = select(*DONE.columns).where(DONE.c.workspace_id == workspace_id, DONE.c.learner_id.in_(learner_ids))
    for done in DONE.run(session, query):
        found[done.learner_id][done.item_id] = done
    return found
