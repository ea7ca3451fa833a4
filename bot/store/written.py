"""Lessons, terms and tracks that admins wrote in Slack."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from sqlalchemy import delete, func, select

from bot.domain.content import Kind
from bot.domain.written import WrittenItem, WrittenState
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

_written = Rows(tables.written, WrittenItem, kind=Kind, state=WrittenState)
Signature = Mapping[str, int]
"""By workspace: how many versions were published or withdrawn. It changes with what is served."""


def versions(session: Session, workspace_id: str) -> list[WrittenItem]:
    """Return all versions, each thing's together, the latest of each first."""
    of = _written.c
    query = select(*_written.columns).where(of.workspace_id == workspace_id)
    return _written.run(session, query.order_by(of.kind, of.item_id, of.version.desc()))


def latest(session: Session, workspace_id: str) -> list[WrittenItem]:
    """Return the latest version of each thing, drafts included; those that were changed last come first."""
    every = groupby(versions(session, workspace_id), key=lambda row: (row.kind, row.item_id))
    return sorted((next(rows) for _, rows in every), key=lambda row: row.at, reverse=True)


def served(session: Session, workspace_id: str) -> list[WrittenItem]:
    """Return what learners get: of each thing the latest version that is no draft, unless it is withdrawn. The oldest
    things come first.
    """
    settled = (row for row in versions(session, workspace_id) if row.state is not WrittenState.DRAFT)
    newest = [next(rows) for _, rows in groupby(settled, key=lambda row: (row.kind, row.item_id))]
    found = [row for row in newest if row.state is WrittenState.PUBLISHED]
    return sorted(found, key=lambda row: (row.since, row.item_id))


def get(session: Session, workspace_id: str, kind: Kind, item_id: str) -> WrittenItem | None:
    """Return the latest version of one thing, and lock it."""
    of = _written.c
    query = select(*_written.columns).where(of.workspace_id == workspace_id, of.kind == kind.value)
    query = query.where(of.item_id == item_id).order_by(of.version.desc()).limit(1).with_for_update()
    return next(iter(_written.run(session, query)), None)


def save(session: Session, written: WrittenItem) -> None:
    """Store a version, new or changed."""
    _written.put(session, written)


def drop_drafts(session: Session, workspace_id: str, made_in: str, besides: str) -> None:
    """Delete drafts of one dialog with another id than `besides`: its title was changed before it was sent again."""
    of = _written.c
    theirs = of.workspace_id == workspace_id, of.made_in == made_in, of.item_id != besides
    session.execute(delete(tables.written).where(*theirs, of.state == WrittenState.DRAFT.value, of.version == 1))


def signature(session: Session) -> Signature:
    """Return what tells whether anything that is served has changed, in one look."""
    of = _written.c
    settled = select(of.workspace_id, func.count()).where(of.state != WrittenState.DRAFT.value)
    return {workspace_id: int(count) for workspace_id, count in session.execute(settled.group_by(of.workspace_id))}
