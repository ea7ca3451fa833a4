"""Which admins a wish to talk goes to."""

from __future__ import annotations

from datetime import date

from bot.context import AppContext
from bot.domain.local_time import local
from bot.domain.people import Learner
from bot.store import enrolments, talks
from bot.store.database import Session


def known_to(session: Session, ctx: AppContext, learner: Learner) -> tuple[tuple[str, ...], date | None]:
    """The admins whom a wish is with, and since which date of the learner's; else those who would be told, and None."""
    wish = talks.open_of(session, learner.workspace_id, learner.learner_id)
    if wish is None:
        return who_is_told(session, ctx, learner), None
    return wish.admins, local(wish.asked_at, learner.zone).date()


def who_is_told(session: Session, ctx: AppContext, learner: Learner, track_id: str | None = None) -> tuple[str, ...]:
    """The admin who assigned the track (None: those who assigned any), or all when there is none; never oneself."""
    admins = ctx.admins_of(learner.workspace_id) - {learner.learner_id}
    assigned_by = {
        e.assigned_by
        for e in enrolments.of(session, learner.workspace_id, learner.learner_id)
        if e.assigned_by in admins and (e.track_id == track_id if track_id else e.removed_at is None)
    }
    return tuple(sorted(a for a in assigned_by if a)) or tuple(sorted(admins))
