"""The admins who are told of a wish to talk."""

from __future__ import annotations

from datetime import date

from bot.domain.local_time import local
from bot.planning.learner_facts import LearnerFacts
from bot.store import talks


def known_to(state: LearnerFacts) -> tuple[tuple[str, ...], date | None]:
    """Return the admins who have the learner's wish, and the local date since then; else those who would be told, and
    None.
    """
    wish = talks.open_of(state.session, state.workspace_id, state.learner_id)
    if wish is None:
        return who_is_told(state), None
    return wish.admins, local(wish.asked_at, state.learner.zone).date()


def who_is_told(state: LearnerFacts, track_id: str | None = None) -> tuple[str, ...]:
    """Return the admin who assigned the track (None: those who assigned any), or all if there is none; never the
    learner.
    """
    admins = state.admins - {state.learner_id}
    assigned_by = {
        e.assigned_by
        for e in state.enrolments
        if e.assigned_by in admins and (e.track_id == track_id if track_id else e.removed_at is None)
    }
    return tuple(sorted(a for a in assigned_by if a)) or tuple(sorted(admins))
