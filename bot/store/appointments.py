"""Admins whom another admin appointed, beside those of the setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class Appointment:
    """One appointed admin. `at`: business time, UTC."""

    workspace_id: str
    learner_id: str
    appointed_by: str
    at: datetime


APPOINTED = Rows(tables.appointed_admin, Appointment)


def appoint(session: Session, appointment: Appointment) -> bool:
    """Store an appointment; return False for somebody who was appointed before."""
    return APPOINTED.insert_new(session, appointment)


def dismiss(session: Session, workspace_id: str, person_id: str) -> None:
    """Take an appointment back."""
    of = APPOINTED.c
    session.execute(delete(APPOINTED.table).where(of.workspace_id == workspace_id, of.learner_id == person_id))


def of_workspace(session: Session, workspace_id: str, *, lock: bool = False) -> list[Appointment]:
    """Return the appointed admins, the first before the others. With `lock`, none is dismissed meanwhile."""
    found = APPOINTED.all(session, "at", workspace_id=workspace_id)
    if lock:
        for each in found:
            APPOINTED.one(session, lock=True, workspace_id=workspace_id, learner_id=each.learner_id)
        found = APPOINTED.all(session, "at", workspace_id=workspace_id)
    return found
