"""The further askings of a message beside its first question: reviews and checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select

from bot.domain.delivery import Asking, Delivery
from bot.store import deliveries, tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True, kw_only=True)
class FurtherAsking:
    """A question that a message asks beside its first one. `position`: from 2 on, or from 1 in a message of reviews."""

    workspace_id: str
    delivery_id: str
    position: int
    learner_id: str
    asking_id: str


FURTHER = Rows(tables.delivery_asking, FurtherAsking)
_c = tables.delivery_asking.c
_ASKED_IN = or_(
    tables.delivery.c.asking_id == bindparam("asked"),
    tables.delivery.c.delivery_id.in_(
        select(_c.delivery_id).where(_c.workspace_id == bindparam("in_workspace"), _c.asking_id == bindparam("asked"))
    ),
)


def later_add(session: Session, delivery: Delivery, position: int, asking: Asking) -> None:
    """Let a message also ask this, at a position, at the end of the transaction."""
    made = FurtherAsking(
        workspace_id=delivery.workspace_id,
        delivery_id=delivery.delivery_id,
        position=position,
        learner_id=delivery.learner_id,
        asking_id=asking.asking_id,
    )
    FURTHER.later_insert(session, made)


def of_message(session: Session, delivery: Delivery) -> list[str]:
    """Return the askings beside a message's first one, in their order."""
    found = FURTHER.all(session, "position", workspace_id=delivery.workspace_id, delivery_id=delivery.delivery_id)
    return [row.asking_id for row in found]


def by_message(rows: Iterable[FurtherAsking]) -> dict[str, list[str]]:
    """Return the askings of each message, in their order."""
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.position):
        found.setdefault(row.delivery_id, []).append(row.asking_id)
    return found


def messages_with(session: Session, asking: Asking) -> list[Delivery]:
    """Return all messages that ask this, first or beside another question, in the order they were due."""
    return deliveries.where(session, _ASKED_IN, in_workspace=asking.workspace_id, asked=asking.asking_id)
