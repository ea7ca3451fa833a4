"""Groups too small for figures about knowledge: whoever has finished and was checked may add theirs to a page."""

from __future__ import annotations

from bot.domain.content import Track
from bot.domain.insight import FEWEST_PEOPLE
from bot.domain.people import Enrolment
from bot.domain.samples import LAPSED
from bot.planning.learner_facts import LearnerFacts
from bot.store import enrolments


def may_add(state: LearnerFacts) -> list[Track]:
    """Return the tracks of which a learner may add their before and after to their group's page, by id."""
    found = []
    for enrolment in state.enrolments:
        track = state.catalogue.tracks.get(enrolment.track_id)
        if track is not None and _is_counted(state, enrolment) and _is_checked(state, track.id):
            group = enrolments.count_in(state.session, state.workspace_id, track.id)
            if group < FEWEST_PEOPLE:
                found.append(track)
    return found


def _is_counted(state: LearnerFacts, enrolment: Enrolment) -> bool:
    given = (
        enrolment.assigned_by is not None and not enrolment.began_alone and state.learner.figures_told_at is not None
    )
    there = enrolment.removed_at is None and enrolment.left_at is None
    return given and there and enrolment.finished_at is not None


def _is_checked(state: LearnerFacts, track_id: str) -> bool:
    checks = [sample.first_check for sample in state.samples if sample.track_id == track_id]
    return None not in checks and any(check != LAPSED for check in checks)
