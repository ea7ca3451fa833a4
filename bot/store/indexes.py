"""The tables' indexes, for migrations: queries don't name them, and declaring them imports both databases' dialects."""

from __future__ import annotations

from sqlalchemy import Column, Index, text

from bot.store.tables import (
    asking,
    audit,
    card,
    delivery,
    delivery_asking,
    enrolment,
    learner,
    metadata,
    order,
    share,
    unread,
    wish,
)


def _where_set(name: str, *columns: Column[object]) -> Index:
    """Return an index of the few rows in which the last of these columns isn't NULL."""
    where = text(f"{columns[-1].name} IS NOT NULL")
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


schema = metadata
"""The tables with their indexes."""

_where_set("ix_learner_due", learner.c.next_due_at)
Index("ix_enrolment_track", enrolment.c.workspace_id, enrolment.c.track_id)
_where_set("ix_card_due_on", card.c.workspace_id, card.c.learner_id, card.c.due_on)
Index("ix_wish_item", wish.c.workspace_id, wish.c.learner_id, wish.c.item_id)
Index("ix_asking_item", asking.c.workspace_id, asking.c.learner_id, asking.c.item_id)
Index("ix_unread_rank", unread.c.workspace_id, unread.c.rank)
Index("ix_share_with", share.c.workspace_id, share.c.with_id)
Index("ix_audit_at", audit.c.workspace_id, audit.c.at)
_where_set("ix_admin_order_open", order.c.open_real)
Index("ix_delivery_asking", delivery.c.workspace_id, delivery.c.asking_id)
Index("ix_delivery_asking_asking", delivery_asking.c.workspace_id, delivery_asking.c.asking_id)
# what is due is looked for in each workspace by itself, so that none stands before another
_where_set("ix_delivery_claimable_at", delivery.c.workspace_id, delivery.c.claimable_at)
_where_set("ix_delivery_lease_real", delivery.c.lease_real)
_where_set("ix_delivery_lags_real", delivery.c.lags_real)
_where_set("ix_delivery_rider", delivery.c.workspace_id, delivery.c.learner_id, delivery.c.rider)
