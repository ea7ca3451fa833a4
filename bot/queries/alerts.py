"""Alerts for admins: counts and names that admins may see anyway, never a pause or an answer."""

from __future__ import annotations

from datetime import date

from bot.context import AppContext
from bot.domain.expiry import to_tell
from bot.queries.quarantine import set_aside
from bot.queries.reported import reported
from bot.store import delivery_queue, enrolments, learners, talks
from bot.store.database import Session
from bot.view_models import AttentionView


def attention(session: Session, ctx: AppContext, workspace_id: str, admin_id: str, today: date) -> AttentionView:
    """Return unreachable people, the number of uncertain messages, failed, aged and reported content, and wishes to
    talk.
    """
    assigned = sorted({e.learner_id for e in enrolments.assigned(session, workspace_id)})
    catalogue = ctx.catalogue_of(workspace_id)
    return AttentionView(
        unreachable=tuple(sorted(learners.unreachable_among(session, workspace_id, assigned))),
        uncertain=len(delivery_queue.uncertain(session, workspace_id)),
        failed=tuple(sorted(catalogue.items[item_id].title for item_id in set_aside(session, ctx, workspace_id))),
        talks=tuple(t.learner_id for t in talks.open_in(session, workspace_id) if admin_id in t.admins),
        to_review=tuple(item.title for item in to_tell(catalogue, today)),
        reported=reported(session, ctx, workspace_id),
    )
