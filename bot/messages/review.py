"""A question that comes back: asked, answered with a word on confidence, explained."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import OVER
from bot.domain.questions import Response
from bot.messages import ids, notification_texts, questions
from bot.messages.builder import Block, Builder, Message, button, menu, option
from bot.messages.mrkdwn import bold
from bot.messages.question_block import put_question
from bot.messages.riders import put_rider
from bot.view_models import ReviewsView, ReviewView

DROP, SLIP, WRONG = "drop", "slip", "wrong"
DAYS_A_WEEK, DAYS_A_MONTH = 7, 30
"""Days until one speaks of weeks, and of months after two of them."""


def reviews_message(view: ReviewsView) -> Message:
    """Draw a message of reviews alone."""
    builder = Builder(notification_texts.REVIEWS)
    put_reviews(builder, view.delivery_id, view.reviews, first_place=1)
    put_rider(builder, view.delivery_id, view.rider)
    return builder.message()


def put_reviews(builder: Builder, delivery_id: str, reviews: Sequence[ReviewView], first_place: int) -> None:
    """Add reviews below what stands there. `first_place`: of the first one among the questions of the message."""
    for place, review in enumerate(reviews, start=first_place):
        if place > 1:
            builder.line()
        builder.small(f"{_whence(review.days)}, {review.seconds} s")
        if review.response is None:
            _unanswered(builder, delivery_id, review, place)
        elif review.outcome is None:
            _picked(builder, delivery_id, review, place)
        else:
            _explained(builder, delivery_id, review, place)


def _whence(days: int) -> str:
    """Return since when it wasn't asked."""
    if days <= 0:
        return "One to remember"
    if days < DAYS_A_WEEK:
        return "One from yesterday" if days == 1 else f"One from {days} days ago"
    if days < 2 * DAYS_A_WEEK:
        return "One from last week"
    if days < 2 * DAYS_A_MONTH:
        return f"One from {days // DAYS_A_WEEK} weeks ago"
    return f"One from {days // DAYS_A_MONTH} months ago"


def _unanswered(builder: Builder, delivery_id: str, review: ReviewView, place: int) -> None:
    if review.outcome in OVER:
        builder.say(bold(review.question.stem))
        builder.small("This one is closed: it comes back in other words, unless you didn't want it.")
        return
    block = ids.asking_block(delivery_id, review.asking_id)
    put_question(builder, review.question, place=place, block_id=block, aside=_menu(review, place), tried=review.tried)


def put_confidence(builder: Builder, block_id: str, place: int, aside: Sequence[Block]) -> None:
    """Ask how sure an answer was, before its reasons. `place`: of the question in its message."""
    elements = [
        button("I'm sure", ids.action("sure", f"{place}:yes")),
        button("I'm guessing", ids.action("sure", f"{place}:no")),
        *aside,
    ]
    builder.actions(block_id, elements, "Say how sure you are, and you see the reasons.")


def _picked(builder: Builder, delivery_id: str, review: ReviewView, place: int) -> None:
    assert review.response is not None
    builder.say(f"{bold(review.question.stem)}\nYou picked {questions.name(review.question, review.response)}")
    put_confidence(builder, ids.asking_block(delivery_id, review.asking_id), place, _menu(review, place))


def _explained(builder: Builder, delivery_id: str, review: ReviewView, place: int) -> None:
    response = review.response
    assert response is not None
    builder.say(bold(review.question.stem))
    for paragraph in questions.explain(review.question, response):
        builder.say(paragraph)
    said = _said(review, response)
    if said:
        builder.small(said)
    builder.actions(ids.asking_block(delivery_id, review.asking_id), _menu(review, place))


def _said(review: ReviewView, response: Response) -> str:
    """Return what follows from an answer, in a sentence for the learner alone."""
    if review.voided:
        return "You said that was a slip, so it counts for nothing."
    if review.outcome in OVER:
        return "This came after its time, so it counts for nothing; the question comes back in other words."
    return follows(right=review.question.grade(response), sure=review.sure)


def follows(*, right: bool, sure: bool | None) -> str:
    """Return what follows from an answer and the confidence in it, for the learner alone; "" where nothing is said."""
    if not right:
        return "You were sure of this one, so it comes back first. Only you are told." if sure else ""
    return "Right, and you were guessing, so it comes back soon." if sure is False else ""


def _menu(review: ReviewView, place: int) -> list[Block]:
    choices = [option("Don't ask this again", DROP), option("Something's wrong here", WRONG)]
    if review.response is not None and not review.voided:
        choices.insert(0, option("That was a slip", SLIP))
    return [menu("overflow", ids.action("more", place), choices)]
