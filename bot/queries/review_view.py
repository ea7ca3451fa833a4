"""The reviews in a message, from the database as it is now."""

from __future__ import annotations

import math

from bot.domain.content import question_of
from bot.domain.delivery import SLIP, WRONG_TRY, Asking, Delivery
from bot.domain.reading_time import review_seconds
from bot.planning.learner_facts import LearnerFacts
from bot.store import askings
from bot.view_models import ReviewView

ROUNDED = 5
"""Seconds are told in multiples of these, rounded up."""


def reviews_in(state: LearnerFacts, delivery: Delivery) -> tuple[ReviewView, ...]:
    """Return the reviews that ride in a message, in their order."""
    return tuple(_review(state, asking) for asking in state.askings_beside(delivery))


def _review(state: LearnerFacts, asking: Asking) -> ReviewView:
    question = question_of(askings.asked_item(state.session, asking))
    given = state.answer_to(asking)
    tried = state.response_to(asking, WRONG_TRY) if given is None and question.tries > 1 else None
    return ReviewView(
        asking_id=asking.asking_id,
        question=question,
        days=int(asking.preface) if asking.preface.isdigit() else 0,
        seconds=math.ceil(review_seconds(question) / ROUNDED) * ROUNDED,
        response=question.recall(given.response) if given is not None else None,
        tried=question.recall(tried.response) if tried is not None else None,
        outcome=asking.outcome,
        sure=state.confidence(asking) if given is not None else None,
        voided=given is not None and state.response_to(asking, SLIP) is not None,
    )
