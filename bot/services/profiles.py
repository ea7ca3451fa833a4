"""What Slack says of people, and what follows when it changes."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import HoldKind, Learner, Profile
from bot.services.holds import bring_again
from bot.services.house import House, Slack
from bot.services.plan_day import catch_up
from bot.services.reschedule import reschedule, zone_changed
from bot.store import learners
from bot.store.database import Session


def meet(house: House, slack: Slack, workspace_id: str, person_id: str) -> Learner | None:
    """The person as the bot knows them; one never seen is looked up first. None: Slack knows no such person.

    Raises:
        SlackError: Slack couldn't be asked.
    """
    with house.db.read() as session:
        known = learners.get(session, workspace_id, person_id)
    if known is not None and known.name and known.teachable:
        return known
    profile = slack.profile(workspace_id, person_id)
    if profile is None:
        return None
    with house.db.write() as session:
        if known is None:
            return learners.remember(session, profile)
        changed(session, house, profile, house.clock.business())
        return learners.get(session, workspace_id, person_id)


def changed(session: Session, house: House, profile: Profile, at: datetime) -> None:
    """Slack says something new of a person. Only people the bot has met are kept."""
    before = learners.get(session, profile.workspace_id, profile.person_id, lock=True)
    if before is None:
        return
    catch_up(session, house, before, at)
    learner = learners.remember(session, profile)
    if not learner.teachable:
        learners.hold(session, learner, HoldKind.UNREACHABLE, at)
        reschedule(session, house, learner.workspace_id, learner.learner_id, at, planned=True)
    elif learners.release(session, learner, HoldKind.UNREACHABLE):
        bring_again(session, house, learner)
        reschedule(session, house, learner.workspace_id, learner.learner_id, at, planned=True)
    elif learner.zone != before.zone:
        zone_changed(session, house, learner.workspace_id, learner.learner_id, at)
