"""The effect of an order on an enrolment, and its undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time
from typing import Any

from bot.domain.orders import Effect, EffectOutcome, Order
from bot.domain.people import Enrolment

RESTORED = (
    "first_day", "assigned_by", "at", "days", "after_step",
    "announced", "finished_at", "closed", "removed_at", "left_at", "after_track", "started_at",
)  # fmt: skip


def was_told(order: Order, now: Enrolment, restored: Enrolment) -> bool:
    """Return True if the learner needn't be told anything. After an undone restart the next item says that the track
    goes on.
    """
    if order.restart and now.announced and now.last_asking:
        return False
    return restored.announced or (now.announced and not order.restart)


def kept_columns(enrolment: Enrolment) -> dict[str, Any]:
    """Return the columns that an undo restores, as JSON values."""
    kept = {f.name: getattr(enrolment, f.name) for f in fields(enrolment) if f.name in RESTORED}
    return {name: _json(value) for name, value in kept.items()}


def _json(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def restored_columns(before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that `kept_columns` stored, as Python values."""

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
        "started_at": parse("started_at", datetime),
    }


def before(order: Order, effect: Effect) -> Enrolment | None:
    """Return the enrolment before the order; None if there was none."""
    if not effect.before:
        return None
    blank = Enrolment(
        workspace_id=order.workspace_id,
        learner_id=effect.learner_id,
        track_id=order.track_id,
        first_day=order.created_at.date(),
    )
    return replace(blank, **restored_columns(effect.before))


def people_of(effects: Sequence[Effect], *outcomes: EffectOutcome) -> tuple[str, ...]:
    """Return the people for whom an order had one of these outcomes."""
    return tuple(e.learner_id for e in effects if e.outcome in outcomes)


def had_finished(effects: Sequence[Effect]) -> tuple[str, ...]:
    """Return the people who had no item of the track left when the order was carried out."""
    return tuple(
        e.learner_id
        for e in effects
        if e.outcome is EffectOutcome.FINISHED
        or (e.outcome is EffectOutcome.HAD_IT and e.before and e.before.get("finished_at"))
    )
