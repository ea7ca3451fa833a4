"""Admins appoint others, and take that back."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from bot.context import AppContext
from bot.store import appointments, audit
from bot.store.appointments import Appointment
from bot.store.database import Session


class Dismissal(Enum):
    """The results of taking an appointment back."""

    DONE = auto()
    CONFIGURED = auto()
    """The person is an admin by the setting, which isn't changed in Slack."""
    LAST = auto()
    """Nobody would be left who could appoint anybody."""


def appoint(session: Session, workspace_id: str, person_id: str, by: str, at: datetime) -> bool:
    """Make somebody an admin; return False if they were appointed before."""
    new = appointments.appoint(session, Appointment(workspace_id, person_id, by, at))
    if new:
        audit.record(session, workspace_id, at, by, "appoint", person_id)
    return new


def dismiss(session: Session, ctx: AppContext, workspace_id: str, person_id: str, by: str, at: datetime) -> Dismissal:
    """Take an appointment back, unless nobody would be left."""
    appointed = {each.learner_id for each in appointments.of_workspace(session, workspace_id, lock=True)}
    configured = ctx.admins_of(workspace_id)
    if person_id not in appointed:
        return Dismissal.CONFIGURED if person_id in configured else Dismissal.DONE
    if not configured | (appointed - {person_id}):
        return Dismissal.LAST
    appointments.dismiss(session, workspace_id, person_id)
    audit.record(session, workspace_id, at, by, "dismiss", person_id)
    return Dismissal.CONFIGURED if person_id in configured else Dismissal.DONE
