"""*Talk to someone*: the name goes to the admin who assigned the track, or to all; nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import Delivery, Slot
from bot.domain.delivery_subject import Closing, TalkWish
from bot.domain.talks import Talk
from bot.planning.learner_state import LearnerState
from bot.planning.new_delivery import new_delivery
from bot.queries.talk_contacts import who_is_told
from bot.store import deliveries, learners, talks
from bot.store.database import Session


def talk(state: LearnerState, caused_by: str, closing: Delivery | None) -> tuple[str, ...]:
    """Pass on the wish, unless somebody has it already; return the admins who have it.

    `closing`: the message it was tapped in, if any.
    """
    session, learner = state.session, state.learner
    about = closing.about if closing is not None and isinstance(closing.about, Closing) else None
    track_id = about.track_id if about else None
    told = who_is_told(state, track_id)
    known = talks.open_of(session, learner.workspace_id, learner.learner_id)
    if known is None:
        talks.save(
            session,
            Talk(
                workspace_id=learner.workspace_id,
                learner_id=learner.learner_id,
                asked_at=state.at,
                told={"ids": list(told)},
            ),
        )
        for admin_id in told:
            admin = learners.ensure(session, learner.workspace_id, admin_id, lock=False)
            wish = TalkWish(learner.learner_id)
            deliveries.add(
                session, new_delivery(admin, Slot.NOTICE, state.at, caused_by=f"talk:{caused_by}", about=wish)
            )
    if closing is not None and about is not None:
        state.touch(closing, about=replace(about, talk_asked=True))
    return known.admins if known else told


def talked(session: Session, workspace_id: str, learner_id: str, admin_id: str, at: datetime) -> bool:
    """Record that an admin has talked to the learner; return False if the admin was given no such wish."""
    wish = talks.get(session, workspace_id, learner_id)
    if wish is None or admin_id not in wish.admins:
        return False
    if wish.settled_at is None:
        talks.settle(session, wish, at)
    return True
