"""The learner's word on a review or an answer: how sure they are, that it was a slip, what to keep or to leave out."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from bot.actions.answer import entry_without_answer, find
from bot.domain.cards import Card, Wish
from bot.domain.delivery import CONFIDENCE, FIRST_ANSWER, OVER, SLIP, Outcome, Reason, Slot
from bot.domain.delivery_subject import Reviews
from bot.errors import UnknownButtonError
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.planning.reviews import ask, choose, open_review, renew, settle_picks, wish
from bot.store import deliveries, responses


def tell_confidence(state: LearnerState, delivery_id: str, request_id: str, asking_id: str, *, sure: bool) -> bool:
    """Record how sure an answer was, and show the reasons; return False if that is over already.

    It is asked after a review, and after an item that somebody ticked as known: its text follows, unless they were
    right and sure.

    Raises:
        UnknownButtonError: no such message of this learner, or nothing of it that was answered and asks for this.
    """
    delivery, asking = find(state, delivery_id, asking_id)
    given, is_item = state.answer_to(asking), asking.reason is Reason.ITEM
    if given is None or (is_item and not asking.ticked):
        raise UnknownButtonError(f"{delivery_id}.{asking_id}")
    if not state.unrated(asking):
        state.show(asking)
        return False
    entry = entry_without_answer(state, asking, "confidence", request_id)
    state.record(replace(entry, attempt=CONFIDENCE, response={"sure": sure}))
    if not is_item:
        state.change_asking(asking, outcome=Outcome.ANSWERED)
    elif not (given.right and sure):
        state.change_asking(asking, text_shown=True)
    state.show(asking)
    renew(state, asking.item_id)
    open_review(state, delivery)
    update_next_due(state)
    return True


class Brought(StrEnum):
    """The results of asking for reviews."""

    COMING = "coming"
    ENOUGH = "enough"
    """The day's dose is used up, or what is due doesn't fit."""
    NOTHING = "nothing"


def bring_reviews(state: LearnerState, caused_by: str) -> Brought:
    """Bring what is due now, in a message of its own; a repeated request brings nothing again."""
    if deliveries.by_request(state.session, state.workspace_id, state.learner_id, caused_by) is not None:
        return Brought.COMING
    settle_picks(state)
    chosen = choose(state)
    if chosen is None:
        first = state.reviews_from
        return Brought.ENOUGH if first is not None and first <= state.today else Brought.NOTHING
    ask(state, state.add(Slot.ASKED, caused_by=caused_by, about=Reviews(asked_for=True)), chosen)
    update_next_due(state)
    return Brought.COMING


def void(state: LearnerState, delivery_id: str, request_id: str, asking_id: str) -> bool:
    """Void the newest answer, which was a slip: it counts as read. Return False where it isn't the newest, or is void.

    Raises:
        UnknownButtonError: no such message of this learner, or nothing was answered.
    """
    _, asking = find(state, delivery_id, asking_id)
    if state.response_to(asking, FIRST_ANSWER) is None:
        raise UnknownButtonError(f"{delivery_id}.{asking_id}")
    newest = responses.newest(state.session, state.workspace_id, state.learner_id)
    if newest != asking.asking_id or state.response_to(asking, SLIP) is not None:
        return False
    state.record(replace(entry_without_answer(state, asking, "slip", request_id), attempt=SLIP))
    if asking.outcome not in OVER:
        state.change_asking(asking, outcome=Outcome.READ)
    state.show(asking)
    renew(state, asking.item_id)
    update_next_due(state)
    return True


def remember(state: LearnerState, item_id: str) -> Card:
    """Let an item come back, whatever was answered; return its card.

    Raises:
        UnknownButtonError: there is no such item.
    """
    if item_id not in state.catalogue.items:
        raise UnknownButtonError(item_id)
    return _wished(state, item_id, Wish.REMEMBER)


def drop(state: LearnerState, delivery_id: str, asking_id: str) -> Card:
    """Never ask an item again, until it is taken back; return its card.

    Raises:
        UnknownButtonError: no such message of this learner, or no review of it.
    """
    _, asking = find(state, delivery_id, asking_id)
    if asking.reason is Reason.ITEM:
        raise UnknownButtonError(f"{delivery_id}.{asking_id}")
    card = _wished(state, asking.item_id, Wish.DROP)
    if asking.outcome is None:
        # what was answered in time counts all the same
        in_time = state.answer_to(asking) is not None
        state.change_asking(asking, outcome=Outcome.ANSWERED if in_time else Outcome.DROPPED)
    state.show(asking)
    return card


def take_back(state: LearnerState, item_id: str) -> Card | None:
    """Ask an item again that was dropped or retired; return its card, None where it never had one."""
    return _wished(state, item_id, Wish.RESTORE) if state.card_of(item_id) is not None else None


def _wished(state: LearnerState, item_id: str, what: Wish) -> Card:
    blank = Card(workspace_id=state.workspace_id, learner_id=state.learner_id, item_id=item_id)
    (card,) = wish(state, what, state.card_of(item_id) or blank)
    update_next_due(state)
    return card
