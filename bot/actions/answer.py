"""What a learner says of an item: an answer, read, known. The first word on it is the one that counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import FIRST_ANSWER, NO_ANSWER, Asking, Delivery, LoggedResponse, Outcome, Reason
from bot.domain.people import Learner
from bot.errors import UnknownButtonError
from bot.planning.folding import show_here
from bot.planning.learner_state import tidy, withdraw_pending
from bot.planning.next_due import update_next_due
from bot.store import askings, deliveries, delivery_askings, enrolments, learners
from bot.store.database import Session


def find(
    session: Session, ctx: AppContext, learner: Learner, delivery_id: str, asking_id: str = ""
) -> tuple[Delivery, Asking]:
    """Return the message a tap is in, locked together with its learner, and what it asks there.

    `asking_id`: "" for the first that the message asks.

    Raises:
        UnknownButtonError: there is none, it is somebody else's, or it doesn't ask this.
    """
    learners.lock(session, learner.workspace_id, learner.learner_id)
    delivery = deliveries.get(session, learner.workspace_id, delivery_id)
    if delivery is None or delivery.learner_id != learner.learner_id or delivery.asking_id is None:
        raise UnknownButtonError(delivery_id)
    if asking_id not in {"", delivery.asking_id} and not delivery_askings.rides_in(session, delivery, asking_id):
        raise UnknownButtonError(f"{delivery_id}.{asking_id}")
    asking = askings.get(session, learner.workspace_id, asking_id or delivery.asking_id)
    assert asking is not None
    if delivery.folded:
        # on a device that still shows the whole item; what comes of the tap is shown there
        show_here(session, ctx, delivery)
    return delivery, asking


def find_item(
    session: Session, ctx: AppContext, learner: Learner, delivery_id: str, asking_id: str = ""
) -> tuple[Delivery, Asking]:
    """Return the same as `find` for what can be put off, read or known: an item.

    Raises:
        UnknownButtonError: as `find`, or it asks for another reason.
    """
    delivery, asking = find(session, ctx, learner, delivery_id, asking_id)
    if asking.reason is not Reason.ITEM:
        raise UnknownButtonError(f"{asking.reason} {asking.asking_id}")
    return delivery, asking


def answer(
    session: Session,
    ctx: AppContext,
    learner: Learner,
    delivery_id: str,
    picked: Sequence[str],
    at: datetime,
    request_id: str,
    asking_id: str = "",
) -> bool:
    """Record the first answer, graded by its question as that was delivered; False when there is one already.

    `picked`: the values that were picked in the message.

    Raises:
        UnknownButtonError: no such message of this learner, or no such answer to it.
    """
    _, asking = find(session, ctx, learner, delivery_id, asking_id)
    question = askings.wording(session, learner.workspace_id, asking.content_hash).question
    try:
        response = question.respond(picked)
    except ValueError as error:
        raise UnknownButtonError(f"{error}, {asking.item_id}") from error
    given = LoggedResponse(
        workspace_id=asking.workspace_id,
        asking_id=asking.asking_id,
        attempt=FIRST_ANSWER,
        learner_id=asking.learner_id,
        kind=question.kind,
        response=response.pack(),
        right=question.grade(response),
        at=at,
        request_id=request_id,
    )
    if not askings.record(session, given):
        _show(session, ctx, asking)
        return False
    if asking.reason is Reason.ITEM and asking.outcome in {None, Outcome.SKIPPED}:
        _close(session, ctx, asking, Outcome.ANSWERED, at, request_id)
    else:
        # nothing waits for it; or it was read or known before and counts from then: a track that was begun anew since
        # has yet to bring it
        askings.update(session, asking, outcome=Outcome.ANSWERED)
        _show(session, ctx, asking)
    return True


def leave(
    session: Session,
    ctx: AppContext,
    learner: Learner,
    delivery_id: str,
    how: Outcome,
    at: datetime,
    request_id: str,
    asking_id: str = "",
) -> bool:
    """Mark an item as read or known; False when it was dealt with before.

    Raises:
        UnknownButtonError: no such message of this learner, or no item that it asks of.
    """
    _, asking = find_item(session, ctx, learner, delivery_id, asking_id)
    if asking.outcome not in {None, Outcome.SKIPPED}:
        _show(session, ctx, asking)
        return False
    given = LoggedResponse(
        workspace_id=asking.workspace_id,
        asking_id=asking.asking_id,
        attempt=NO_ANSWER,
        learner_id=asking.learner_id,
        kind=how.value,
        response={},
        right=None,
        at=at,
        request_id=request_id,
    )
    askings.record(session, given)
    _close(session, ctx, asking, how, at, request_id)
    return True


def _close(session: Session, ctx: AppContext, asking: Asking, how: Outcome, at: datetime, request_id: str) -> None:
    learner = learners.get(session, asking.workspace_id, asking.learner_id)
    assert learner is not None
    askings.update(session, asking, outcome=how, again=False)
    enrolments.mark_done(session, learner, asking.item_id, how.value, at)
    withdraw_pending(session, asking)
    _show(session, ctx, asking)
    tidy(session, ctx, asking.workspace_id, asking.learner_id, at, caused_by=request_id)
    update_next_due(session, ctx, asking.workspace_id, asking.learner_id, at)


def _show(session: Session, ctx: AppContext, asking: Asking) -> None:
    if asking.reason is Reason.ITEM:
        shown_in = deliveries.of_asking(session, asking.workspace_id, asking.asking_id)
    else:
        shown_in = delivery_askings.messages_with(session, asking)
    for delivery in shown_in:
        deliveries.touch(session, delivery, ctx.clock.real())
