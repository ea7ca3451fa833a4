"""Holds: pauses, silences and away statuses, and what ends them."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.delivery import Delivery, Slot, State
from bot.domain.delivery_note import Later, Paused, Resumed
from bot.domain.local_time import local
from bot.domain.people import Hold, HoldKind
from bot.domain.reminders import REMINDERS
from bot.planning.full_message import fold_others
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.store import deliveries


def pause(state: LearnerState, until: date | None = None, on: Delivery | None = None) -> None:
    """Hold unasked messages until `until` (local), *Resume* or *Start*. `on`: the message it was tapped in."""
    state.hold(HoldKind.PERSON, until)
    put_off = False
    for delivery in state.pending:
        if delivery.put_off:
            state.retire(delivery, State.WITHDRAWN, "paused")
            put_off = True
    if put_off:
        _unsay(state, Later)
    _unsay(state, Resumed)
    if on is not None:
        state.touch(on, note=Paused(until))
    _owe_again(state)
    update_next_due(state, planned=True)


def resume(state: LearnerState) -> bool:
    """End a pause, so that the open item comes again at its hour; return True if there was one."""
    if not state.release(HoldKind.PERSON):
        return False
    bring_again(state, resumed=True)
    update_next_due(state, planned=True)
    return True


def wake(state: LearnerState) -> None:
    """End a silence, since any tap or typed word is a sign of life, and note that the person can be reached.

    While the last reminder is being sent, this prevents the silence after it. Planning ends a pause or an away status
    only on the next learning day, so one that is over is ended here first.
    """
    if state.learner.lone_unanswered:
        state.change_learner(lone_unanswered=0)
        update_next_due(state)
    over = end_expired(state)
    heard = state.release(HoldKind.SILENCE, HoldKind.UNREACHABLE)
    if heard or _on_its_last_word(state):
        bring_again(state)
    elif not over:
        return
    update_next_due(state, planned=True)


def end_expired(state: LearnerState) -> bool:
    """End holds whose time has come: a pause by its date, *away* with the status. Return True if one just ended."""
    paused = _end_expired_pause(state)
    away = state.holds.get(HoldKind.AWAY)
    if away is None or (away.ends_at is not None and state.at < away.ends_at):
        return paused
    return _end_away(state, away) or paused


def follow_status(state: LearnerState, until: datetime | None) -> None:
    """Set *away* by the learner's status. `until`: the end of a holiday status; None for any other status."""
    away = state.holds.get(HoldKind.AWAY)
    if until == (away.ends_at if away is not None else None):
        return
    if until is not None:
        state.hold(HoldKind.AWAY, ends_at=until)
    elif away is not None:
        _end_away(state, away)
    update_next_due(state, planned=True)


def send_anyway(state: LearnerState) -> bool:
    """Lift *away*, until the status changes; return True if messages waited for it."""
    away = state.holds.get(HoldKind.AWAY)
    if away is None or away.lifted_at is not None:
        return False
    state.lift(away)
    bring_again(state)
    update_next_due(state, planned=True)
    return True


def _end_away(state: LearnerState, away: Hold) -> bool:
    """End *away* with its status; return True if it held something back until now."""
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
    """Return True while it isn't known whether the last reminder of the open item has arrived."""
    waiting = state.open
    if waiting is None or waiting.reminders < REMINDERS:
        return False
    return not any(d.claimable_at for d in state.messages_of(waiting) if d.slot is Slot.REMINDER)


def came(state: LearnerState, delivery: Delivery) -> None:
    """Record that Slack has a message: a last reminder begins the silence, and an item needn't be sent again and stands
    here alone.
    """
    state.note_told(delivery)
    if delivery.slot is Slot.REMINDER and delivery.last_reminder:
        _fall_silent(state, delivery)
    elif delivery.slot is not Slot.REMINDER and delivery.asking_id is not None:
        asking = state.asking(delivery.asking_id)
        if asking is not None and asking.again:
            state.change_asking(asking, again=False)
        fold_others(state, delivery)


def _fall_silent(state: LearnerState, last: Delivery) -> None:
    """Begin the silence, unless there was a sign of life while the last reminder was sent."""
    waiting = state.open
    if waiting is None or waiting.asking_id != last.asking_id or waiting.reminders < REMINDERS:
        return
    state.hold(HoldKind.SILENCE)
    update_next_due(state, planned=True)


def bring_again(state: LearnerState, *, resumed: bool = False) -> None:
    """Let the open item come again after a hold, with its reminders counted anew.

    `resumed`: the hold was a pause, and no message says so any more.
    """
    _owe_again(state)
    if resumed:
        _unsay(state, Paused)


def _unsay(state: LearnerState, kind: type[Later | Paused | Resumed]) -> None:
    """Remove a note that is no longer true from the messages that show it."""
    for delivery in deliveries.noted(state.session, state.workspace_id, state.learner_id, kind):
        state.touch(delivery, note=None)


def _owe_again(state: LearnerState) -> None:
    waiting = state.open
    if waiting is not None:
        state.change_asking(waiting, again=True, reminders=0)
