"""Planning anew for many: what an admin changed for everybody moves their next messages."""

from __future__ import annotations

from collections.abc import Iterable

from bot.context import AppContext
from bot.planning.learner_state import load
from bot.planning.next_due import update_next_due


def replan(ctx: AppContext, workspace_id: str, learner_ids: Iterable[str]) -> None:
    """Work out anew when each of these people's next message is due, one a transaction."""
    for learner_id in learner_ids:
        with ctx.db.write() as session:
            state = load(session, ctx, workspace_id, learner_id)
            if state is not None:
                update_next_due(state)
