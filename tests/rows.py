"""Rows of a test's database, written at once and read without a lock. The bot itself writes at a transaction's end."""

from __future__ import annotations

from bot.domain.content import Item
from bot.domain.delivery import Asking, Delivery, LoggedResponse, Reason
from bot.domain.people import Enrolment, Hold, HoldKind
from bot.store import askings, responses
from bot.store.askings import ASKINGS
from bot.store.database import Session
from bot.store.deliveries import DELIVERIES
from bot.store.enrolments import DONE, ENROLMENTS
from bot.store.learners import HOLDS
from bot.store.responses import RESPONSES


def open_asking(session: Session, workspace_id: str, learner_id: str) -> Asking | None:
    """The learner's open item: there is at most one."""
    whose = {"workspace_id": workspace_id, "learner_id": learner_id}
    found = [a for a in ASKINGS.all(session, "number", **whose, reason=Reason.ITEM.value) if a.outcome is None]
    assert len(found) <= 1
    return found[0] if found else None


def save_asking(session: Session, asking: Asking) -> None:
    """Store an asking, new or changed."""
    ASKINGS.put(session, asking)


def keep_wording(session: Session, workspace_id: str, item: Item) -> str:
    """Store this wording of an item; its hash."""
    content_hash = askings.later_keep(session, workspace_id, item)
    session.flush()
    return content_hash


def enrolments_of(session: Session, workspace_id: str, learner_id: str) -> tuple[Enrolment, ...]:
    """All of a learner's enrolments by track, removed and finished ones too."""
    return tuple(ENROLMENTS.all(session, "track_id", workspace_id=workspace_id, learner_id=learner_id))


def enrolment_in(session: Session, workspace_id: str, learner_id: str, track_id: str) -> Enrolment | None:
    """One enrolment."""
    return ENROLMENTS.one(session, workspace_id=workspace_id, learner_id=learner_id, track_id=track_id)


def save_enrolment(session: Session, enrolment: Enrolment) -> None:
    """Store an enrolment, new or changed."""
    ENROLMENTS.put(session, enrolment)


def done_by(session: Session, workspace_id: str, learner_id: str) -> dict[str, int]:
    """The latest step at which a learner did each item."""
    return {d.item_id: d.step for d in DONE.all(session, workspace_id=workspace_id, learner_id=learner_id)}


def holds_of(session: Session, workspace_id: str, learner_id: str) -> dict[HoldKind, Hold]:
    """The learner's holds by kind."""
    return {h.kind: h for h in HOLDS.all(session, workspace_id=workspace_id, learner_id=learner_id)}


def deliveries_of(session: Session, workspace_id: str, learner_id: str) -> list[Delivery]:
    """All of a learner's deliveries, in the order they were due."""
    return DELIVERIES.all(session, "due_at", workspace_id=workspace_id, learner_id=learner_id)


def record_response(session: Session, given: LoggedResponse) -> bool:
    """Add an entry to the log of responses; False where this attempt of the asking has one, which stays."""
    known = RESPONSES.one(session, workspace_id=given.workspace_id, asking_id=given.asking_id, attempt=given.attempt)
    responses.later_record(session, given)
    session.flush()
    return known is None
