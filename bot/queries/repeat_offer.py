"""The offer on an order's summary for those who had the track already, or have finished it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from bot.domain.enrolment_changes import moved
from bot.domain.order_effects import before
from bot.domain.orders import EffectOutcome, FollowUp, Order, OrderVerb
from bot.store import orders
from bot.store.database import Session


@dataclass(frozen=True)
class Again:
    """The people for whom it can start again, those whose start can be moved, and what was asked for already."""

    people: tuple[str, ...] = ()
    movable: tuple[str, ...] = ()
    followed: tuple[FollowUp, ...] = ()


def look_again(session: Session, order: Order) -> Again:
    """Return a summary's offer: it follows from what the order found, and reveals nothing that happened since."""
    if order.verb is not OrderVerb.ASSIGN or order.restart:
        return Again()
    effects = orders.effects(session, order)
    found = [
        effects[p]
        for p in order.ids
        if p in effects and effects[p].outcome in {EffectOutcome.HAD_IT, EffectOutcome.FINISHED}
    ]
    if not found:
        return Again()
    followed = tuple(
        what for what in FollowUp if orders.get(session, order.workspace_id, asked_id(order, what)) is not None
    )
    had = {e.learner_id: before(order, e) for e in found if e.outcome is EffectOutcome.HAD_IT}
    movable = tuple(p for p, enrolment in had.items() if enrolment and moved(order, enrolment, date.min))
    again = tuple(e.learner_id for e in found)
    return Again(() if FollowUp.RESTART in followed else again, () if followed else movable, followed)


def asked_id(order: Order, what: FollowUp) -> str:
    """Return the id of the order that a tap on another's summary asks for. `what`: `MOVE` or `RESTART`."""
    return uuid5(NAMESPACE_URL, f"{order.workspace_id}/{order.order_id}/{what}").hex
