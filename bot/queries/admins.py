"""The admins of a workspace: those of the setting, and those whom an admin appointed."""

from __future__ import annotations

from bot.context import AppContext
from bot.store import appointments
from bot.store.database import Session


def admins(session: Session, ctx: AppContext, workspace_id: str) -> frozenset[str]:
    """Return the ids of all admins."""
    appointed = appointments.of_workspace(session, workspace_id)
    return ctx.admins_of(workspace_id) | {each.learner_id for each in appointed}
