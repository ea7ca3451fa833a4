"""Small tables: workspaces, requests that had their effect, and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select

from bot.store import tables
from bot.store.audit import _audit
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class _Request:
    workspace_id: str
    request_id: str
    at: datetime


_request = Rows(tables.request, _Request)


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


def forget(session: Session, audit_before: datetime, requests_before: datetime, taps_before: datetime) -> None:
    """Delete the audit and the requests that are older than they need to be. Taps and typed words are kept for longer
    than other requests: who tapped within `unread.RECENT` is asked about after a gap, and what was heard just before it
    is read again.
    """
    session.execute(delete(_audit.table).where(_audit.c.at < audit_before))
    kept = or_(_request.c.request_id.startswith("tap:"), _request.c.request_id.startswith("said:"))
    for old in (and_(_request.c.at < requests_before, ~kept), _request.c.at < taps_before):
        session.execute(delete(_request.table).where(old))
