"""What a learner has in front of them: the open question, if it has come, and whether they are paused."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery import Asking, Delivery
from bot.domain.delivery_subject import AnswerAsked, DmReply, Said
from bot.domain.intents import DmContext, Meaning
from bot.domain.local_time import local
from bot.domain.people import HoldKind, Learner
from bot.domain.questions import OneRight
from bot.store import askings, deliveries, learners
from bot.store.database import Session

ASKS = frozenset({Meaning.HOUR, Said.BACK_ON, Meaning.REST, Meaning.OUT, Meaning.TALK})
"""Answers to typed words that end in an offer."""
STILL_ASKED = timedelta(days=1)


def dm_context_of(session: Session, learner: Learner, at: datetime) -> DmContext:
    """The moment in which something is typed."""
    found = open_message(session, learner)
    question = askings.wording(session, learner.workspace_id, found[0].content_hash).question if found else None
    by_letter = question if isinstance(question, OneRight) else None
    paused = HoldKind.PERSON in learners.holds(session, learner.workspace_id, learner.learner_id)
    asked = last_question(session, learner, at) is not None
    return DmContext(local(at, learner.zone).date(), by_letter, paused=paused, asked=asked)


def last_question(session: Session, learner: Learner, at: datetime) -> Delivery | None:
    """The bot's last message, where it asks whether it should do something and hasn't stood there too long."""
    last = deliveries.latest(session, learner.workspace_id, learner.learner_id, at)
    if last is None or at - last.due_at >= STILL_ASKED:
        return None
    asks = isinstance(last.about, AnswerAsked) or (isinstance(last.about, DmReply) and last.about.said in ASKS)
    return last if asks else None


def open_message(session: Session, learner: Learner) -> tuple[Asking, Delivery] | None:
    """The open item and the latest message that shows it; None when there is none on the screen."""
    waiting = askings.open_of(session, learner.workspace_id, learner.learner_id)
    if waiting is None:
        return None
    brought = deliveries.of_asking(session, waiting.workspace_id, waiting.asking_id)
    there = [d for d in brought if d.ts and d.brings_item]
    return (waiting, there[-1]) if there else None
