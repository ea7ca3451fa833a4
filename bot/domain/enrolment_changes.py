"""What an order makes of one enrolment, or why it changes nothing. Nothing is stored here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.orders import Order
from bot.domain.people import Enrolment, Learner

HAD_IT = "had_it"
LEFT = "left"
FINISHED = "finished"
"""It is theirs (again), and nothing is left in it."""


def changed_by(order: Order, known: Enrolment | None, learner: Learner, today: date, at: datetime) -> Enrolment | str:
    """The enrolment as the order wants it, or why nothing changes."""
    has = known if known is not None and known.assigned_by and known.removed_at is None else None
    if order.verb == "remove":
        return "nothing" if has is None else replace(has, removed_at=at, revision=has.revision + 1)
    if has is not None and has.left_at:
        return LEFT
    if order.verb == "move":
        return "nothing" if has is None else moved(order, has, today) or HAD_IT
    if has is not None and not order.restart:
        return HAD_IT
    return _assigned(order, known, learner, today)


def moved(order: Order, enrolment: Enrolment, today: date) -> Enrolment | None:
    """The enrolment with the first day, hour and days that the order names; None where that is as it was, or over."""
    first = max(order.first_day, today) if order.first_day else enrolment.first_day
    at, days = order.at or enrolment.at, order.days or enrolment.days
    if not enrolment.active or (first, at, days) == (enrolment.first_day, enrolment.at, enrolment.days):
        return None
    return replace(enrolment, first_day=first, at=at, days=days, revision=enrolment.revision + 1)


def _assigned(order: Order, known: Enrolment | None, learner: Learner, today: date) -> Enrolment:
    first = max(order.first_day, today) if order.first_day else today
    fresh = Enrolment(
        order.workspace_id, learner.learner_id, order.track_id, first, order.admin_id, order.at, order.days
    )
    if known is None:
        return fresh
    # whoever has it and starts it again keeps what isn't named: an hour that was set for them is no slip
    has = bool(known.assigned_by) and known.removed_at is None
    kept = replace(
        known,
        first_day=first,
        assigned_by=order.admin_id,
        at=order.at or (known.at if has else None),
        days=order.days or (known.days if has else None),
        removed_at=None,
        # started by themselves and left, which no admin knows: as if they had never had it
        left_at=None,
        revision=known.revision + 1,
        announced=known.announced and known.removed_at is None and known.left_at is None and not _anew(order, known),
    )
    if order.restart:
        return replace(kept, after_step=learner.steps, finished_at=None, closed=False)
    return kept


def _anew(order: Order, known: Enrolment) -> bool:
    """It begins anew for somebody who had begun: they are told why its first item comes again."""
    return order.restart and known.last_asking > 0


def refusal_of(learner: Learner | None) -> str:
    """Why nobody can be assigned anything, as one of the summary's reasons; "" for everybody else."""
    if learner is None:
        return "unknown"
    if learner.foreign:
        return "foreign"
    return "bot" if learner.bot else "deactivated" if learner.deleted else ""
