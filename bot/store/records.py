"""Small tables: workspaces, requests that had their effect, and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.rows import change, insert_new, put, table
from bot.store.tables import AuditRow, RequestRow, WorkspaceRow

_workspace = table(WorkspaceRow)
_audit = table(AuditRow)
_request = table(RequestRow)


@dataclass(frozen=True)
class Workspace:
    """A Slack team, and the error code that holds it, if one does."""

    workspace_id: str
    name: str
    bot_user_id: str
    held: str | None = None


@dataclass(frozen=True)
class Audit:
    """One thing an admin did, or was refused. `at` is business time, UTC."""

    workspace_id: str
    audit_id: str
    at: datetime
    actor: str
    action: str
    detail: str


@dataclass(frozen=True)
class _Request:
    workspace_id: str
    request_id: str
    at: datetime


def save_workspace(session: Session, workspace: Workspace) -> None:
    """Store a workspace; its token works, or it wouldn't be known."""
    put(session, WorkspaceRow, workspace)


def hold_workspace(session: Session, workspace_id: str, code: str | None) -> bool:
    """Hold a workspace (or, with None, let it go on); True when that is news."""
    changed = change(
        session,
        WorkspaceRow,
        _workspace.c.workspace_id == workspace_id,
        _workspace.c.held.is_distinct_from(code),
        held=code,
    )
    return changed == 1


def workspace(session: Session, workspace_id: str) -> Workspace | None:
    """One workspace."""
    row = session.execute(select(_workspace).where(_workspace.c.workspace_id == workspace_id)).mappings().one_or_none()
    return Workspace(**row) if row else None


def workspaces(session: Session) -> list[Workspace]:
    """All workspaces."""
    return [Workspace(**row) for row in session.execute(select(_workspace)).mappings()]


def first_time(session: Session, workspace_id: str, request_id: str, real: datetime) -> bool:
    """Record a Slack request in the transaction of its effect; False when it already had one."""
    return insert_new(session, RequestRow, _Request(workspace_id, request_id, real))


def audit(session: Session, workspace_id: str, at: datetime, actor: str, action: str, detail: str) -> None:
    """Record what an admin did."""
    insert_new(session, AuditRow, Audit(workspace_id, uuid4().hex, at, actor, action, detail))


def audit_since(session: Session, at: datetime) -> list[Audit]:
    """The audit from `at` on, oldest first."""
    query = select(_audit).where(_audit.c.at >= at).order_by(_audit.c.at)
    return [Audit(**row) for row in session.execute(query).mappings()]


def forget(session: Session, audit_before: datetime, requests_before: datetime) -> None:
    """Delete the audit and the requests that are older than they need to be."""
    session.execute(delete(_audit).where(_audit.c.at < audit_before))
    session.execute(delete(_request).where(_request.c.at < requests_before))
