"""Tracks that learners start by themselves, unseen by admins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.begin import Beginning, begin
from bot.actions.quit_track import come_back, is_left
from bot.context import AppContext
from bot.domain import agenda
from bot.domain.content import Track
from bot.domain.people import Enrolment, Learner
from bot.planning.learner_state import load
from bot.planning.track_changes import tell_anew
from bot.store import enrolments
from bot.store.database import Session


@dataclass(frozen=True)
class Offer:
    """What `/learn start` found. `state`: new, running, left, finished, assigned_finished, closed (not open to all)."""

    track: Track
    state: str


def offer(session: Session, learner: Learner, track: Track) -> Offer:
    """What starting this track would mean for this learner."""
    known = enrolments.get(session, learner.workspace_id, learner.learner_id, track.id)
    over = known is not None and _is_over(session, known, track)
    if known is not None and is_left(known):
        # one they started by themselves shows nowhere, and is as good as new
        return Offer(track, "new" if track.open and not known.assigned_by and not over else "left")
    if known is not None and known.removed_at is None:
        if not over:
            return Offer(track, "running")
        return Offer(track, "assigned_finished" if known.assigned_by else "finished")
    if not track.open:
        return Offer(track, "closed")
    return Offer(track, "finished" if over else "new")


def _is_over(session: Session, enrolment: Enrolment, track: Track) -> bool:
    """True when nothing is left in it, whether anybody has noted that or not: started, it begins anew."""
    done = enrolments.done(session, enrolment.workspace_id, enrolment.learner_id)
    return enrolment.finished_at is not None or not agenda.remaining(track, enrolment, done)


def self_start(
    session: Session, ctx: AppContext, learner: Learner, track: Track, at: datetime, caused_by: str
) -> Beginning:
    """Enrol the learner (again) and bring the first item now. A repeated request finds what it did."""
    found = offer(session, learner, track)
    if found.state in {"new", "finished"}:
        known = enrolments.get(session, learner.workspace_id, learner.learner_id, track.id)
        state = load(session, ctx, learner.workspace_id, learner.learner_id)
        assert state is not None
        today = state.hours.today(at)
        enrolment = known or Enrolment(learner.workspace_id, learner.learner_id, track.id, today, revision=0)
        fresh = replace(
            enrolment,
            first_day=today,
            assigned_by=None,
            at=None,
            days=None,
            announced=True,
            removed_at=None,
            left_at=None,
            revision=enrolment.revision + 1,
        )
        if found.state == "finished":
            fresh = replace(fresh, after_step=state.learner.steps, finished_at=None, closed=False)
        enrolments.save(session, fresh)
        tell_anew(session, ctx, learner, track.id)
    elif found.state == "left":
        come_back(session, ctx, learner, track.id, at)
    return begin(session, ctx, learner, at, caused_by, only=track.id, resumes=True)
