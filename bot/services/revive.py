"""At the start: learners whom planning had no reason to look at any more may have one again."""

from __future__ import annotations

from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.store import learners


def revive(house: House) -> None:
    """Reschedule those with an unfinished track and nothing planned: a track is back among the lessons, for example."""
    with house.db.read() as session:
        found = learners.forgotten(session)
    for workspace_id, learner_id in found:
        with house.db.write() as session:
            reschedule(session, house, workspace_id, learner_id, house.clock.business(), planned=True)
