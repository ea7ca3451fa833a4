"""The terms of a track that somebody may tick as known when it begins."""

from __future__ import annotations

from bot.domain import agenda
from bot.domain.content import Term
from bot.planning.learner_facts import LearnerFacts

MOST_TICKS = 10
"""As many as Slack shows in one group of checkboxes."""
FEWEST_TICKS = 2
"""A dialog about a single term costs more of the minute than it saves."""


def terms_to_tick(state: LearnerFacts, track_id: str) -> list[Term]:
    """Return the terms of a track that are offered: the first that are still to come, two to ten of them, or none."""
    found = terms_ahead(state, track_id)
    return found[:MOST_TICKS] if len(found) >= FEWEST_TICKS else []


def terms_ahead(state: LearnerFacts, track_id: str) -> list[Term]:
    """Return the terms of a track that are still to come; the open item is on the screen already."""
    track, enrolment = state.catalogue.tracks.get(track_id), state.enrolment(track_id)
    if track is None or enrolment is None or not enrolment.active:
        return []
    is_open = state.open.item_id if state.open is not None else ""
    ahead = (state.catalogue.items.get(item) for item in agenda.remaining(track, enrolment, state.done))
    return [item for item in ahead if isinstance(item, Term) and item.id != is_open]
