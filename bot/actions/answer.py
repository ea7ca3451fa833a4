"""A learner's response to an item: an answer, read, or known. The first one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.content import question_of
from bot.domain.delivery import FIRST_ANSWER, NO_ANSWER, WRONG_TRY, Asking, Delivery, LoggedResponse, Outcome, Reason
from bot.domain.questions import NoResponseError
from bot.errors import UnknownButtonError
from bot.planning.full_message import show_here
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.planning.open_item import withdraw_pending
from bot.planning.reviews import first_review_on, open_review, read_cards, renew
from bot.planning.tidy import tidy
from bot.store import askings
from bot.store.cards import answered


def find(state: LearnerState, delivery_id: str, asking_id: str = "") -> tuple[Delivery, Asking]:
    """Return the message a tap is in, and the asking it is about.

    `asking_id`: "" for the first asking of the message.

    Raises:
        UnknownButtonError: there is none, it is somebody else's, or it doesn't ask this.
    """
    delivery = state.delivery(delivery_id)
    if delivery is None:
        raise UnknownButtonError(delivery_id)
    asking = state.asking(delivery.asking_id) if delivery.asking_id is not None else None
    if asking_id and asking_id != delivery.asking_id:
        asking = next((each for each in state.askings_beside(delivery) if each.asking_id == asking_id), None)
    if asking is None:
        raise UnknownButtonError(f"{delivery_id}.{asking_id}")
    if delivery.folded:
        # on a device that still shows the whole item; what comes of the tap is shown there
        show_here(state, delivery)
    return delivery, asking


def find_item(state: LearnerState, delivery_id: str, asking_id: str = "") -> tuple[Delivery, Asking]:
    """Return the same as `find` for an item, which can be put off, read or known.

    Raises:
        UnknownButtonError: as `find`, or it asks for another reason.
    """
    delivery, asking = find(state, delivery_id, asking_id)
    if asking.reason is not Reason.ITEM:
        raise UnknownButtonError(f"{asking.reason} {asking.asking_id}")
    return delivery, asking


def answer(state: LearnerState, delivery_id: str, picked: Sequence[str], request_id: str, asking_id: str = "") -> bool:
    """Record an answer, graded by its question as delivered; return False if that changes nothing.

    The first one counts. Where a question allows a second try, a wrong first one doesn't count, nor does the same once
    more.

    `picked`: the values that were picked in the message, or the text that was written.

    Raises:
        NoResponseError: the learner gave something that can't be graded.
        UnknownButtonError: no such message of this learner, or no such answer to it.
    """
    delivery, asking = find(state, delivery_id, asking_id)
    question = question_of(askings.asked_item(state.session, asking))
    counted = state.answer_to(asking) is not None
    try:
        response = question.respond(picked)
    except NoResponseError:
        if not counted:
            raise
        state.show(asking)
        return False
    except ValueError as error:
        raise UnknownButtonError(f"{error}, {asking.item_id}") from error
    entry, right = entry_without_answer(state, asking, question.kind, request_id), question.grade(response)
    entry = replace(entry, response=response.pack(), right=right, guessed=asking.holds_back and not asking.ticked)
    tried = state.response_to(asking, WRONG_TRY) if question.tries > 1 and not counted else None
    if counted or (tried is not None and tried.response == entry.response):
        state.show(asking)
        return False
    if question.tries > 1 and not right and tried is None:
        state.record(replace(entry, attempt=WRONG_TRY))
        state.show(asking)
        return True
    _count(state, delivery, asking, replace(entry, attempt=FIRST_ANSWER))
    return True


def _count(state: LearnerState, delivery: Delivery, asking: Asking, given: LoggedResponse) -> None:
    """Record the answer that counts; an item that waited for it is done, a review waits for a word on confidence."""
    if asking.reason is Reason.ITEM and asking.outcome in {None, Outcome.SKIPPED}:
        read_cards(state, asking)
        state.record(given)
        renew(state, asking.item_id, answered(given, asking.reason, None))
        _close(state, delivery, asking, Outcome.ANSWERED, given.request_id)
        return
    state.record(given)
    if asking.reason is not Reason.ITEM:
        state.show(asking)
        if asking.outcome is None:
            renew(state, asking.item_id)
    else:
        # it was read or known before and counts from then: a track that was begun anew since has yet to bring it
        state.change_asking(asking, outcome=Outcome.ANSWERED)
        state.show(asking)
        renew(state, asking.item_id)


def show_text(state: LearnerState, delivery_id: str, asking_id: str = "") -> None:
    """Show the text of an item that asks first, in all its messages; an answer from now on is no guess, and
    whoever ticked it isn't asked how sure they were.

    Raises:
        UnknownButtonError: no such message of this learner, or no item that it asks of.
    """
    _, asking = find_item(state, delivery_id, asking_id)
    if asking.holds_back or asking.vouched:
        state.change_asking(asking, text_shown=True)
    state.show(asking)


def leave(state: LearnerState, delivery_id: str, how: Outcome, request_id: str, asking_id: str = "") -> bool:
    """Mark an item as read or known; return False if it was done before.

    Raises:
        UnknownButtonError: no such message of this learner, or no item that it asks of.
    """
    delivery, asking = find_item(state, delivery_id, asking_id)
    if asking.outcome not in {None, Outcome.SKIPPED}:
        state.show(asking)
        return False
    read_cards(state, asking)
    state.record(entry_without_answer(state, asking, how.value, request_id))
    if asking.vouched:
        asking = state.change_asking(asking, text_shown=True)
    _close(state, delivery, asking, how, request_id)
    return True


def entry_without_answer(state: LearnerState, asking: Asking, kind: str, request_id: str) -> LoggedResponse:
    """Return an entry of the log that has no answer."""
    return LoggedResponse(
        workspace_id=state.workspace_id,
        asking_id=asking.asking_id,
        attempt=NO_ANSWER,
        learner_id=state.learner_id,
        kind=kind,
        response={},
        right=None,
        at=state.at,
        request_id=request_id,
        day=state.today,
        review_on=first_review_on(state) if asking.holds_back else None,
    )


def _close(state: LearnerState, delivery: Delivery, asking: Asking, how: Outcome, request_id: str) -> None:
    """Put an item behind the learner; a review may open below it."""
    state.change_asking(asking, outcome=how, again=False)
    state.mark_done(asking.item_id, how)
    withdraw_pending(state, asking)
    state.show(asking)
    if not asking.vouched:
        # else a word on confidence comes first
        open_review(state, delivery)
    tidy(state, caused_by=request_id)
    update_next_due(state)
