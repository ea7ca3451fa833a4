"""The further askings of a message beside its first question: reviews and checks."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, or_, select

from bot.domain.delivery import Asking, Delivery
from bot.store import deliveries, tables
from bot.store.database import Session

_c = tables.delivery_asking.c
_RIDES = select(_c.position).where(
    _c.workspace_id == bindparam("in_workspace"),
    _c.delivery_id == bindparam("that"),
    _c.asking_id == bindparam("asked"),
)
_ASKED_IN = or_(
    tables.delivery.c.asking_id == bindparam("asked"),
    tables.delivery.c.delivery_id.in_(
        select(_c.delivery_id).where(_c.workspace_id == bindparam("in_workspace"), _c.asking_id == bindparam("asked"))
    ),
)


def add(session: Session, delivery: Delivery, position: int, asking: Asking) -> None:
    """Let a message also ask this, at a position from 2 on."""
    row = {
        "workspace_id": delivery.workspace_id,
        "delivery_id": delivery.delivery_id,
        "position": position,
        "learner_id": delivery.learner_id,
        "asking_id": asking.asking_id,
    }
    session.execute(insert(tables.delivery_asking), row)


def rides_in(session: Session, delivery: Delivery, asking_id: str) -> bool:
    """Return True where a message asks this beside its first question."""
    given = {"in_workspace": delivery.workspace_id, "that": delivery.delivery_id, "asked": asking_id}
    return session.execute(_RIDES, given).first() is not None


def messages_with(session: Session, asking: Asking) -> list[Delivery]:
    """Return all messages that ask this, first or beside another question, in the order they were due."""
    return deliveries.where(session, _ASKED_IN, in_workspace=asking.workspace_id, asked=asking.asking_id)
