"""The audit of what admins did."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select

from bot.domain.audit import Audit
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

_audit = Rows(tables.audit, Audit)


def record(session: Session, workspace_id: str, at: datetime, actor: str, action: str, detail: str) -> None:
    """Record what an admin did."""
    _audit.insert_new(
        session,
        Audit(workspace_id=workspace_id, audit_id=uuid4().hex, at=at, actor=actor, action=action, detail=detail),
    )


def since(session: Session, at: datetime) -> list[Audit]:
    """Return the audit from `at` on, oldest first."""
    return _audit.run(session, select(*_audit.columns).where(_audit.c.at >= at).order_by(_audit.c.at))


def of_workspace(session: Session, workspace_id: str, *, besides: str, most: int | None = None) -> list[Audit]:
    """Return what was done in a workspace but for this, the latest first."""
    mine = select(*_audit.columns).where(_audit.c.workspace_id == workspace_id, _audit.c.action != besides)
    return _audit.run(session, mine.order_by(_audit.c.at.desc(), _audit.c.audit_id).limit(most))


def actors(session: Session, workspace_id: str, *, besides: str) -> frozenset[str]:
    """Return who did anything but this."""
    mine = _audit.c.workspace_id == workspace_id, _audit.c.action != besides
    return frozenset(session.execute(select(_audit.c.actor).where(*mine).distinct()).scalars())


def forget(session: Session, before: datetime) -> None:
    """Delete what is older than that."""
    session.execute(delete(_audit.table).where(_audit.c.at < before))
