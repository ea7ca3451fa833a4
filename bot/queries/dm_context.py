"""What a learner has in front of them: the open question, if it has come, and whether they are paused."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery import Asking, Delivery, Slot
from bot.domain.intents import DmContext
from bot.domain.local_time import local
from bot.domain.people import HoldKind, Learner
from bot.store import askings, deliveries, learners
from bot.store.database import Session

ASKS = frozenset({"is_it", "hour", "back_on", "rest", "out", "talk"})
"""Answers to typed words that end in a question or an offer."""
STILL_ASKED = timedelta(days=1)


def dm_context_of(session: Session, learner: Learner, at: datetime) -> DmContext:
    """The moment in which something is typed."""
    found = open_message(session, learner)
    question = askings.wording(session, learner.workspace_id, found[0].content_hash).question if found else None
    paused = HoldKind.PERSON in learners.holds(session, learner.workspace_id, learner.learner_id)
    asked = last_question(session, learner, at) is not None
    return DmContext(local(at, learner.zone).date(), question, paused=paused, asked=asked)


def last_question(session: Session, learner: Learner, at: datetime) -> Delivery | None:
    """The bot's last message, where it asks whether it should do something and hasn't stood there too long."""
    last = deliveries.latest(session, learner.workspace_id, learner.learner_id, at)
    return last if last is not None and last.about.get("said") in ASKS and at - last.due_at < STILL_ASKED else None


def open_message(session: Session, learner: Learner) -> tuple[Asking, Delivery] | None:
    """The open item and the latest message that shows it; None when there is none on the screen."""
    waiting = askings.open_of(session, learner.workspace_id, learner.learner_id)
    if waiting is None:
        return None
    brought = deliveries.of_asking(session, waiting.workspace_id, waiting.asking_id)
    there = [d for d in brought if d.ts and (d.slot is not Slot.REMINDER or d.about.get("opened"))]
    return (waiting, there[-1]) if there else None
