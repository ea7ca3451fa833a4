"""What admins asked for, and what it did to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.rows import change, insert_new, put, table
from bot.store.tables import EffectRow, OrderRow

_order = table(OrderRow)
_effect = table(EffectRow)


@dataclass(frozen=True)
class Order:
    """One request of an admin. `people["ids"]` keeps the order in which they were named."""

    workspace_id: str
    order_id: str
    admin_id: str
    verb: str
    track_id: str
    people: Mapping[str, Any]
    created_at: datetime
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    state: str = "stored"
    undo: str = "none"
    open_real: datetime | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The people named, each once."""
        return tuple(dict.fromkeys(self.people["ids"]))


@dataclass(frozen=True)
class Effect:
    """What an order did to one person. `before`: the enrolment's columns as they were, None if there was none."""

    workspace_id: str
    order_id: str
    learner_id: str
    outcome: str
    before: Mapping[str, Any] | None = None
    revision: int | None = None
    steps: int = 0
    """Items the person had done until then."""
    put_back: bool = False


def add(session: Session, order: Order) -> bool:
    """Store a request; False when it was stored before."""
    return insert_new(session, OrderRow, order)


def redraft(session: Session, order: Order) -> None:
    """Store a request that asks before it goes, in the place of an earlier draft with the same id."""
    put(session, OrderRow, order)


def get(session: Session, workspace_id: str, order_id: str, *, lock: bool = False) -> Order | None:
    """One order."""
    query = select(_order).where(_order.c.workspace_id == workspace_id, _order.c.order_id == order_id)
    row = session.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return Order(**row) if row else None


def update(session: Session, order: Order, **columns: Any) -> None:
    """Change some of an order's columns."""
    change(
        session, OrderRow, _order.c.workspace_id == order.workspace_id, _order.c.order_id == order.order_id, **columns
    )


def unfinished(session: Session, real: datetime, most: int) -> list[Order]:
    """Orders that wait to be worked off since `real` or longer, oldest first."""
    query = select(_order).where(_order.c.open_real.is_not(None), _order.c.open_real <= real)
    return [Order(**row) for row in session.execute(query.order_by(_order.c.open_real).limit(most)).mappings()]


def effects(session: Session, order: Order) -> dict[str, Effect]:
    """What the order did so far, by person."""
    query = select(_effect).where(_effect.c.workspace_id == order.workspace_id, _effect.c.order_id == order.order_id)
    return {row["learner_id"]: Effect(**row) for row in session.execute(query).mappings()}


def effect(session: Session, order: Order, learner_id: str) -> Effect | None:
    """What the order did to one person, if it did."""
    query = select(_effect).where(
        _effect.c.workspace_id == order.workspace_id,
        _effect.c.order_id == order.order_id,
        _effect.c.learner_id == learner_id,
    )
    row = session.execute(query).mappings().one_or_none()
    return Effect(**row) if row else None


def save_effect(session: Session, effect: Effect) -> None:
    """Store what the order did to one person."""
    put(session, EffectRow, effect)
