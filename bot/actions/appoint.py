"""Admins appoint others, and take that back."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from bot.context import AppContext
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import Appointed
from bot.domain.local_time import by_day
from bot.planning.new_delivery import new_delivery
from bot.store import appointments, audit, deliveries, learners
from bot.store.appointments import Appointment
from bot.store.database import Session


class Dismissal(Enum):
    """The results of taking an appointment back."""

    DONE = auto()
    CONFIGURED = auto()
    """The person is an admin by the setting, which isn't changed in Slack."""
    LAST = auto()
    """Nobody would be left who could appoint anybody."""


def appoint(session: Session, workspace_id: str, person_id: str, by: str, at: datetime, caused_by: str) -> bool:
    """Make somebody an admin, and tell them; return False if they were appointed before.

    `caused_by`: the id of the request.
    """
    new = appointments.appoint(session, Appointment(workspace_id, person_id, by, at))
    if new:
        audit.record(session, workspace_id, at, by, "appoint", person_id)
        _tell(session, workspace_id, person_id, at, Appointed(by), caused_by)
    return new


def _tell(session: Session, workspace_id: str, person_id: str, at: datetime, about: Appointed, caused_by: str) -> None:
    """Leave a note to somebody whom the bot knows; a stranger is met when they first type or are assigned anything."""
    person = learners.get(session, workspace_id, person_id)
    if person is not None and person_id != about.by_id:
        deliveries.add(
            session, new_delivery(person, Slot.NOTICE, by_day(at, person.zone), caused_by=caused_by, about=about)
        )


def dismiss(
    session: Session, ctx: AppContext, workspace_id: str, person_id: str, *, by: str, at: datetime, caused_by: str
) -> Dismissal:
    """Take an appointment back, and tell them, unless nobody would be left. `caused_by`: the id of the request."""
    appointed = {each.learner_id for each in appointments.of_workspace(session, workspace_id, lock=True)}
    configured = ctx.admins_of(workspace_id)
    if person_id not in appointed:
        return Dismissal.CONFIGURED if person_id in configured else Dismissal.DONE
    if not configured | (appointed - {person_id}):
        return Dismissal.LAST
    appointments.dismiss(session, workspace_id, person_id)
    audit.record(session, workspace_id, at, by, "dismiss", person_id)
    if person_id in configured:
        return Dismissal.CONFIGURED
    _tell(session, workspace_id, person_id, at, Appointed(by, dismissed=True), caused_by)
    return Dismissal.DONE
