"""Admins who are sent the report on the first of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class Digest:
    """An admin's wish for it. `since`: business time, UTC."""

    workspace_id: str
    learner_id: str
    since: datetime


_digests = Rows(tables.digest, Digest)


def wants(session: Session, workspace_id: str, person_id: str) -> bool:
    """Return True for an admin who is sent it."""
    return _digests.one(session, workspace_id=workspace_id, learner_id=person_id) is not None


def of_workspace(session: Session, workspace_id: str) -> list[str]:
    """Return who is sent it."""
    return [each.learner_id for each in _digests.all(session, "learner_id", workspace_id=workspace_id)]


def add(session: Session, digest: Digest) -> None:
    """Send it to them from now on."""
    _digests.insert_new(session, digest)


def stop(session: Session, workspace_id: str, person_id: str) -> None:
    """Send it to them no more."""
    of = _digests.c
    session.execute(delete(tables.digest).where(of.workspace_id == workspace_id, of.learner_id == person_id))
