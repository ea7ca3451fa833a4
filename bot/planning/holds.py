"""Pausing, resuming, and the signs of life that end a silence."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.agenda import REMINDERS
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.delivery_note import Later, Paused, Resumed
from bot.domain.local_time import local
from bot.domain.people import Hold, HoldKind
from bot.planning.folding import fold_others
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.store import deliveries


def pause(state: LearnerState, until: date | None = None, on: Delivery | None = None) -> None:
    """Send nothing unasked until `until` (local), *Resume* or *Start*. `on`: the message it was tapped in."""
    state.hold(HoldKind.PERSON, until)
    for delivery in state.pending:
        if delivery.put_off:
            state.retire(delivery, State.WITHDRAWN, "paused")
            _unsay(state, Later)
    _unsay(state, Resumed)
    if on is not None:
        state.touch(on, note=Paused(until))
    _owe_again(state)
    update_next_due(state, planned=True)


def resume(state: LearnerState) -> bool:
    """End a pause: the open item comes again at its hour. True when there was one."""
    if not state.release(HoldKind.PERSON):
        return False
    bring_again(state, resumed=True)
    update_next_due(state, planned=True)
    return True


def wake(state: LearnerState) -> None:
    """Any tap or word: it ends a silence, and shows that the person can be reached.

    While the last reminder is on its way it keeps the silence from beginning. The end of a pause, or of a status, is
    only noted on the next learning day: one that has come is over before anything is asked for.
    """
    over = end_expired(state)
    heard = state.release(HoldKind.SILENCE, HoldKind.UNREACHABLE)
    if heard or _on_its_last_word(state):
        bring_again(state)
    elif not over:
        return
    update_next_due(state, planned=True)


def end_expired(state: LearnerState) -> bool:
    """End what ends by a time that has come: a pause by its date, *away* with the status. True when one just did."""
    paused = _end_expired_pause(state)
    away = state.holds.get(HoldKind.AWAY)
    if away is None or (away.ends_at is not None and state.at < away.ends_at):
        return paused
    return _end_away(state, away) or paused


def follow_status(state: LearnerState, until: datetime | None) -> None:
    """Let *away* be what the learner's status says. `until`: when they are back; None when it doesn't say so."""
    away = state.holds.get(HoldKind.AWAY)
    if until == (away.ends_at if away is not None else None):
        return
    if until is not None:
        state.hold(HoldKind.AWAY, ends_at=until)
    elif away is not None:
        _end_away(state, away)
    update_next_due(state, planned=True)


def send_anyway(state: LearnerState) -> bool:
    """Let lessons come although the status says away, until it says something else. True when they waited."""
    away = state.holds.get(HoldKind.AWAY)
    if away is None or away.lifted_at is not None:
        return False
    state.lift(away)
    bring_again(state)
    update_next_due(state, planned=True)
    return True


def _end_away(state: LearnerState, away: Hold) -> bool:
    """The status has ended; True when it held something back until now."""
    state.release(HoldKind.AWAY)
    if away.lifted_at is not None:
        return False
    bring_again(state)
    return True


def _end_expired_pause(state: LearnerState) -> bool:
    pause = state.holds.get(HoldKind.PERSON)
    if pause is None or pause.until is None or local(state.at, state.learner.zone).date() < pause.until:
        return False
    state.release(HoldKind.PERSON)
    bring_again(state, resumed=True)
    return True


def _on_its_last_word(state: LearnerState) -> bool:
    """True while it isn't known whether the last reminder of the open item has come."""
    waiting = state.open
    if waiting is None or waiting.reminders < REMINDERS:
        return False
    return not any(d.claimable_at for d in state.messages_of(waiting) if d.slot is Slot.REMINDER)


def came(state: LearnerState, delivery: Delivery) -> None:
    """Slack has a message: a last reminder begins the silence, an item isn't owed any more, and stands here alone."""
    if delivery.slot is Slot.REMINDER and delivery.last_reminder:
        _fall_silent(state, delivery)
    elif delivery.slot is not Slot.REMINDER and delivery.asking_id is not None:
        asking = state.asking(delivery.asking_id)
        if asking is not None and asking.again:
            state.change_asking(asking, again=False)
        fold_others(state, delivery)


def _fall_silent(state: LearnerState, last: Delivery) -> None:
    """From now on the bot is quiet, unless there was a sign of life while the last reminder came."""
    waiting = state.open
    if waiting is None or waiting.asking_id != last.asking_id or waiting.reminders < REMINDERS:
        return
    state.hold(HoldKind.SILENCE)
    update_next_due(state, planned=True)


def bring_again(state: LearnerState, *, resumed: bool = False) -> None:
    """After a hold: the open item is owed once more, and reminders count anew.

    `resumed`: the hold was a pause, which no message says any more.
    """
    _owe_again(state)
    if resumed:
        _unsay(state, Paused)


def _unsay(state: LearnerState, kind: type[Later | Paused | Resumed]) -> None:
    """Take back a note that is no longer true from the messages that show it."""
    for delivery in deliveries.noted(state.session, state.workspace_id, state.learner_id, kind):
        state.touch(delivery, note=None)


def _owe_again(state: LearnerState) -> None:
    waiting = state.open
    if waiting is not None:
        state.change_asking(waiting, again=True, reminders=0)
