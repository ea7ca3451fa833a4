"""A learner's date: place its one message, or record that it was missed."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain import agenda
from bot.domain.delivery import Asking, Slot, State
from bot.domain.people import HoldKind, Learner
from bot.services.holds import end_expired
from bot.services.house import House
from bot.services.reschedule import due_instant, reschedule
from bot.services.standing import Standing, closing_about, look, new, open_item, settle
from bot.services.unsent import miss_stale
from bot.store import askings, deliveries, enrolments, learners
from bot.store.database import Session


def plan_day(session: Session, house: House, workspace_id: str, learner_id: str, at: datetime) -> None:
    """Settle every date of a learner up to `at` that isn't settled yet. Placing twice is impossible: see the store."""
    standing = settle(session, house, workspace_id, learner_id, at)
    if standing is None or standing.learner.next_due_at is None or standing.learner.next_due_at > at:
        return
    if miss_stale(session, standing, at):
        standing = look(session, house, workspace_id, learner_id) or standing
    standing = _end_expired(session, house, standing, at)
    today = standing.hours.today(at)
    first = min(standing.learner.next_due_on or today, today)
    if not standing.held(today):
        _settle_dates(session, house, standing, first, today, at)
    reschedule(session, house, workspace_id, learner_id, at, planned=True)


def catch_up(session: Session, house: House, learner: Learner | None, at: datetime) -> None:
    """Settle what the tick hasn't come to yet, before something else changes what is due.

    A host that has slept may hear of a tap before its first tick.
    """
    if learner is not None and learner.next_due_at is not None and learner.next_due_at <= at:
        plan_day(session, house, learner.workspace_id, learner.learner_id, at)


def _end_expired(session: Session, house: House, standing: Standing, at: datetime) -> Standing:
    if not end_expired(session, house, standing.learner, standing.holds, at):
        return standing
    return look(session, house, standing.learner.workspace_id, standing.learner.learner_id) or standing


def _settle_dates(session: Session, house: House, standing: Standing, first: date, today: date, at: datetime) -> None:
    learner = standing.learner
    taken = deliveries.at_place(session, learner.workspace_id, learner.learner_id, first)
    for day in standing.hours.learning_days(first):
        if day > today:
            return
        known = taken.get(day)
        if known is not None and known.state is not State.MISSED:
            continue
        decision = agenda.decide(standing.situation, standing.catalogue, standing.hours, day)
        if decision is None or due_instant(standing, decision, day, at) > at:
            continue
        if isinstance(decision, agenda.Remind) and _came_on(session, standing, decision.asking) >= day:
            # the learner flew, and where they are now the item came on this very date
            continue
        if isinstance(decision, agenda.FallSilent):
            learners.hold(session, learner, HoldKind.SILENCE, at)
            return
        if at >= standing.hours.cutoff(day):
            if known is None:
                _miss(session, standing, day, at)
            continue
        if known is not None:
            deliveries.drop_missed(session, learner.workspace_id, learner.learner_id, day)
        _place(session, house, standing, decision, day, at)
        return


def _came_on(session: Session, standing: Standing, asking: Asking) -> date:
    """The last date, where the learner is now, on which an item came or was to come."""
    sent = deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
    comes = (d for d in sent if d.slot is not Slot.REMINDER and (d.ts or d.claimable_at or d.lease_real))
    return max((standing.hours.today(d.due_at) for d in comes), default=date.min)


def _miss(session: Session, standing: Standing, day: date, at: datetime) -> None:
    delivery = new(standing.learner, Slot.DAILY, at, place=day)
    if deliveries.add(session, delivery):
        deliveries.retire(session, delivery, State.MISSED, "nothing could be sent in time")


def _place(
    session: Session, house: House, standing: Standing, decision: agenda.Decision, day: date, at: datetime
) -> None:
    learner = standing.learner
    match decision:
        case agenda.Welcome():
            deliveries.add(session, new(learner, Slot.WELCOME, at, place=day, once=Slot.WELCOME.value))
            for enrolment, _ in agenda.active(standing.situation, standing.catalogue):
                enrolments.update(session, enrolment, announced=True)
        case agenda.BringAgain(asking):
            deliveries.add(session, new(learner, Slot.DAILY, at, place=day, asking=asking))
            askings.update(session, asking, again=False, reminders=0, not_before=None)
        case agenda.Remind(asking):
            deliveries.add(
                session, new(learner, Slot.REMINDER, at, place=day, asking=asking, about={"last": decision.last})
            )
            askings.update(session, asking, reminders=asking.reminders + 1)
        case agenda.Close(track_id):
            about = closing_about(standing, track_id, house.defaults_of(learner.workspace_id))
            deliveries.add(session, new(learner, Slot.CLOSING, at, place=day, about=about))
            enrolment = next(e for e in standing.situation.enrolments if e.track_id == track_id)
            enrolments.update(session, enrolment, closed=True)
        case agenda.NewItem():
            asking = open_item(session, house, standing, decision, at)
            deliveries.add(session, new(learner, Slot.DAILY, at, place=day, asking=asking))
