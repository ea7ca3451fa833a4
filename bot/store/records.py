"""Small tables: workspaces, requests that had their effect, and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from bot.store.database import Session
from bot.store.rows import Rows, changed_by, changing
from bot.store.tables import AuditRow, RequestRow, WorkspaceRow


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


_workspace = Rows(WorkspaceRow, Workspace)
_audit = Rows(AuditRow, Audit)
_request = Rows(RequestRow, _Request)


def save_workspace(session: Session, workspace: Workspace) -> None:
    """Store a workspace; its token works, or it wouldn't be known."""
    _workspace.put(session, workspace)


def hold_workspace(session: Session, workspace_id: str, code: str | None) -> bool:
    """Hold a workspace (or, with None, let it go on); True when that is news."""
    changing(session, _workspace.table)
    news = _workspace.c.workspace_id == workspace_id, _workspace.c.held.is_distinct_from(code)
    return changed_by(session.execute(update(_workspace.table).where(*news).values(held=code))) == 1


def workspace(session: Session, workspace_id: str) -> Workspace | None:
    """One workspace."""
    return _workspace.one(session, workspace_id=workspace_id)


def workspaces(session: Session) -> list[Workspace]:
    """All workspaces."""
    return _workspace.all(session)


def heard(session: Session, workspace_id: str) -> datetime | None:
    """When a connection of any process last heard Slack, by the machine's clock."""
    found: datetime | None = session.execute(_HEARD, {"workspace": workspace_id}).scalar()
    return found


_HEARD = select(_workspace.table.c.heard_wall).where(_workspace.c.workspace_id == bindparam("workspace"))


def hear(session: Session, workspace_id: str, last: datetime | None, now: datetime) -> bool:
    """Note that Slack is heard; False when another process has noted it since `last`."""
    changing(session, _workspace.table)
    column = _workspace.table.c.heard_wall
    mine = _workspace.c.workspace_id == workspace_id, column.is_not_distinct_from(last)
    return changed_by(session.execute(update(_workspace.table).where(*mine).values(heard_wall=now))) == 1


def had_effect(session: Session, workspace_id: str, request_id: str) -> bool:
    """True when a request was dealt with before."""
    return _request.one(session, workspace_id=workspace_id, request_id=request_id) is not None


def last_tap(session: Session, workspace_id: str, person_id: str) -> datetime | None:
    """When this person last tapped something, or `decided`, as far as requests are kept."""
    query = select(func.max(_request.c.at)).where(
        _request.c.workspace_id == workspace_id, _request.c.request_id.startswith(f"tap:{person_id}:", autoescape=True)
    )
    found: datetime | None = session.execute(query).scalar()
    return found


def decided(session: Session, workspace_id: str, person_id: str, real: datetime) -> None:
    """Note that a command or a dialog of theirs counts as a tap: when, not which.

    It has one row beside the request's own, whose id holds no person and stays as it is: a request that is repeated to
    a process of another release is known there too.
    """
    _request.put(session, _Request(workspace_id, f"tap:{person_id}:decided", real))


def last_said(session: Session, workspace_id: str, begins: str) -> float:
    """The newest `ts` of typed words that had their effect, among requests whose id begins so; 0 without any."""
    query = select(_request.c.request_id).where(
        _request.c.workspace_id == workspace_id, _request.c.request_id.startswith(begins, autoescape=True)
    )
    found = (request_id.removeprefix(begins) for request_id in session.execute(query).scalars())
    return max((float(ts) for ts in found if ts.replace(".", "", 1).isdigit()), default=0.0)


def first_time(session: Session, workspace_id: str, request_id: str, real: datetime) -> bool:
    """Record a Slack request in the transaction of its effect; False when it already had one."""
    return _request.insert_new(session, _Request(workspace_id, request_id, real))


def audit(session: Session, workspace_id: str, at: datetime, actor: str, action: str, detail: str) -> None:
    """Record what an admin did."""
    _audit.insert_new(session, Audit(workspace_id, uuid4().hex, at, actor, action, detail))


def audit_since(session: Session, at: datetime) -> list[Audit]:
    """The audit from `at` on, oldest first."""
    return _audit.run(session, select(*_audit.columns).where(_audit.c.at >= at).order_by(_audit.c.at))


def forget(session: Session, audit_before: datetime, requests_before: datetime, taps_before: datetime) -> None:
    """Delete the audit and the requests that are older than they need to be. Taps and typed words are kept for longer
    than other requests: who tapped within `unread.RECENT` is asked about after a gap, and what was heard just before it
    is read again.
    """
    session.execute(delete(_audit.table).where(_audit.c.at < audit_before))
    kept = or_(_request.c.request_id.startswith("tap:"), _request.c.request_id.startswith("said:"))
    for old in (and_(_request.c.at < requests_before, ~kept), _request.c.at < taps_before):
        session.execute(delete(_request.table).where(old))
