"""What follows when somebody's tracks change: what is open, what the welcome says, and when the next message is due."""

from __future__ import annotations

from datetime import datetime

from bot.domain import agenda
from bot.domain.people import Learner
from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.services.standing import settle
from bot.store import deliveries, enrolments
from bot.store.database import Session


def follow_up(session: Session, house: House, learner: Learner, at: datetime) -> None:
    """Bring all of that up to date."""
    standing = settle(session, house, learner.workspace_id, learner.learner_id, at)
    assert standing is not None
    welcome = deliveries.welcome(session, learner.workspace_id, learner.learner_id)
    if welcome is not None and not standing.learner.welcome_done:
        deliveries.touch(session, welcome, house.clock.real())
        for enrolment, _ in agenda.active(standing.situation, standing.catalogue):
            enrolments.update(session, enrolment, announced=True)
    reschedule(session, house, learner.workspace_id, learner.learner_id, at)
