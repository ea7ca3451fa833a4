"""A run through a whole track for the admin who asks for it. Nothing is recorded."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.content import Track
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import TrialItem
from bot.planning.learner_state import LearnerState
from bot.planning.new_delivery import new_delivery
from bot.store import deliveries

LASTS = timedelta(minutes=10)


def run_through(state: LearnerState, track: Track, request_id: str) -> None:
    """Plan each of a track's items as a message to this admin alone, the first at once, all within ten minutes.

    `request_id`: of the command, so that one sent twice plans one run.
    """
    apart = LASTS / max(1, len(track.items))
    for number in range(1, len(track.items) + 1):
        caused_by = f"trial:{request_id}:{number}"
        at, about = state.at + (number - 1) * apart, TrialItem(track.id, number)
        deliveries.add(state.session, new_delivery(state.learner, Slot.NOTICE, at, caused_by=caused_by, about=about))
