"""The open item: how it begins, how it is skipped, and what becomes of its unsent messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from uuid import uuid4

from bot.domain import agenda
from bot.domain.choice_order import drawn_order
from bot.domain.content import Item, Track, asked_with, wordings
from bot.domain.delivery import Asking, Delivery, Outcome, State
from bot.domain.local_time import instant, local
from bot.domain.questions import AnyQuestion
from bot.domain.samples import Sample, draw
from bot.planning.learner_state import LearnerState
from bot.planning.preface import preface
from bot.store import askings, deliveries


def open_item(state: LearnerState, chosen: agenda.NewItem) -> Asking:
    """Open an item: from now on it is the learner's one open item."""
    learner = state.learner
    item = state.catalogue.items[chosen.item_id]
    number = learner.askings + 1
    enrolment = next(e for e in state.situation.enrolments if e.track_id == chosen.track_id)
    track = state.catalogue.tracks[chosen.track_id]
    if len(agenda.remaining(track, enrolment, state.done)) == len(track.items):
        _draw_sample(state, track)
    question, ticked = _wording(state, item), item.id in enrolment.ticked
    asking_id = uuid4().hex
    asking = Asking(
        workspace_id=learner.workspace_id,
        asking_id=asking_id,
        learner_id=learner.learner_id,
        number=number,
        item_id=item.id,
        track_id=chosen.track_id,
        content_hash=askings.later_keep(state.session, learner.workspace_id, asked_with(item, question)),
        opened_at=state.at,
        again=False,
        preface=preface(track, enrolment, state.situation.done) if chosen.announce else "",
        question_id=question.id,
        choice_order=drawn_order(question, learner.workspace_id, learner.learner_id, str(number)),
        asks_first=item.ask_first or ticked,
        text_shown=not (item.ask_first or ticked),
        ticked=ticked,
    )
    state.add_asking(asking)
    welcome = state.welcome
    if welcome is not None and not learner.welcome_done:
        state.touch(welcome)
    state.change_learner(askings=number, welcome_done=True, **_first_guess(state, asking))
    state.save_enrolment(replace(enrolment, last_asking=number, announced=True))
    return asking


def _wording(state: LearnerState, item: Item) -> AnyQuestion:
    """Return the first wording of an item; for one that comes again, the one that was asked least recently."""
    free = state.for_reviews(item)
    first, *others = free if len(free) > 1 else state.askable(item)
    if not others or not state.learner.askings:
        return first
    asked = askings.last_asked(state.session, state.workspace_id, state.learner_id, [item.id])
    return min((first, *others), key=lambda question: asked.get((item.id, question.id), 0))


def _draw_sample(state: LearnerState, track: Track) -> None:
    """Draw the items by which it is told whether the track worked; once, also where it is begun again."""
    if any(sample.track_id == track.id for sample in state.samples):
        return
    items = [state.catalogue.items[item_id] for item_id in track.items]
    for item_id in draw(state.learner_id, track.id, {item.id: len(wordings(item)) for item in items}):
        state.save_sample(
            Sample(
                workspace_id=state.workspace_id,
                learner_id=state.learner_id,
                track_id=track.id,
                item_id=item_id,
                drawn_on=state.today,
            )
        )


def _first_guess(state: LearnerState, asking: Asking) -> dict[str, str]:
    """Return the change to a learner who is asked before they are told for the first time."""
    guesses = asking.asks_first and not asking.ticked
    return {"first_guess": asking.asking_id} if guesses and state.learner.first_guess is None else {}


def skip(state: LearnerState, asking: Asking) -> None:
    """Close an open item without a result, so that it holds nothing back."""
    state.change_asking(asking, outcome=Outcome.SKIPPED, again=False, **({"text_shown": True} if asking.ticked else {}))
    withdraw_pending(state, asking)
    for delivery in state.messages_of(asking):
        if delivery.ts is not None:
            state.touch(delivery, note=None)


def withdraw_pending(state: LearnerState, asking: Asking) -> None:
    """Withdraw unsent messages of an item that needn't come any more; their dates may bring something else."""
    for delivery in state.messages_of(asking):
        if delivery.claimable_at is not None:
            state.retire(delivery, State.WITHDRAWN, "dealt with before")
            plan_anew(state, delivery)


def plan_anew(state: LearnerState, delivery: Delivery) -> None:
    """Let the tick plan a date again after its message was withdrawn unsent."""
    if delivery.claimed_date is not None and not pass_on_date(state, delivery):
        state.change_learner(next_due_on=delivery.claimed_date, next_due_at=delivery.due_at)


def pass_on_date(state: LearnerState, withdrawn: Delivery) -> bool:
    """Give the date of a withdrawn message to an item that was requested on it; return True if there is one.

    An uncertain message keeps its date, so what is requested meanwhile claims none.
    """
    if withdrawn.claimed_date is None:
        return False
    zone = state.learner.zone
    midnight = instant(withdrawn.claimed_date, time(0), zone)
    for other in deliveries.asked_since(state.session, state.workspace_id, state.learner_id, midnight):
        comes = other.ts or other.claimable_at or other.lease_real
        if comes and local(other.due_at, zone).date() == withdrawn.claimed_date:
            state.change_delivery(other, claimed_date=withdrawn.claimed_date)
            return True
    return False
