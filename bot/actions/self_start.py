"""Tracks that learners start by themselves, unseen by admins."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.actions.begin import Beginning, begin
from bot.actions.quit_track import come_back, is_left
from bot.domain import agenda
from bot.domain.content import Track
from bot.domain.people import Enrolment
from bot.planning.learner_state import LearnerState
from bot.planning.track_changes import tell_anew
from bot.store import erasures
from bot.view_models import OfferState


@dataclass(frozen=True)
class Offer:
    """The result of `/learn start`."""

    track: Track
    state: OfferState


def offer(state: LearnerState, track: Track) -> Offer:
    """Return what starting this track would mean for the learner."""
    known = state.enrolment(track.id)
    over = known is not None and _is_over(state, known, track)
    if known is not None and is_left(known):
        # a self-started track that was left is shown nowhere, so it counts as new
        return Offer(track, OfferState.NEW if track.open and not known.assigned_by and not over else OfferState.LEFT)
    if known is not None and known.removed_at is None:
        if not over:
            return Offer(track, OfferState.RUNNING)
        return Offer(track, OfferState.ASSIGNED_FINISHED if known.assigned_by else OfferState.FINISHED)
    if not track.open:
        return Offer(track, OfferState.CLOSED)
    return Offer(track, OfferState.FINISHED if over else OfferState.NEW)


def _is_over(state: LearnerState, enrolment: Enrolment, track: Track) -> bool:
    """Return True if nothing is left in the track, even if that isn't stored yet."""
    return enrolment.finished_at is not None or not agenda.remaining(track, enrolment, state.done)


def self_start(state: LearnerState, track: Track, caused_by: str) -> Beginning:
    """Enrol the learner (again) and bring the first item now. A repeated request returns the first result."""
    found = offer(state, track)
    erasures.let_in(state.session, state.workspace_id, state.learner_id)
    if found.state in {OfferState.NEW, OfferState.FINISHED}:
        today = state.today
        blank = Enrolment(
            workspace_id=state.workspace_id, learner_id=state.learner_id, track_id=track.id, first_day=today, revision=0
        )
        enrolment = state.enrolment(track.id) or blank
        fresh = replace(
            enrolment,
            first_day=today,
            assigned_by=None,
            at=None,
            days=None,
            announced=True,
            removed_at=None,
            left_at=None,
            began_alone=True,
            revision=enrolment.revision + 1,
        )
        if found.state is OfferState.FINISHED:
            fresh = replace(fresh, after_step=state.learner.steps, started_at=None, finished_at=None, closed=False)
        state.save_enrolment(fresh)
        state.note_start(track.id)
        tell_anew(state, track.id)
    elif found.state is OfferState.LEFT:
        come_back(state, track.id)
    return begin(state, caused_by, only=track.id, resumes=True)
