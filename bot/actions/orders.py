"""Admins' orders: stored first, then carried out person by person, safe to repeat and to break off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bot.actions.profiles import meet
from bot.actions.rules import keep as keep_rule
from bot.actions.rules import tell
from bot.context import AppContext, ProfilePort
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import GivenBack, OrderSummary
from bot.domain.enrolment_changes import changed_by, refusal_of
from bot.domain.local_time import by_day, local
from bot.domain.order_effects import kept_columns, restored_columns, was_told
from bot.domain.orders import TOUCHED, Effect, EffectOutcome, Order, OrderState, OrderVerb, UndoState
from bot.domain.people import Learner
from bot.domain.rider import FIGURES_NOTICE
from bot.errors import SlackError
from bot.planning.learner_state import LearnerState, load
from bot.planning.new_delivery import new_delivery
from bot.planning.open_item import skip
from bot.planning.plan_day import catch_up
from bot.planning.track_changes import apply_track_changes
from bot.queries.order_progress import begun
from bot.store import audit, deliveries, erasures, lagging, learners, orders
from bot.store.database import Session

MANY = 20
"""An order for more people asks first, and says while it is carried out how far it is."""
MOST_PEOPLE = 1000


def draft(session: Session, order: Order) -> Order:
    """Store an order that is carried out once it is confirmed; a repeated draft replaces the earlier one."""
    known = orders.get(session, order.workspace_id, order.order_id, lock=True)
    if known is not None and known.state is not OrderState.ASKS:
        return known
    drafted = replace(order, state=OrderState.ASKS, open_real=None)
    orders.redraft(session, drafted)
    return drafted


def submit(session: Session, ctx: AppContext, order: Order) -> Order:
    """Store an order; over 20 people it asks first. A repeated request finds the order as it stands."""
    asks = order.verb is not OrderVerb.REMOVE and len(order.ids) > MANY
    stored = replace(
        order, state=OrderState.ASKS if asks else OrderState.STORED, open_real=None if asks else ctx.clock.real()
    )
    if orders.add(session, stored) and not asks:
        _audit(session, ctx, order, order.verb)
    return orders.get(session, order.workspace_id, order.order_id) or stored


def confirm(
    session: Session,
    ctx: AppContext,
    workspace_id: str,
    order_id: str,
    admin_id: str,
    *,
    go: bool,
    first_day: date | None = None,
) -> OrderState | None:
    """Answer the question of an order; return its state afterwards, None if there is no such order.

    `first_day`: the answer to which first day is meant, where that was the question.
    """
    order = orders.get(session, workspace_id, order_id, lock=True)
    if order is None or order.admin_id != admin_id:
        return None
    if order.state is OrderState.ASKS:
        state = OrderState.STORED if go else OrderState.CANCELLED
        admin = learners.get(session, workspace_id, admin_id)
        today = local(ctx.clock.business(), admin.zone if admin else "UTC").date()
        # a day that passed while the question stood is now
        named = first_day or order.first_day
        first = named if named and named >= today else None
        orders.update(session, order, state=state, first_day=first, open_real=ctx.clock.real() if go else None)
        if go:
            _audit(session, ctx, order, order.verb)
            if order.kept:
                keep_rule(session, ctx, order)
        return state
    return order.state


def _audit(session: Session, ctx: AppContext, order: Order, action: str) -> None:
    named = [f"{source.kind} {source.name or source.source_id}" for source in order.sources]
    whom = f" ({', '.join(named)})" if named else ""
    detail = f"{order.verb} {order.track_id}{whom}: {', '.join(order.ids)}"
    audit.record(session, order.workspace_id, ctx.clock.business(), order.admin_id, action, detail)


def _always() -> bool:
    return True


def execute(ctx: AppContext, slack: ProfilePort, order: Order, mine: Callable[[], bool] = _always) -> bool:
    """Carry out an order, or its undo, and leave a summary. Goes on where a crash or an error left it.

    `mine`: called after each person, so that whoever has claimed the order can say that it is still at work; False
    when somebody else has it meanwhile. Then the rest is theirs, and this is False too.

    Raises:
        SlackError: a profile couldn't be read; the order stays open and is tried again.
    """
    if order.undo is UndoState.DOING:
        _undo_all(ctx, order)
        return True
    with ctx.db.read() as session:
        done = orders.effects(session, order)
    meet(ctx, slack, order.workspace_id, order.admin_id)
    try:
        for person_id in order.ids:
            if person_id in done or _kept_out(ctx, order, person_id):
                continue
            # who is assigned a track may be away, by a status of which no event came
            learner = meet(ctx, slack, order.workspace_id, person_id, anew=order.verb is OrderVerb.ASSIGN)
            with ctx.db.write() as session:
                _apply(session, ctx, order, person_id, learner)
            if not mine():
                return False
    except SlackError:
        # it goes on after a while, and says meanwhile how far it is
        _tell_progress(ctx, order)
        raise
    with ctx.db.write() as session:
        _conclude(session, ctx, order)
    return True


def _conclude(session: Session, ctx: AppContext, order: Order) -> None:
    """Mark an order as carried out, leave its summary, and give the one for the next track."""
    if order.rule_id is not None:
        orders.update(session, order, state=OrderState.DONE, open_real=None)
        tell(session, ctx, order)
        return
    done = orders.effects(session, order)
    undo = UndoState.OFFERED if any(e.outcome in TOUCHED for e in done.values()) else UndoState.NONE
    orders.update(session, order, state=OrderState.DONE, undo=undo, open_real=None)
    _summarise(session, ctx, order)
    current = orders.get(session, order.workspace_id, order.order_id)
    if not order.then or current is None or not current.ids:
        return
    follower = replace(
        current,
        order_id=follower_id(order),
        track_id=order.then[0],
        after_track=order.track_id,
        then=order.then[1:],
        created_at=ctx.clock.business(),
        state=OrderState.STORED,
        undo=UndoState.NONE,
        open_real=ctx.clock.real(),
    )
    if orders.add(session, follower):
        _audit(session, ctx, follower, follower.verb)


def follower_id(order: Order) -> str:
    """Return the id of the order that gives the next track, once this one is carried out."""
    return uuid5(NAMESPACE_URL, f"{order.workspace_id}/{order.order_id}/then").hex


def _tell_progress(ctx: AppContext, order: Order) -> None:
    """Let the summary of a large order say how far it is."""
    if len(order.ids) > MANY and order.rule_id is None:
        with ctx.db.write() as session:
            _summarise(session, ctx, order)


def _summarise(session: Session, ctx: AppContext, order: Order) -> None:
    """Leave the admin the order's summary, or let the one that they have say how it stands now."""
    admin = learners.get(session, order.workspace_id, order.admin_id)
    if admin is None:
        return
    told = deliveries.by_request(session, order.workspace_id, order.admin_id, order.order_id)
    if told is not None:
        lagging.touch(session, told, ctx.clock.real())
        return
    about = OrderSummary(order.order_id)
    deliveries.add(
        session, new_delivery(admin, Slot.NOTICE, ctx.clock.business(), caused_by=order.order_id, about=about)
    )


def _kept_out(ctx: AppContext, order: Order, person_id: str) -> bool:
    """Leave somebody alone who was erased, before Slack is asked about them: to the admin they don't take part."""
    with ctx.db.write() as session:
        current = orders.get(session, order.workspace_id, order.order_id, lock=True)
        if current is not None and person_id not in current.ids:
            # erased since the order was claimed: not even its effects name them
            return True
        kept_out = order.verb is OrderVerb.ASSIGN and erasures.is_kept_out(session, order.workspace_id, person_id)
        if kept_out:
            orders.save_effect(session, _effect(order, person_id, EffectOutcome.LEFT))
    return kept_out


def _effect(order: Order, person_id: str, outcome: EffectOutcome, **more: Any) -> Effect:
    return Effect(
        workspace_id=order.workspace_id, order_id=order.order_id, learner_id=person_id, outcome=outcome, **more
    )


def _apply(session: Session, ctx: AppContext, order: Order, person_id: str, learner: Learner | None) -> None:
    learners.lock(session, order.workspace_id, person_id)
    # two workers of one order take turns, so that the second sees what the first did
    current = orders.get(session, order.workspace_id, order.order_id, lock=True)
    gone = current is not None and person_id not in current.ids
    if gone or orders.effect(session, order, person_id) is not None:
        return
    # a host that has slept hears of the order before its first tick
    state = load(session, ctx, order.workspace_id, person_id, lock=False)
    if state is not None:
        catch_up(state)
    outcome, before, revision = _change(state, order, learner)
    steps = learner.steps if learner else 0
    orders.save_effect(
        session,
        _effect(order, person_id, outcome, before=before, revision=revision, steps=steps),
    )


def _change(
    state: LearnerState | None, order: Order, learner: Learner | None
) -> tuple[EffectOutcome, dict[str, Any] | None, int | None]:
    refusal = refusal_of(learner)
    if refusal is not None and (learner is None or order.verb is OrderVerb.ASSIGN):
        return refusal, None, None
    assert state is not None
    known = state.enrolment(order.track_id)
    if (
        order.verb is OrderVerb.ASSIGN
        and known is not None
        and known.assigned_by
        and known.left_at
        and known.removed_at
    ):
        # only they can come back; given to them again after it was taken away, it offers that
        state.change_enrolment(known, removed_at=None, assigned_by=order.admin_id)
        return EffectOutcome.LEFT, None, None
    changed = changed_by(order, known, state.learner, state.today, state.at)
    if isinstance(changed, EffectOutcome):
        # what they had says what could be asked for next
        return changed, kept_columns(known) if changed is EffectOutcome.HAD_IT and known is not None else None, None
    state.save_enrolment(changed)
    if order.verb is OrderVerb.ASSIGN and state.learner.welcome_done and state.learner.figures_told_at is None:
        # they began by themselves, and no welcome says what reports tell: a line in their next message does
        state.change_learner(privacy_told=min(state.learner.privacy_told, FIGURES_NOTICE - 1))
    if order.restart and state.open and state.open.track_id == order.track_id:
        skip(state, state.open)
    apply_track_changes(state, order.track_id)
    now = state.enrolment(order.track_id)
    over = order.verb is OrderVerb.ASSIGN and now is not None and now.finished_at is not None
    outcome = EffectOutcome.FINISHED if over else EffectOutcome.CHANGED
    return outcome, None if known is None else kept_columns(known), changed.revision


def ask_undo(session: Session, ctx: AppContext, order: Order, *, sure: bool) -> None:
    """Undo an order: at once if nobody has begun, otherwise ask first. `sure`: it was asked."""
    if order.undo not in {UndoState.OFFERED, UndoState.ASKS}:
        return
    if not sure and order.verb is OrderVerb.ASSIGN and begun(session, ctx, order):
        orders.update(session, order, undo=UndoState.ASKS)
        return
    orders.update(session, order, undo=UndoState.DOING, open_real=ctx.clock.real())
    _audit(session, ctx, order, "undo")


def keep(session: Session, order: Order) -> None:
    """Keep an order as it is after a question about undoing it."""
    if order.undo is UndoState.ASKS:
        orders.update(session, order, undo=UndoState.OFFERED)


def _undo_all(ctx: AppContext, order: Order) -> None:
    with ctx.db.read() as session:
        effects = orders.effects(session, order)
    for effect in effects.values():
        if effect.outcome in TOUCHED and not effect.put_back:
            with ctx.db.write() as session:
                _put_back(session, ctx, order, effect)
    with ctx.db.write() as session:
        orders.update(session, order, undo=UndoState.DONE, open_real=None)
        _summarise(session, ctx, order)


def _put_back(session: Session, ctx: AppContext, order: Order, effect: Effect) -> None:
    state = load(session, ctx, order.workspace_id, effect.learner_id)
    if state is not None:
        catch_up(state)
    enrolment = state.enrolment(order.track_id) if state is not None else None
    if state is None or enrolment is None or enrolment.revision != effect.revision:
        return
    if effect.before is None:
        restored = replace(enrolment, removed_at=state.at)
    else:
        restored = replace(enrolment, **restored_columns(effect.before))
        # whoever has left meanwhile stays out
        restored = replace(restored, left_at=enrolment.left_at or restored.left_at)
    # what was finished, before or meanwhile, stays finished, and its closing message comes once
    restored = replace(
        restored,
        finished_at=enrolment.finished_at or restored.finished_at,
        closed=enrolment.closed or restored.closed,
        announced=was_told(order, enrolment, restored),
    )
    state.save_enrolment(replace(restored, revision=enrolment.revision + 1))
    apply_track_changes(state, order.track_id)
    if enrolment.assigned_by and restored.assigned_by is None and restored.active:
        due = by_day(state.at, state.learner.zone)
        state.add(Slot.NOTICE, due, caused_by=f"undo:{order.order_id}", about=GivenBack(order.track_id))
    orders.save_effect(session, replace(effect, put_back=True))
