"""The lines that learners wrote for their strategy page, and their shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from bot.domain.strategy import Reflection
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True, kw_only=True)
class Share:
    """A page that is shared: whose, with whom, and since when (business time, UTC)."""

    workspace_id: str
    learner_id: str
    with_id: str
    since: datetime


def _answers(said: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in said)


_reflection = Rows(tables.reflection, Reflection, answers=_answers)
_share = Rows(tables.share, Share)


def written_by(session: Session, workspace_id: str, learner_id: str) -> list[Reflection]:
    """Return all that somebody wrote, in its order."""
    return _reflection.all(session, "number", workspace_id=workspace_id, learner_id=learner_id)


def write(session: Session, reflection: Reflection) -> bool:
    """Store what was written; return False if this form was stored before."""
    return _reflection.insert_new(session, reflection)


def share(session: Session, shared: Share) -> bool:
    """Share a page; return False if it was shared with them before."""
    return _share.insert_new(session, shared)


def unshare(session: Session, workspace_id: str, learner_id: str, with_id: str) -> None:
    """Stop sharing a page with somebody."""
    of = tables.share.c
    mine = of.workspace_id == workspace_id, of.learner_id == learner_id, of.with_id == with_id
    session.execute(delete(tables.share).where(*mine))


def shared_with(session: Session, workspace_id: str, learner_id: str) -> list[Share]:
    """Return those with whom somebody shares their page, in the order in which they began."""
    return _share.all(session, "since", workspace_id=workspace_id, learner_id=learner_id)


def shared_to(session: Session, workspace_id: str, with_id: str) -> list[Share]:
    """Return the pages that are shared with somebody, in the order in which they began."""
    return _share.all(session, "since", workspace_id=workspace_id, with_id=with_id)


def is_shared(session: Session, workspace_id: str, learner_id: str, with_id: str) -> bool:
    """Return True if somebody's page is shared with this person."""
    return _share.one(session, workspace_id=workspace_id, learner_id=learner_id, with_id=with_id) is not None
