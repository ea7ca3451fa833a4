"""Rate limits of each workspace's calls of a method, shared by all processes of one database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.domain.rate_limit import FARTHEST
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class _Pace:
    workspace_id: str
    method: str
    arrival_real: datetime | None


_pace = Rows(tables.rate_limit, _Pace)
_LOCKED = (
    select(*_pace.columns)
    .where(_pace.c.method == bindparam("method"), _pace.c.workspace_id.in_(bindparam("whose", expanding=True)))
    # every transaction locks in this order, so that there is no deadlock
    .order_by(_pace.c.workspace_id)
    .with_for_update(key_share=True)
)


def lock(session: Session, workspace_ids: Iterable[str], method: str, real: datetime) -> dict[str, datetime | None]:
    """Return the theoretical arrival times of these workspaces' next calls, each locked until the transaction ends."""
    wanted = sorted(workspace_ids)
    if not wanted:
        return {}
    found = {p.workspace_id: p.arrival_real for p in _pace.run(session, _LOCKED, method=method, whose=wanted)}
    if len(found) < len(wanted):
        for workspace_id in wanted:
            _pace.insert_new(session, _Pace(workspace_id, method, None))
        found = {p.workspace_id: p.arrival_real for p in _pace.run(session, _LOCKED, method=method, whose=wanted)}
    return {workspace_id: _sane(arrival, real) for workspace_id, arrival in found.items()}


def advance(session: Session, workspace_id: str, method: str, arrival: datetime | None) -> None:
    """Store a theoretical arrival time."""
    _pace.change(session, _Pace(workspace_id, method, arrival), arrival_real=arrival)


def arrival(session: Session, workspace_id: str, method: str, real: datetime) -> datetime | None:
    """Return the stored theoretical arrival time, without a lock."""
    known = _pace.one(session, workspace_id=workspace_id, method=method)
    return _sane(known.arrival_real, real) if known else None


def _sane(arrival: datetime | None, real: datetime) -> datetime | None:
    return None if arrival is None or arrival > real + FARTHEST else arrival
