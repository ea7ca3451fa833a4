"""At the start: learners whom planning had no reason to look at any more may have one again."""

from __future__ import annotations

from bot.context import AppContext
from bot.planning.learner_state import load
from bot.planning.next_due import update_next_due
from bot.store import learners


def plan_forgotten(ctx: AppContext) -> None:
    """Reschedule those with an unfinished track and nothing planned: a track is back among the lessons, for example."""
    with ctx.db.read() as session:
        found = learners.forgotten(session)
    for workspace_id, learner_id in found:
        with ctx.db.write() as session:
            state = load(session, ctx, workspace_id, learner_id)
            if state is not None:
                update_next_due(state, planned=True)
