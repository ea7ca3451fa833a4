"""Pausing, resuming, and the signs of life that end a silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.context import AppContext
from bot.domain.agenda import REMINDERS
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.delivery_note import Later, Paused, Resumed
from bot.domain.local_time import local
from bot.domain.people import Hold, HoldKind, Learner
from bot.planning.folding import fold_others
from bot.planning.next_due import update_next_due
from bot.store import askings, deliveries, learners
from bot.store.database import Session


def pause(
    session: Session,
    ctx: AppContext,
    learner: Learner,
    at: datetime,
    until: date | None = None,
    on: Delivery | None = None,
) -> None:
    """Send nothing unasked until `until` (local), *Resume* or *Start*. `on`: the message it was tapped in."""
    learners.hold(session, learner, HoldKind.PERSON, at, until)
    for delivery in deliveries.pending(session, learner.workspace_id, learner.learner_id):
        if delivery.put_off:
            deliveries.retire(session, delivery, State.WITHDRAWN, "paused")
            _unsay(session, ctx, learner, Later)
    _unsay(session, ctx, learner, Resumed)
    if on is not None:
        deliveries.touch(session, on, ctx.clock.real(), note=Paused(until))
    _owe_again(session, learner)
    update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at, planned=True)


def resume(session: Session, ctx: AppContext, learner: Learner, at: datetime) -> bool:
    """End a pause: the open item comes again at its hour. True when there was one."""
    if not learners.release(session, learner, HoldKind.PERSON):
        return False
    bring_again(session, ctx, learner, resumed=True)
    update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at, planned=True)
    return True


def wake(session: Session, ctx: AppContext, workspace_id: str, learner_id: str, at: datetime) -> None:
    """Any tap or word: it ends a silence, and shows that the person can be reached.

    While the last reminder is on its way it keeps the silence from beginning. The end of a pause, or of a status, is
    only noted on the next learning day: one that has come is over before anything is asked for.
    """
    learner = learners.get(session, workspace_id, learner_id)
    if learner is None:
        return
    over = end_expired(session, ctx, learner, learners.holds(session, workspace_id, learner_id), at)
    heard = learners.release(session, learner, HoldKind.SILENCE, HoldKind.UNREACHABLE)
    if heard or _on_its_last_word(session, learner):
        bring_again(session, ctx, learner)
    elif not over:
        return
    update_next_due(session, ctx, workspace_id, learner_id, at, planned=True)


def end_expired(
    session: Session, ctx: AppContext, learner: Learner, holds: Mapping[HoldKind, Hold], at: datetime
) -> bool:
    """End what ends by a time that has come: a pause by its date, *away* with the status. True when one just did."""
    paused = _end_expired_pause(session, ctx, learner, holds, at)
    away = holds.get(HoldKind.AWAY)
    if away is None or (away.ends_at is not None and at < away.ends_at):
        return paused
    return _end_away(session, ctx, learner, away) or paused


def follow_status(session: Session, ctx: AppContext, learner: Learner, until: datetime | None, at: datetime) -> None:
    """Let *away* be what the learner's status says. `until`: when they are back; None when it doesn't say so."""
    away = learners.holds(session, learner.workspace_id, learner.learner_id).get(HoldKind.AWAY)
    if until == (away.ends_at if away is not None else None):
        return
    if until is not None:
        learners.hold_away(session, learner, at, until)
    elif away is not None:
        _end_away(session, ctx, learner, away)
    update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at, planned=True)


def send_anyway(session: Session, ctx: AppContext, learner: Learner, at: datetime) -> bool:
    """Let lessons come although the status says away, until it says something else. True when they waited."""
    away = learners.holds(session, learner.workspace_id, learner.learner_id).get(HoldKind.AWAY)
    if away is None or away.lifted_at is not None:
        return False
    learners.lift(session, away, at)
    bring_again(session, ctx, learner)
    update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at, planned=True)
    return True


def _end_away(session: Session, ctx: AppContext, learner: Learner, away: Hold) -> bool:
    """The status has ended; True when it held something back until now."""
    learners.release(session, learner, HoldKind.AWAY)
    if away.lifted_at is not None:
        return False
    bring_again(session, ctx, learner)
    return True


def _end_expired_pause(
    session: Session, ctx: AppContext, learner: Learner, holds: Mapping[HoldKind, Hold], at: datetime
) -> bool:
    pause = holds.get(HoldKind.PERSON)
    if pause is None or pause.until is None or local(at, learner.zone).date() < pause.until:
        return False
    learners.release(session, learner, HoldKind.PERSON)
    bring_again(session, ctx, learner, resumed=True)
    return True


def _on_its_last_word(session: Session, learner: Learner) -> bool:
    """True while it isn't known whether the last reminder of the open item has come."""
    waiting = askings.open_of(session, learner.workspace_id, learner.learner_id)
    if waiting is None or waiting.reminders < REMINDERS:
        return False
    sent = deliveries.of_asking(session, waiting.workspace_id, waiting.asking_id)
    return not any(d.claimable_at for d in sent if d.slot is Slot.REMINDER)


def came(session: Session, ctx: AppContext, delivery: Delivery, at: datetime) -> None:
    """Slack has a message: a last reminder begins the silence, an item isn't owed any more, and stands here alone."""
    if delivery.slot is Slot.REMINDER and delivery.last_reminder:
        _fall_silent(session, ctx, delivery, at)
    elif delivery.slot is not Slot.REMINDER and delivery.asking_id is not None:
        askings.no_longer_owed(session, delivery.workspace_id, delivery.asking_id)
        fold_others(session, ctx, delivery)


def _fall_silent(session: Session, ctx: AppContext, last: Delivery, at: datetime) -> None:
    """From now on the bot is quiet, unless there was a sign of life while the last reminder came."""
    learner = learners.get(session, last.workspace_id, last.learner_id, lock=True)
    waiting = askings.open_of(session, last.workspace_id, last.learner_id)
    if learner is None or waiting is None or waiting.asking_id != last.asking_id or waiting.reminders < REMINDERS:
        return
    learners.hold(session, learner, HoldKind.SILENCE, at)
    update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at, planned=True)


def bring_again(session: Session, ctx: AppContext, learner: Learner, *, resumed: bool = False) -> None:
    """After a hold: the open item is owed once more, and reminders count anew.

    `resumed`: the hold was a pause, which no message says any more.
    """
    _owe_again(session, learner)
    if resumed:
        _unsay(session, ctx, learner, Paused)


def _unsay(session: Session, ctx: AppContext, learner: Learner, kind: type[Later | Paused | Resumed]) -> None:
    """Take back a note that is no longer true from the messages that show it."""
    for delivery in deliveries.noted(session, learner.workspace_id, learner.learner_id, kind):
        deliveries.touch(session, delivery, ctx.clock.real(), note=None)


def _owe_again(session: Session, learner: Learner) -> None:
    waiting = askings.open_of(session, learner.workspace_id, learner.learner_id)
    if waiting is not None:
        askings.update(session, waiting, again=True, reminders=0)
