"""Admins' orders, and their effects by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.orders import Effect, EffectOutcome, Order, OrderState, OrderVerb, UndoState
from bot.store import instants, tables
from bot.store.database import Session
from bot.store.rows import Rows

_order = Rows(tables.order, Order, verb=OrderVerb, state=OrderState, undo=UndoState)
_effect = Rows(tables.effect, Effect, outcome=EffectOutcome)

_UNFINISHED = (
    select(*_order.columns)
    .where(instants.come(_order.c.open_real))
    .order_by(_order.c.open_real)
    .limit(bindparam("most"))
)


_CLAIMABLE = _UNFINISHED.with_for_update(skip_locked=True, key_share=True)


def add(session: Session, order: Order) -> bool:
    """Store an order; return False if it was stored before."""
    session.due_at_once = True
    return _order.insert_new(session, order)


def redraft(session: Session, order: Order) -> None:
    """Store an order that asks before it goes, in the place of an earlier draft with the same id."""
    _order.put(session, order)


def get(session: Session, workspace_id: str, order_id: str, *, lock: bool = False) -> Order | None:
    """Return one order."""
    return _order.one(session, lock=lock, workspace_id=workspace_id, order_id=order_id)


def update(session: Session, order: Order, **columns: Any) -> None:
    """Change some of an order's columns."""
    session.due_at_once = True
    _order.change(session, order, **columns)


def unfinished(session: Session, real: datetime, most: int) -> list[Order]:
    """Return orders that have waited since `real` or longer, oldest first."""
    return _order.run(session, _UNFINISHED, **instants.now(real), most=most)


def claim(session: Session, real: datetime, lease: timedelta) -> Order | None:
    """Claim the order that has waited longest: nobody else finds it until the lease ends, as after a crash.

    One at a time: whatever waits behind a long one stays free for others. The instant from which an order is found,
    `open_real`, is the lease's end meanwhile, and says whose it is.
    """
    found = _order.run(session, _CLAIMABLE, **instants.now(real), most=1)
    for order in found:
        update(session, order, open_real=real + lease)
        return replace(order, open_real=real + lease)
    return None


def renew(session: Session, order: Order, until: datetime) -> Order | None:
    """Renew the lease of a claimed order, or release it from then on.

    None when it is done or cancelled, or when the lease ran out and somebody else has claimed it.
    """
    current = get(session, order.workspace_id, order.order_id, lock=True)
    if current is None or current.open_real is None or current.open_real != order.open_real:
        return None
    update(session, current, open_real=until)
    return replace(order, open_real=until)


def effects(session: Session, order: Order) -> dict[str, Effect]:
    """Return the order's effects so far, by person."""
    return {e.learner_id: e for e in _effect.all(session, workspace_id=order.workspace_id, order_id=order.order_id)}


def by_rules(session: Session, workspace_id: str, admin_id: str, since: datetime, until: datetime) -> list[Order]:
    """Return the orders that an admin's rules gave from `since` to before `until`, oldest first."""
    of = _order.c
    theirs = of.workspace_id == workspace_id, of.admin_id == admin_id, of.rule_id.is_not(None)
    query = select(*_order.columns).where(*theirs, of.created_at >= since, of.created_at < until)
    return _order.run(session, query.order_by(of.created_at, of.order_id))


def tried_by_rule(session: Session, workspace_id: str, rule_id: str, learner_ids: Sequence[str]) -> frozenset[str]:
    """Return those of these people whom an order of a rule has named before."""
    given = select(_order.c.order_id).where(_order.c.workspace_id == workspace_id, _order.c.rule_id == rule_id)
    of = _effect.c
    query = select(of.learner_id).where(
        of.workspace_id == workspace_id, of.order_id.in_(given), of.learner_id.in_(learner_ids)
    )
    return frozenset(session.execute(query).scalars())


def effect(session: Session, order: Order, learner_id: str) -> Effect | None:
    """Return the order's effect on one person, if it has any."""
    return _effect.one(session, workspace_id=order.workspace_id, order_id=order.order_id, learner_id=learner_id)


def save_effect(session: Session, effect: Effect) -> None:
    """Store the order's effect on one person."""
    _effect.put(session, effect)
