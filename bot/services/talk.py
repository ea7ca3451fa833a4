"""*Talk to someone*: the name goes to the admin who assigned the track, or to all; nothing else does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery, Slot
from bot.domain.people import Learner
from bot.services.house import House
from bot.services.profiles import ensure
from bot.services.standing import new
from bot.store import deliveries, enrolments


def talk(session: Session, house: House, learner: Learner, closing: Delivery, at: datetime) -> None:
    """Pass the wish on, once for each closing message."""
    if closing.about.get("talk_asked"):
        return
    for admin_id in who_is_told(session, house, learner, str(closing.about.get("track"))):
        admin = ensure(session, learner.workspace_id, admin_id)
        about = {"talk": learner.learner_id}
        deliveries.add(session, new(admin, Slot.NOTICE, at, cause=f"talk:{closing.delivery_id}", about=about))
    deliveries.touch(session, closing, house.clock.real(), about={**closing.about, "talk_asked": True})


def who_is_told(session: Session, house: House, learner: Learner, track_id: str) -> tuple[str, ...]:
    """The admin who assigned the track, or all when there is none."""
    admins = house.admins_of(learner.workspace_id)
    enrolment = enrolments.get(session, learner.workspace_id, learner.learner_id, track_id)
    assigned_by = enrolment.assigned_by if enrolment else None
    return (assigned_by,) if assigned_by is not None and assigned_by in admins else tuple(sorted(admins))
