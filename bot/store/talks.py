"""Requests to talk to somebody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from bot.domain.talks import Talk
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

_talk = Rows(tables.talk, Talk)


def save(session: Session, talk: Talk) -> None:
    """Store a request, also anew after an earlier one was settled."""
    _talk.put(session, talk)


def get(session: Session, workspace_id: str, learner_id: str) -> Talk | None:
    """Return the learner's latest request, settled or not."""
    return _talk.one(session, workspace_id=workspace_id, learner_id=learner_id)


def open_of(session: Session, workspace_id: str, learner_id: str) -> Talk | None:
    """Return the learner's request that nobody has settled yet."""
    wish = get(session, workspace_id, learner_id)
    return wish if wish is not None and wish.settled_at is None else None


def open_in(session: Session, workspace_id: str) -> list[Talk]:
    """Return all requests of a workspace that nobody has settled yet, oldest first."""
    query = select(*_talk.columns).where(_talk.c.workspace_id == workspace_id, _talk.c.settled_at.is_(None))
    return _talk.run(session, query.order_by(_talk.c.asked_at))


def count(session: Session, workspace_id: str) -> int:
    """Return how many people have asked to talk, settled or not."""
    query = select(func.count()).select_from(tables.talk).where(_talk.c.workspace_id == workspace_id)
    return int(session.execute(query).scalar_one())


def settle(session: Session, talk: Talk, at: datetime) -> None:
    """Record that somebody has talked to them."""
    _talk.change(session, talk, settled_at=at)
