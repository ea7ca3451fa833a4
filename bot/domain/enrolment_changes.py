"""The effect of an order on one enrolment, or the reason why there is none. Nothing is stored here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.orders import EffectOutcome, Order, OrderVerb
from bot.domain.people import Enrolment, Learner


def changed_by(
    order: Order, known: Enrolment | None, learner: Learner, today: date, at: datetime
) -> Enrolment | EffectOutcome:
    """Return the enrolment as the order changes it, or the reason why nothing changes."""
    has = known if known is not None and known.assigned_by and known.removed_at is None else None
    if order.verb is OrderVerb.REMOVE:
        return EffectOutcome.NOTHING if has is None else replace(has, removed_at=at, revision=has.revision + 1)
    if has is not None and has.left_at:
        return EffectOutcome.LEFT
    if order.verb is OrderVerb.MOVE:
        return EffectOutcome.NOTHING if has is None else moved(order, has, today) or EffectOutcome.HAD_IT
    if has is not None and not order.restart:
        return EffectOutcome.HAD_IT
    return _assigned(order, known, learner, today)


def moved(order: Order, enrolment: Enrolment, today: date) -> Enrolment | None:
    """Return the enrolment with the order's first day, hour and days; None if these are the same or the enrolment is
    over.
    """
    first = max(order.first_day, today) if order.first_day else enrolment.first_day
    at, days = order.at or enrolment.at, order.days or enrolment.days
    if not enrolment.active or (first, at, days) == (enrolment.first_day, enrolment.at, enrolment.days):
        return None
    return replace(enrolment, first_day=first, at=at, days=days, revision=enrolment.revision + 1)


def _assigned(order: Order, known: Enrolment | None, learner: Learner, today: date) -> Enrolment:
    first = max(order.first_day, today) if order.first_day else today
    fresh = Enrolment(
        workspace_id=order.workspace_id,
        learner_id=learner.learner_id,
        track_id=order.track_id,
        first_day=first,
        assigned_by=order.admin_id,
        at=order.at,
        days=order.days,
        after_track=order.after_track,
    )
    if known is None:
        return fresh
    # a restart keeps the hour and days that the order doesn't name, since an admin chose them before
    has = bool(known.assigned_by) and known.removed_at is None
    kept = replace(
        known,
        first_day=first,
        assigned_by=order.admin_id,
        at=order.at or (known.at if has else None),
        days=order.days or (known.days if has else None),
        removed_at=None,
        after_track=order.after_track,
        # no admin knows that the learner had started and left it by themselves, so it counts as new
        left_at=None,
        revision=known.revision + 1,
        announced=known.announced and known.removed_at is None and known.left_at is None and not _anew(order, known),
    )
    if order.restart:
        return replace(kept, after_step=learner.steps, started_at=None, finished_at=None, closed=False)
    return kept


def _anew(order: Order, known: Enrolment) -> bool:
    """Return True if the track restarts for somebody who had begun: they are told why its first item comes again."""
    return order.restart and known.last_asking > 0


def refusal_of(learner: Learner | None) -> EffectOutcome | None:
    """Return the reason why this person can't be assigned anything, as the summary names it; None if they can."""
    if learner is None:
        return EffectOutcome.UNKNOWN
    if learner.foreign:
        return EffectOutcome.FOREIGN
    if learner.bot:
        return EffectOutcome.BOT
    return EffectOutcome.DEACTIVATED if learner.deleted else None
