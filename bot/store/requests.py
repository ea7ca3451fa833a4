"""Requests that had their effect, kept so that a repetition has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select

from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class _Request:
    workspace_id: str
    request_id: str
    at: datetime


_request = Rows(tables.request, _Request)


def had_effect(session: Session, workspace_id: str, request_id: str) -> bool:
    """Return True if a request was dealt with before."""
    return _request.one(session, workspace_id=workspace_id, request_id=request_id) is not None


def last_tap(session: Session, workspace_id: str, person_id: str) -> datetime | None:
    """Return the instant of this person's last tap, or of the last that `decided`, as far as requests are kept."""
    query = select(func.max(_request.c.at)).where(
        _request.c.workspace_id == workspace_id, _request.c.request_id.startswith(f"tap:{person_id}:", autoescape=True)
    )
    found: datetime | None = session.execute(query).scalar()
    return found


def decided(session: Session, workspace_id: str, person_id: str, real: datetime) -> None:
    """Record that a person's command or dialog counts as a tap: its time, and not which it was.

    It has one row beside the request's own, whose id holds no person and stays as it is: a request that is repeated to
    a process of another release is known there too.
    """
    _request.put(session, _Request(workspace_id, f"tap:{person_id}:decided", real))


def last_said(session: Session, workspace_id: str, begins: str) -> float:
    """Return the newest `ts` of typed messages that had their effect, among requests whose id begins so; 0 without
    any.
    """
    query = select(_request.c.request_id).where(
        _request.c.workspace_id == workspace_id, _request.c.request_id.startswith(begins, autoescape=True)
    )
    found = (request_id.removeprefix(begins) for request_id in session.execute(query).scalars())
    return max((float(ts) for ts in found if ts.replace(".", "", 1).isdecimal()), default=0.0)


def later_note(session: Session, workspace_id: str, request_id: str, real: datetime) -> None:
    """Record a request at the end of the transaction of its effect."""
    _request.later_insert(session, _Request(workspace_id, request_id, real))


def first_time(session: Session, workspace_id: str, request_id: str, real: datetime) -> bool:
    """Record a Slack request in the transaction of its effect; return False if it already had one."""
    return _request.insert_new(session, _Request(workspace_id, request_id, real))


def forget(session: Session, requests_before: datetime, taps_before: datetime) -> None:
    """Delete the requests that are older than they need to be. Taps and typed messages are kept for
    longer: after a gap, taps show whose DM is to be read, and the ids of messages which of them are known.
    """
    kept = or_(_request.c.request_id.startswith("tap:"), _request.c.request_id.startswith("said:"))
    for old in (and_(_request.c.at < requests_before, ~kept), _request.c.at < taps_before):
        session.execute(delete(_request.table).where(old))
