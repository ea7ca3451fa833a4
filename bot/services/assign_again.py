"""What an admin can ask for on the summary of an order, for those who had the track already, or have finished it.

Each is an order of its own, with its own summary and *Undo*. Its id follows from the first order's, so that it is
stored once however often it is tapped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from bot.domain.timing import local
from bot.services.enrolling import FINISHED, HAD_IT, moved
from bot.services.house import House
from bot.services.orders import before, place
from bot.store import enrolments, learners, orders
from bot.store.database import Session
from bot.store.orders import Order

MOVE, RESTART = "move", "restart"


@dataclass(frozen=True)
class Again:
    """For whom it can start again, for whom the start can be moved, and what was asked for already."""

    people: tuple[str, ...] = ()
    movable: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()


def look_again(session: Session, order: Order) -> Again:
    """What a summary offers: it follows from what the order found, and tells nothing of what happened since."""
    if order.verb != "assign" or order.restart:
        return Again()
    effects = orders.effects(session, order)
    found = [effects[p] for p in order.ids if p in effects and effects[p].outcome in {HAD_IT, FINISHED}]
    if not found:
        return Again()
    followed = tuple(
        what for what in (MOVE, RESTART) if orders.get(session, order.workspace_id, asked_id(order, what)) is not None
    )
    had = {e.learner_id: before(order, e) for e in found if e.outcome == HAD_IT}
    movable = tuple(p for p, enrolment in had.items() if enrolment and moved(order, enrolment, date.min))
    again = tuple(e.learner_id for e in found)
    return Again(() if RESTART in followed else again, () if followed else movable, followed)


def _still(session: Session, house: House, order: Order, what: str) -> tuple[str, ...]:
    """Those it was offered for who have the track still, take part, and for whom it would do something."""
    offered = look_again(session, order)
    wanted = _ahead(session, house, order)
    now = {e.learner_id: e for e in enrolments.assigned(session, order.workspace_id, order.track_id)}
    still = [now[p] for p in (offered.movable if what == MOVE else offered.people) if p in now]
    return tuple(
        e.learner_id
        for e in still
        if e.left_at is None and (what == RESTART or moved(wanted, e, _today(session, house, order)))
    )


def _ahead(session: Session, house: House, order: Order) -> Order:
    """The order without a first day that has passed since."""
    passed = order.first_day is not None and order.first_day < _today(session, house, order)
    return replace(order, first_day=None) if passed else order


def _today(session: Session, house: House, order: Order) -> date:
    admin = learners.get(session, order.workspace_id, order.admin_id)
    return local(house.clock.business(), admin.zone if admin else "UTC").date()


def ask_again(session: Session, house: House, order: Order, what: str) -> Order | None:
    """Store what was tapped; the order as it stands, None where there is nobody for whom it would do anything."""
    known = orders.get(session, order.workspace_id, asked_id(order, what), lock=True)
    if known is not None:
        if known.state == "cancelled":
            orders.update(session, known, state="asks")
            return replace(known, state="asks")
        return known
    people = _still(session, house, order, what)
    if not people:
        return None
    later = replace(
        _ahead(session, house, order),
        order_id=asked_id(order, what),
        verb=MOVE if what == MOVE else order.verb,
        people={"ids": list(people)},
        created_at=house.clock.business(),
        restart=what == RESTART,
        state="stored",
        undo="none",
        open_real=None,
    )
    return place(session, house, later)


def asked_id(order: Order, what: str) -> str:
    """The id of the order that a tap on the summary of another asks for. `what`: `MOVE` or `RESTART`."""
    return uuid5(NAMESPACE_URL, f"{order.workspace_id}/{order.order_id}/{what}").hex
