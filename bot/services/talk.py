"""*Talk to someone*: the name goes to the admin who assigned the track, or to all; nothing else does."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.delivery import Delivery, Slot
from bot.domain.people import Learner
from bot.domain.timing import local
from bot.services.house import House
from bot.services.standing import new
from bot.store import deliveries, enrolments, learners, talks
from bot.store.database import Session
from bot.store.talks import Talk


def talk(
    session: Session, house: House, learner: Learner, at: datetime, cause: str, closing: Delivery | None
) -> tuple[str, ...]:
    """Pass the wish on, unless it is with somebody already; the admins who know of it now.

    `closing`: the message it was tapped in, if it was.
    """
    track_id = str(closing.about.get("track")) if closing else None
    told = who_is_told(session, house, learner, track_id)
    known = talks.open_of(session, learner.workspace_id, learner.learner_id)
    if known is None:
        talks.save(session, Talk(learner.workspace_id, learner.learner_id, at, {"ids": list(told)}))
        for admin_id in told:
            admin = learners.ensure(session, learner.workspace_id, admin_id, lock=False)
            about = {"talk": learner.learner_id}
            deliveries.add(session, new(admin, Slot.NOTICE, at, cause=f"talk:{cause}", about=about))
    if closing is not None:
        deliveries.touch(session, closing, house.clock.real(), about={**closing.about, "talk_asked": True})
    return known.admins if known else told


def talked(session: Session, workspace_id: str, learner_id: str, admin_id: str, at: datetime) -> bool:
    """An admin who knew of the wish has seen to it, now or before; False when there is none of theirs."""
    wish = talks.get(session, workspace_id, learner_id)
    if wish is None or admin_id not in wish.admins:
        return False
    if wish.settled_at is None:
        talks.settle(session, wish, at)
    return True


def known_to(session: Session, house: House, learner: Learner) -> tuple[tuple[str, ...], date | None]:
    """The admins whom a wish is with, and since which date of the learner's; else those who would be told, and None."""
    wish = talks.open_of(session, learner.workspace_id, learner.learner_id)
    if wish is None:
        return who_is_told(session, house, learner), None
    return wish.admins, local(wish.asked_at, learner.zone).date()


def who_is_told(session: Session, house: House, learner: Learner, track_id: str | None = None) -> tuple[str, ...]:
    """The admin who assigned the track (None: those who assigned any), or all when there is none; never oneself."""
    admins = house.admins_of(learner.workspace_id) - {learner.learner_id}
    assigned_by = {
        e.assigned_by
        for e in enrolments.of(session, learner.workspace_id, learner.learner_id)
        if e.assigned_by in admins and (e.track_id == track_id if track_id else e.removed_at is None)
    }
    return tuple(sorted(a for a in assigned_by if a)) or tuple(sorted(admins))
