"""A new message to a learner."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from bot.domain.delivery import Asking, Delivery, Slot, State
from bot.domain.delivery_subject import PLAIN, Subject
from bot.domain.people import Learner
from bot.domain.rider import Rider


def new_delivery(
    learner: Learner,
    slot: Slot,
    due_at: datetime,
    *,
    claimed_date: date | None = None,
    caused_by: str | None = None,
    unique_key: str | None = None,
    asking: Asking | None = None,
    about: Subject = PLAIN,
    rider: Rider | None = None,
) -> Delivery:
    """Return a new delivery that can be claimed from `due_at` on."""
    return Delivery(
        workspace_id=learner.workspace_id,
        delivery_id=uuid4().hex,
        learner_id=learner.learner_id,
        slot=slot,
        state=State.DUE,
        due_at=due_at,
        claimed_date=claimed_date,
        caused_by=caused_by,
        unique_key=unique_key,
        asking_id=asking.asking_id if asking else None,
        about=about,
        rider=rider,
        channel_id=learner.channel_id,
        claimable_at=due_at,
    )
