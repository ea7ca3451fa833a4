"""The progress of everybody in their tracks, counted by the database: there may be a hundred thousand people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, cast, extract, func, or_, select

from bot.store.database import Session
from bot.store.enrolments import ENROLMENTS, seen_by_admins

_of = ENROLMENTS.c
_IN = _of.left_at.is_(None)
DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Totals:
    """The people of a track whom admins see. Those who have left it are in `assigned` and `left` alone."""

    track_id: str
    assigned: int
    started: int
    finished: int
    left: int


@dataclass(frozen=True)
class Span:
    """A month, and the instants (UTC) at which it begins and ends where its reader is."""

    month: date
    since: datetime
    until: datetime
    next_month: date


def totals(session: Session, workspace_id: str, track_id: str | None = None) -> list[Totals]:
    """Return the totals of each track, by its id."""
    begun = or_(_of.started_at.is_not(None), _of.finished_at.is_not(None))
    sums = _sum(and_(_IN, begun)), _sum(and_(_IN, _of.finished_at.is_not(None))), _sum(_of.left_at.is_not(None))
    query = _by_track(workspace_id, track_id, func.count(), *sums)
    return [
        Totals(track_id=track, assigned=assigned, started=started, finished=finished, left=left)
        for track, assigned, started, finished, left in session.execute(query)
    ]


def latest(
    session: Session, workspace_id: str, track_id: str | None = None
) -> list[tuple[date | None, datetime | None, datetime | None]]:
    """Return the latest first day, beginning and end of each track's people."""
    query = _by_track(workspace_id, track_id, *(func.max(c) for c in (_of.first_day, _of.started_at, _of.finished_at)))
    return [(row[1], row[2], row[3]) for row in session.execute(query)]


def months(
    session: Session, workspace_id: str, spans: Sequence[Span], track_id: str | None = None
) -> dict[str, list[tuple[int, int, int]]]:
    """Return by track how many were assigned, began and finished in each of these months."""
    sums = []
    for span in spans:
        sums += [
            _sum(and_(_of.first_day >= span.month, _of.first_day < span.next_month)),
            _sum(and_(_of.started_at >= span.since, _of.started_at < span.until)),
            _sum(and_(_of.finished_at >= span.since, _of.finished_at < span.until)),
        ]
    rows = session.execute(_by_track(workspace_id, track_id, *sums))
    return {row[0]: [tuple(row[1 + 3 * n : 4 + 3 * n]) for n in range(len(spans))] for row in rows}


def days_taken(session: Session, workspace_id: str, track_id: str | None = None) -> dict[str, Counter[int]]:
    """Return by track how many people took so many days from the first item to the last; 1 for the same day."""
    seconds = extract("epoch", _of.finished_at) - extract("epoch", _of.started_at)
    days = (cast(seconds, Integer) // DAY_SECONDS + 1).label("days")
    both = _of.started_at.is_not(None), _of.finished_at.is_not(None)
    query = select(_of.track_id, days, func.count()).where(*seen_by_admins(workspace_id, track_id), *both)
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for of_track, taken, people in session.execute(query.group_by(_of.track_id, days)):
        found[of_track][taken] += people
    return found


def _by_track(workspace_id: str, track_id: str | None, *columns: Any) -> Any:
    query = select(_of.track_id, *columns).where(*seen_by_admins(workspace_id, track_id))
    return query.group_by(_of.track_id).order_by(_of.track_id)


def _sum(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(cast(condition, Integer)), 0)
