"""Workspaces, and the instant at which each was last connected to Slack."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.domain.workspaces import Workspace
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows, changed_by

_workspace = Rows(tables.workspace, Workspace)


def save(session: Session, workspace: Workspace) -> None:
    """Store a workspace, whose token works if it is known."""
    _workspace.put(session, workspace)


def hold(session: Session, workspace_id: str, code: str | None) -> bool:
    """Hold a workspace (with None, release it); return True if that changed anything."""
    news = _workspace.c.workspace_id == workspace_id, _workspace.c.held.is_distinct_from(code)
    return changed_by(session.execute(update(_workspace.table).where(*news).values(held=code))) == 1


def get(session: Session, workspace_id: str) -> Workspace | None:
    """Return one workspace."""
    return _workspace.one(session, workspace_id=workspace_id)


def known(session: Session) -> list[Workspace]:
    """Return all workspaces."""
    return _workspace.all(session)


def heard(session: Session, workspace_id: str) -> datetime | None:
    """Return the instant, by the machine's clock, at which a connection of any process last heard from Slack."""
    found: datetime | None = session.execute(_HEARD, {"workspace": workspace_id}).scalar()
    return found


_HEARD = select(_workspace.table.c.heard_wall).where(_workspace.c.workspace_id == bindparam("workspace"))


def hear(session: Session, workspace_id: str, last: datetime | None, now: datetime) -> bool:
    """Record that Slack is heard; return False if another process has recorded it since `last`."""
    column = _workspace.table.c.heard_wall
    mine = _workspace.c.workspace_id == workspace_id, column.is_not_distinct_from(last)
    return changed_by(session.execute(update(_workspace.table).where(*mine).values(heard_wall=now))) == 1
