"""What admins ask for: stored first, then worked off person by person, safe to repeat and to lose the connection in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time
from typing import Any

from bot.domain.delivery import Slot
from bot.domain.people import Enrolment, Learner
from bot.domain.timing import local
from bot.services.enrolling import FINISHED, HAD_IT, LEFT, changed_by, refusal_of
from bot.services.follow_up import follow_up
from bot.services.house import House, Profiles
from bot.services.plan_day import catch_up
from bot.services.profiles import meet
from bot.services.standing import look, new, skip
from bot.store import deliveries, enrolments, learners, orders, records
from bot.store.database import Session
from bot.store.orders import Effect, Order

MANY = 20
CHANGED = "changed"
TOUCHED = frozenset({CHANGED, FINISHED})
"""The outcomes that changed an enrolment, and can be undone."""
RESTORED = (
    "first_day", "assigned_by", "at", "days", "after_step",
    "announced", "finished_at", "closed", "removed_at", "left_at",
)  # fmt: skip


def draft(session: Session, order: Order) -> Order:
    """Store an order that goes once it is confirmed; sent again before that, it takes the earlier one's place."""
    known = orders.get(session, order.workspace_id, order.order_id, lock=True)
    if known is not None and known.state != "asks":
        return known
    drafted = replace(order, state="asks", open_real=None)
    orders.redraft(session, drafted)
    return drafted


def place(session: Session, house: House, order: Order) -> Order:
    """Store an order; over 20 people it asks first. A repeated request finds the order as it stands."""
    asks = order.verb != "remove" and len(order.ids) > MANY
    stored = replace(order, state="asks" if asks else "stored", open_real=None if asks else house.clock.real())
    if orders.add(session, stored) and not asks:
        _audit(session, house, order, order.verb)
    return orders.get(session, order.workspace_id, order.order_id) or stored


def confirm(
    session: Session,
    house: House,
    workspace_id: str,
    order_id: str,
    admin_id: str,
    *,
    go: bool,
    first_day: date | None = None,
) -> str:
    """Answer the question of an order that asks; its state afterwards (stored, cancelled, done), "" if there is none.

    `first_day`: the answer to which first day is meant, where that was the question.
    """
    order = orders.get(session, workspace_id, order_id, lock=True)
    if order is None or order.admin_id != admin_id:
        return ""
    if order.state == "asks":
        state = "stored" if go else "cancelled"
        admin = learners.get(session, workspace_id, admin_id)
        today = local(house.clock.business(), admin.zone if admin else "UTC").date()
        # a day that passed while the question stood is now
        named = first_day or order.first_day
        first = named if named and named >= today else None
        orders.update(session, order, state=state, first_day=first, open_real=house.clock.real() if go else None)
        if go:
            _audit(session, house, order, order.verb)
        return state
    return order.state


def _audit(session: Session, house: House, order: Order, action: str) -> None:
    detail = f"{order.verb} {order.track_id}: {', '.join(order.ids)}"
    records.audit(session, order.workspace_id, house.clock.business(), order.admin_id, action, detail)


def _always() -> bool:
    return True


def work_off(house: House, slack: Profiles, order: Order, mine: Callable[[], bool] = _always) -> bool:
    """Do what an order (or its undo) asks for, and leave a summary. Goes on where a crash, or an error, left it.

    `mine`: called after each person, so that whoever has claimed the order can say that it is still at work; False
    when somebody else has it meanwhile. Then the rest is theirs, and this is False too.

    Raises:
        SlackError: a profile couldn't be read; the order stays open and is tried again.
    """
    if order.undo == "doing":
        _undo_all(house, order)
        return True
    with house.db.read() as session:
        done = orders.effects(session, order)
    meet(house, slack, order.workspace_id, order.admin_id)
    for person_id in order.ids:
        if person_id in done:
            continue
        # who is assigned a track may be away, by a status of which no event came
        learner = meet(house, slack, order.workspace_id, person_id, anew=order.verb == "assign")
        with house.db.write() as session:
            _apply(session, house, order, person_id, learner)
        if not mine():
            return False
    with house.db.write() as session:
        at = house.clock.business()
        admin = learners.get(session, order.workspace_id, order.admin_id)
        done = orders.effects(session, order)
        undo = "offered" if any(e.outcome in TOUCHED for e in done.values()) else "none"
        orders.update(session, order, state="done", undo=undo, open_real=None)
        if admin is not None:
            notice = new(admin, Slot.NOTICE, at, cause=order.order_id, about={"order": order.order_id})
            deliveries.add(session, notice)
    return True


def _apply(session: Session, house: House, order: Order, person_id: str, learner: Learner | None) -> None:
    known = learners.get(session, order.workspace_id, person_id, lock=True)
    # two workers of one order take turns, so that the second sees what the first did
    orders.get(session, order.workspace_id, order.order_id, lock=True)
    if orders.effect(session, order, person_id) is not None:
        return
    # a host that has slept hears of the order before its first tick
    catch_up(session, house, known, house.clock.business())
    outcome, before, revision = _change(session, house, order, learner)
    steps = learner.steps if learner else 0
    orders.save_effect(session, Effect(order.workspace_id, order.order_id, person_id, outcome, before, revision, steps))


def _change(
    session: Session, house: House, order: Order, learner: Learner | None
) -> tuple[str, dict[str, Any] | None, int | None]:
    refusal = refusal_of(learner)
    if learner is None or (refusal and order.verb == "assign"):
        return refusal, None, None
    at = house.clock.business()
    standing = look(session, house, order.workspace_id, learner.learner_id)
    assert standing is not None
    known = enrolments.get(session, order.workspace_id, learner.learner_id, order.track_id)
    if order.verb == "assign" and known is not None and known.assigned_by and known.left_at and known.removed_at:
        # only they can come back; given to them again after it was taken away, it offers that
        enrolments.save(session, replace(known, removed_at=None, assigned_by=order.admin_id))
        return LEFT, None, None
    changed = changed_by(order, known, standing.learner, standing.hours.today(at), at)
    if isinstance(changed, str):
        # what they had says what could be asked for next
        return changed, _columns(known) if changed == HAD_IT and known is not None else None, None
    enrolments.save(session, changed)
    if order.restart and standing.situation.open and standing.situation.open.track_id == order.track_id:
        skip(session, house, standing.situation.open)
    follow_up(session, house, learner, at, order.track_id)
    now = enrolments.get(session, order.workspace_id, learner.learner_id, order.track_id)
    over = order.verb == "assign" and now is not None and now.finished_at is not None
    return FINISHED if over else CHANGED, None if known is None else _columns(known), changed.revision


def begun(session: Session, house: House, order: Order) -> int:
    """How many of those who were assigned a track have done something in it since."""
    track = house.catalogue_of(order.workspace_id).tracks.get(order.track_id)
    if track is None:
        return 0
    changed = [e for e in orders.effects(session, order).values() if e.outcome == CHANGED]
    done = enrolments.done_by_all(session, order.workspace_id, [e.learner_id for e in changed])
    assigned = {e.learner_id for e in enrolments.assigned(session, order.workspace_id, order.track_id)}
    return sum(
        any(done[effect.learner_id].get(item, 0) > effect.steps for item in track.items)
        for effect in changed
        if effect.learner_id in assigned
    )


def ask_undo(session: Session, house: House, order: Order, *, sure: bool) -> None:
    """Undo an order: at once if nobody has begun, otherwise ask first. `sure`: it was asked."""
    if order.undo not in {"offered", "asks"}:
        return
    if not sure and order.verb == "assign" and begun(session, house, order):
        orders.update(session, order, undo="asks")
        return
    orders.update(session, order, undo="doing", open_real=house.clock.real())
    _audit(session, house, order, "undo")


def keep(session: Session, order: Order) -> None:
    """Leave an order as it is after all."""
    if order.undo == "asks":
        orders.update(session, order, undo="offered")


def _undo_all(house: House, order: Order) -> None:
    with house.db.read() as session:
        effects = orders.effects(session, order)
    for effect in effects.values():
        if effect.outcome in TOUCHED and not effect.put_back:
            with house.db.write() as session:
                _put_back(session, house, order, effect)
    with house.db.write() as session:
        orders.update(session, order, undo="done", open_real=None)
        notice = deliveries.by_cause(session, order.workspace_id, order.admin_id, order.order_id)
        if notice is not None:
            deliveries.touch(session, notice, house.clock.real())


def _put_back(session: Session, house: House, order: Order, effect: Effect) -> None:
    at = house.clock.business()
    learner = learners.get(session, order.workspace_id, effect.learner_id, lock=True)
    if learner is not None:
        catch_up(session, house, learner, at)
    enrolment = enrolments.get(session, order.workspace_id, effect.learner_id, order.track_id)
    if learner is None or enrolment is None or enrolment.revision != effect.revision:
        return
    if effect.before is None:
        restored = replace(enrolment, removed_at=at)
    else:
        restored = replace(enrolment, **_read(effect.before))
        # whoever has left meanwhile stays out
        restored = replace(restored, left_at=enrolment.left_at or restored.left_at)
    # what was finished, before or meanwhile, stays finished, and its closing message comes once
    restored = replace(
        restored,
        finished_at=enrolment.finished_at or restored.finished_at,
        closed=enrolment.closed or restored.closed,
        announced=_told_of(order, enrolment, restored),
    )
    enrolments.save(session, replace(restored, revision=enrolment.revision + 1))
    follow_up(session, house, learner, at, order.track_id)
    orders.save_effect(session, replace(effect, put_back=True))


def _told_of(order: Order, now: Enrolment, restored: Enrolment) -> bool:
    """Whether the learner has been told all: of a fresh start that is undone, the next item says that it goes on."""
    if order.restart and now.announced and now.last_asking:
        return False
    return restored.announced or (now.announced and not order.restart)


def _columns(enrolment: Enrolment) -> dict[str, Any]:
    kept = {f.name: getattr(enrolment, f.name) for f in fields(enrolment) if f.name in RESTORED}
    return {name: _json(value) for name, value in kept.items()}


def _json(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def _read(before: Mapping[str, Any]) -> dict[str, Any]:
    def parse(name: str, kind: type[date] | type[time] | type[datetime]) -> Any:
        return kind.fromisoformat(before[name]) if before.get(name) else None

    return {
        **before,
        "first_day": parse("first_day", date),
        "at": parse("at", time),
        "days": frozenset(before["days"]) if before.get("days") else None,
        "finished_at": parse("finished_at", datetime),
        "removed_at": parse("removed_at", datetime),
        "left_at": parse("left_at", datetime),
    }


def before(order: Order, effect: Effect) -> Enrolment | None:
    """The enrolment as it was before the order; None if there was none."""
    if not effect.before:
        return None
    blank = Enrolment(order.workspace_id, effect.learner_id, order.track_id, order.created_at.date())
    return replace(blank, **_read(effect.before))


def people_of(effects: Sequence[Effect], *outcomes: str) -> tuple[str, ...]:
    """Those an order had one of these outcomes for."""
    return tuple(e.learner_id for e in effects if e.outcome in outcomes)


def had_finished(effects: Sequence[Effect]) -> tuple[str, ...]:
    """Those an order found with nothing left in the track, whether it was theirs still or not."""
    return tuple(
        e.learner_id
        for e in effects
        if e.outcome == FINISHED or (e.outcome == HAD_IT and e.before and e.before.get("finished_at"))
    )
