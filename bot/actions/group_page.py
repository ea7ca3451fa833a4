"""A learner adds their before and after to their group's page, or takes it out again."""

from __future__ import annotations

from bot.planning.group_page import may_add
from bot.planning.learner_state import LearnerState
from bot.store import group_shares
from bot.store.group_shares import GroupShare


def add_to_page(state: LearnerState, track_id: str) -> bool:
    """Add theirs of a track; return False where there is no page for it (any more). Done twice, it changes nothing."""
    if track_id not in {track.id for track in may_add(state)}:
        return False
    group_shares.add(state.session, GroupShare(state.workspace_id, state.learner_id, track_id, state.at))
    return True


def take_out(state: LearnerState, track_id: str) -> None:
    """Take theirs out. What the page shows is gone at once, and is made anew without it on the first of a month."""
    group_shares.take_out(state.session, state.workspace_id, state.learner_id, track_id)
