"""Leaving a track, or all of them, and coming back. Nothing asks why, and only the learner can undo it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.context import AppContext
from bot.domain.people import Enrolment, Learner
from bot.planning.track_changes import apply_track_changes
from bot.store import enrolments
from bot.store.database import Session


def quit_track(
    session: Session, ctx: AppContext, learner: Learner, track_id: str | None, at: datetime
) -> tuple[str, ...]:
    """Take the learner out of a track; the ids of those they are out of now.

    Its open item is skipped and holds nothing back, its reminders stop, and what was answered stays. Done twice, it
    changes nothing the second time.

    Args:
        session: the caller's transaction.
        house: the running bot.
        learner: whose it is.
        track_id: None for all that are running.
        at: business time.
    """
    mine = enrolments.of(session, learner.workspace_id, learner.learner_id)
    meant = [e for e in mine if e.active and track_id in {None, e.track_id}]
    for enrolment in meant:
        enrolments.update(session, enrolment, left_at=at)
    if meant:
        apply_track_changes(session, ctx, learner, at, *(e.track_id for e in meant))
        return tuple(e.track_id for e in meant)
    return tuple(e.track_id for e in mine if is_left(e) and e.track_id == track_id)


def come_back(session: Session, ctx: AppContext, learner: Learner, track_id: str, at: datetime) -> bool:
    """Take part again, from where it stopped; False when that track wasn't left.

    Also where the track isn't open to everybody: it was theirs.
    """
    enrolment = enrolments.get(session, learner.workspace_id, learner.learner_id, track_id)
    if enrolment is None or not is_left(enrolment):
        return False
    enrolments.save(session, replace(enrolment, left_at=None))
    apply_track_changes(session, ctx, learner, at, track_id)
    return True


def is_left(enrolment: Enrolment) -> bool:
    """The learner took themselves out, and could come back."""
    return enrolment.left_at is not None and enrolment.removed_at is None
