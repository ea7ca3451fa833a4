"""Planning at the start, for learners whom planning had no reason to look at any more."""

from __future__ import annotations

from bot.context import AppContext
from bot.planning.learner_state import load
from bot.planning.next_due import update_next_due
from bot.store import learners


def plan_forgotten(ctx: AppContext) -> None:
    """Plan for learners with an unfinished track and nothing due: for example, a track is among the lessons again."""
    with ctx.db.read() as session:
        found = learners.forgotten(session)
    for workspace_id, learner_id in found:
        with ctx.db.write() as session:
            state = load(session, ctx, workspace_id, learner_id)
            if state is not None:
                update_next_due(state, planned=True)
