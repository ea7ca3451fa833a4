"""Pausing, resuming, and the signs of life that end a silence."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.agenda import REMINDERS
from bot.domain.delivery import Delivery, State
from bot.domain.people import HoldKind, Learner
from bot.services.house import House
from bot.services.reschedule import reschedule
from bot.store import askings, deliveries, learners
from bot.store.database import Session


def pause(
    session: Session,
    house: House,
    learner: Learner,
    at: datetime,
    until: date | None = None,
    on: Delivery | None = None,
) -> None:
    """Send nothing unasked until `until` (local), *Resume* or *Start*. `on`: the message it was tapped in."""
    learners.hold(session, learner, HoldKind.PERSON, at, until)
    for delivery in deliveries.pending(session, learner.workspace_id, learner.learner_id):
        if delivery.about.get("later"):
            deliveries.retire(session, delivery, State.WITHDRAWN, "paused")
            _unsay(session, house, learner, "later")
    _unsay(session, house, learner, "resumed")
    if on is not None:
        note = f"paused|{until.isoformat() if until else ''}"
        deliveries.touch(session, on, house.clock.real(), note=note)
    _owe_again(session, learner)
    reschedule(session, house, learner.workspace_id, learner.learner_id, at, planned=True)


def resume(session: Session, house: House, learner: Learner, at: datetime) -> bool:
    """End a pause: the open item comes again at its hour. True when there was one."""
    if not learners.release(session, learner, HoldKind.PERSON):
        return False
    bring_again(session, house, learner, resumed=True)
    reschedule(session, house, learner.workspace_id, learner.learner_id, at, planned=True)
    return True


def wake(session: Session, house: House, workspace_id: str, learner_id: str, at: datetime) -> None:
    """Any tap or word: it ends a silence, and shows that the person can be reached.

    After the last reminder it keeps the silence from beginning, which is only noted on the next learning day.
    """
    learner = learners.get(session, workspace_id, learner_id)
    if learner is None:
        return
    if learners.release(session, learner, HoldKind.SILENCE, HoldKind.UNREACHABLE):
        bring_again(session, house, learner)
    elif not askings.owe_after_last_word(session, workspace_id, learner_id, REMINDERS):
        return
    reschedule(session, house, workspace_id, learner_id, at, planned=True)


def silence_announced(session: Session, learner: Learner) -> bool:
    """True when the open item's last reminder was placed."""
    waiting = askings.open_of(session, learner.workspace_id, learner.learner_id)
    return waiting is not None and waiting.reminders >= REMINDERS


def bring_again(session: Session, house: House, learner: Learner, *, resumed: bool = False) -> None:
    """After a hold: the open item is owed once more, and reminders count anew.

    `resumed`: the hold was a pause, which no message says any more.
    """
    _owe_again(session, learner)
    if resumed:
        _unsay(session, house, learner, "paused")


def _unsay(session: Session, house: House, learner: Learner, kind: str) -> None:
    """Take back a note that is no longer true from the messages that show it."""
    for delivery in deliveries.noted(session, learner.workspace_id, learner.learner_id, kind):
        deliveries.touch(session, delivery, house.clock.real(), note=None)


def _owe_again(session: Session, learner: Learner) -> None:
    waiting = askings.open_of(session, learner.workspace_id, learner.learner_id)
    if waiting is not None:
        askings.update(session, waiting, again=True, reminders=0)
