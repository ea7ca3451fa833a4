"""The quarantine: items whose present wording Slack refused."""

from __future__ import annotations

from bot.context import AppContext
from bot.domain.content import version
from bot.store import askings
from bot.store.database import Session


def set_aside(session: Session, ctx: AppContext, workspace_id: str) -> frozenset[str]:
    """Return the ids of items whose present wording Slack refused."""
    items = ctx.catalogue_of(workspace_id).items
    return frozenset(
        item_id
        for content_hash, item_id in askings.quarantined(session, workspace_id).items()
        if item_id in items and version(items[item_id]) == content_hash
    )
