"""The progress of those whom an order assigned a track."""

from __future__ import annotations

from bot.context import AppContext
from bot.domain.orders import EffectOutcome, Order
from bot.store import enrolments, orders
from bot.store.database import Session


def begun(session: Session, ctx: AppContext, order: Order) -> int:
    """Return how many of those who were assigned a track have done something in it since."""
    track = ctx.catalogue_of(order.workspace_id).tracks.get(order.track_id)
    if track is None:
        return 0
    changed = [e for e in orders.effects(session, order).values() if e.outcome is EffectOutcome.CHANGED]
    done = enrolments.done_by_all(session, order.workspace_id, [e.learner_id for e in changed])
    assigned = {e.learner_id for e in enrolments.assigned(session, order.workspace_id, order.track_id)}
    return sum(
        any(done[effect.learner_id].get(item, 0) > effect.steps for item in track.items)
        for effect in changed
        if effect.learner_id in assigned
    )
