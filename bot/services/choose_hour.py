"""The learner's own hour."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery
from bot.domain.people import Learner
from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.services.standing import look
from bot.store import deliveries, learners


def choose_hour(session: Session, house: House, learner: Learner, hour: time, at: datetime, on: Delivery) -> None:
    """From now on messages come at `hour`, local; today's only if it hasn't come. `on`: the welcome."""
    learners.update(session, learner, own_at=hour, welcome_done=True)
    standing = look(session, house, learner.workspace_id, learner.learner_id)
    if standing is not None and standing.learner.next_due_on == standing.hours.today(at):
        # today's hasn't come: at the new hour, and where that has passed, now, as a missed hour is caught up
        learners.update(session, learner, next_due_at=standing.hours.due(standing.hours.today(at)))
    else:
        reschedule(session, house, learner.workspace_id, learner.learner_id, at)
    deliveries.touch(session, on, house.clock.real())
