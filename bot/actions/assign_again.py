"""The orders that an admin can give on the summary of another, for those who had the track already or have finished
it.

Each is an order of its own, with its own summary and *Undo*. Its id follows from the first order's, so that it is
stored once however often it is tapped.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.actions.orders import submit
from bot.context import AppContext
from bot.domain.enrolment_changes import moved
from bot.domain.local_time import local
from bot.domain.orders import FollowUp, Order, OrderState, OrderVerb, UndoState
from bot.queries.repeat_offer import asked_id, look_again
from bot.store import enrolments, learners, orders
from bot.store.database import Session


def _still(session: Session, ctx: AppContext, order: Order, what: FollowUp) -> tuple[str, ...]:
    """Return those it was offered for who still have the track, take part, and would be affected."""
    offered = look_again(session, order)
    wanted = _ahead(session, ctx, order)
    now = {e.learner_id: e for e in enrolments.assigned(session, order.workspace_id, order.track_id)}
    still = [now[p] for p in (offered.movable if what is FollowUp.MOVE else offered.people) if p in now]
    return tuple(
        e.learner_id
        for e in still
        if e.left_at is None and (what is FollowUp.RESTART or moved(wanted, e, _today(session, ctx, order)))
    )


def _ahead(session: Session, ctx: AppContext, order: Order) -> Order:
    """Return the order without a first day that has passed since."""
    passed = order.first_day is not None and order.first_day < _today(session, ctx, order)
    return replace(order, first_day=None) if passed else order


def _today(session: Session, ctx: AppContext, order: Order) -> date:
    admin = learners.get(session, order.workspace_id, order.admin_id)
    return local(ctx.clock.business(), admin.zone if admin else "UTC").date()


def ask_again(session: Session, ctx: AppContext, order: Order, what: FollowUp) -> Order | None:
    """Store the tapped order; return it, or None if it would affect nobody."""
    known = orders.get(session, order.workspace_id, asked_id(order, what), lock=True)
    if known is not None:
        if known.state is OrderState.CANCELLED:
            orders.update(session, known, state=OrderState.ASKS)
            return replace(known, state=OrderState.ASKS)
        return known
    people = _still(session, ctx, order, what)
    if not people:
        return None
    later = replace(
        _ahead(session, ctx, order),
        order_id=asked_id(order, what),
        verb=OrderVerb.MOVE if what is FollowUp.MOVE else order.verb,
        people={"ids": list(people)},
        created_at=ctx.clock.business(),
        restart=what is FollowUp.RESTART,
        state=OrderState.STORED,
        undo=UndoState.NONE,
        open_real=None,
    )
    return submit(session, ctx, later)
