"""The context of a typed message: the open question, if it has come, and whether the learner is paused."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.content import question_of
from bot.domain.delivery import Asking, Delivery
from bot.domain.delivery_subject import AnswerAsked, DmReply, Said
from bot.domain.intents import DmContext, Meaning
from bot.domain.local_time import local
from bot.domain.people import HoldKind
from bot.domain.questions import OneRight, WrittenQuestion
from bot.planning.learner_facts import LearnerFacts
from bot.store import askings, deliveries, further_askings

ASKS = frozenset({Meaning.HOUR, Said.BACK_ON, Meaning.REST, Meaning.OUT, Meaning.TALK})
"""The answers to typed words that end in an offer."""
STILL_ASKED = timedelta(days=1)


def dm_context_of(state: LearnerFacts, at: datetime) -> DmContext:
    """Return the context in which something is typed."""
    found = open_question(state)
    question = question_of(askings.asked_item(state.session, found[0])) if found else None
    typable = question if isinstance(question, OneRight | WrittenQuestion) else None
    paused = HoldKind.PERSON in state.holds
    asked = last_question(state, at) is not None
    return DmContext(today=local(at, state.learner.zone).date(), question=typable, paused=paused, asked=asked)


def last_question(state: LearnerFacts, at: datetime) -> Delivery | None:
    """Return the bot's last message if it offers something and isn't too old."""
    last = deliveries.latest(state.session, state.workspace_id, state.learner_id, at)
    if last is None or at - last.due_at >= STILL_ASKED:
        return None
    asks = isinstance(last.about, AnswerAsked) or (isinstance(last.about, DmReply) and last.about.said in ASKS)
    return last if asks else None


def open_message(state: LearnerFacts) -> tuple[Asking, Delivery] | None:
    """Return the open item and the latest message that shows it; None if there is none on the screen."""
    waiting = state.open
    if waiting is None:
        return None
    brought = state.messages_of(waiting)
    there = [d for d in brought if d.ts and d.brings_item]
    return (waiting, there[-1]) if there else None


def open_question(state: LearnerFacts) -> tuple[Asking, Delivery] | None:
    """Return the first open question in reading order, and its message: the open item's, else that of a review."""
    item = open_message(state)
    if item is not None or state.open is not None:
        return item
    # a message asks a second review only once the first is answered: the newest one is all that it asks
    waiting = [asking for asking in state.open_reviews if state.answer_to(asking) is None]
    newest = max(waiting, key=lambda asking: asking.number, default=None)
    asked_in = further_askings.messages_with(state.session, newest) if newest is not None else []
    there = [delivery for delivery in asked_in if delivery.ts]
    return (newest, there[-1]) if newest is not None and there else None
