"""Leaving a track, or all of them, and coming back. Nothing asks why, and only the learner can undo it."""

from __future__ import annotations

from bot.domain.people import Enrolment
from bot.planning.learner_state import LearnerState
from bot.planning.track_changes import apply_track_changes


def quit_track(state: LearnerState, track_id: str | None) -> tuple[str, ...]:
    """Take the learner out of a track (None: out of all that are running); the ids of those they are out of now.

    Its open item is skipped and holds nothing back, its reminders stop, and what was answered stays. Done twice, it
    changes nothing the second time.
    """
    meant = [e for e in state.enrolments if e.active and track_id in {None, e.track_id}]
    for enrolment in meant:
        state.change_enrolment(enrolment, left_at=state.at)
    if meant:
        apply_track_changes(state, *(e.track_id for e in meant))
        return tuple(e.track_id for e in meant)
    return tuple(e.track_id for e in state.enrolments if is_left(e) and e.track_id == track_id)


def come_back(state: LearnerState, track_id: str) -> bool:
    """Take part again, from where it stopped; False when that track wasn't left.

    Also where the track isn't open to everybody: it was theirs.
    """
    enrolment = state.enrolment(track_id)
    if enrolment is None or not is_left(enrolment):
        return False
    state.change_enrolment(enrolment, left_at=None)
    apply_track_changes(state, track_id)
    return True


def is_left(enrolment: Enrolment) -> bool:
    """Return True if the learner has left the track and could come back."""
    return enrolment.left_at is not None and enrolment.removed_at is None
