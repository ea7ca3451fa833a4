"""A word typed to the bot: its explainer, or a hint; both come as an asked message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.delivery import Slot
from bot.domain.people import Learner
from bot.services.explain import explain
from bot.services.house import House
from bot.services.standing import new
from bot.store import deliveries


def say(session: Session, house: House, learner: Learner, text: str, at: datetime, cause: str) -> None:
    """Answer what was typed. The text itself isn't stored: only the term it was found to mean."""
    found = explain(house.catalogue_of(learner.workspace_id), text).term
    about = {"term": found.id} if found else {"hint": True}
    deliveries.add(session, new(learner, Slot.ASKED, at, cause=cause, about=about))
