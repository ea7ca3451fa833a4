"""Wishes to talk to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.rows import change, put, table
from bot.store.tables import TalkRow

_talk = table(TalkRow)


@dataclass(frozen=True)
class Talk:
    """A learner's wish. `told["ids"]` are the admins who know of it."""

    workspace_id: str
    learner_id: str
    asked_at: datetime
    told: Mapping[str, Any]
    settled_at: datetime | None = None

    @property
    def admins(self) -> tuple[str, ...]:
        """The admins who know of it."""
        return tuple(self.told["ids"])


def save(session: Session, talk: Talk) -> None:
    """Store a wish, or ask anew after an earlier one was settled."""
    put(session, TalkRow, talk)


def get(session: Session, workspace_id: str, learner_id: str) -> Talk | None:
    """The learner's latest wish, settled or not."""
    query = select(_talk).where(_talk.c.workspace_id == workspace_id, _talk.c.learner_id == learner_id)
    row = session.execute(query).mappings().one_or_none()
    return Talk(**row) if row else None


def open_of(session: Session, workspace_id: str, learner_id: str) -> Talk | None:
    """The learner's wish that nobody has settled yet."""
    wish = get(session, workspace_id, learner_id)
    return wish if wish is not None and wish.settled_at is None else None


def open_in(session: Session, workspace_id: str) -> list[Talk]:
    """All wishes of a workspace that nobody has settled yet, oldest first."""
    query = select(_talk).where(_talk.c.workspace_id == workspace_id, _talk.c.settled_at.is_(None))
    return [Talk(**row) for row in session.execute(query.order_by(_talk.c.asked_at)).mappings()]


def settle(session: Session, talk: Talk, at: datetime) -> None:
    """Somebody has talked to them."""
    change(
        session,
        TalkRow,
        _talk.c.workspace_id == talk.workspace_id,
        _talk.c.learner_id == talk.learner_id,
        settled_at=at,
    )
