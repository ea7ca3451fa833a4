"""Askings, and the wordings they were delivered with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy import update as sql_update

from bot.domain.content import Item, pack, unpack, version
from bot.domain.delivery import Asking, Outcome, Reason
from bot.domain.questions import ChoiceQuestion
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class _Quarantine:
    workspace_id: str
    content_hash: str
    problem: str


@dataclass(frozen=True)
class _Content:
    workspace_id: str
    content_hash: str
    item_id: str
    packed: str


@dataclass(frozen=True)
class Wording:
    """A wording of an item, by its hash."""

    content_hash: str
    item_id: str


ASKINGS = Rows(tables.asking, Asking, outcome=Outcome, reason=Reason)
QUARANTINE = Rows(tables.quarantine, _Quarantine)
_content = Rows(tables.content, _Content)
CONTENTS = Rows(tables.content, Wording)
_worded: dict[str, Item] = {}
_SET_ASIDE = (
    select(QUARANTINE.c.content_hash, _content.c.item_id)
    .join_from(
        QUARANTINE.table,
        _content.table,
        (QUARANTINE.c.workspace_id == _content.c.workspace_id) & (QUARANTINE.c.content_hash == _content.c.content_hash),
    )
    .where(QUARANTINE.c.workspace_id == bindparam("workspace_id"))
)
_LAST_ASKED = (
    select(ASKINGS.c.item_id, ASKINGS.c.question_id, func.max(ASKINGS.c.number).label("latest"))
    .where(
        ASKINGS.c.workspace_id == bindparam("in_workspace"),
        ASKINGS.c.learner_id == bindparam("of_learner"),
        ASKINGS.c.item_id.in_(bindparam("items", expanding=True)),
    )
    .group_by(ASKINGS.c.item_id, ASKINGS.c.question_id)
)

_HAD = (
    select(ASKINGS.c.item_id, _content.c.packed)
    .join_from(
        ASKINGS.table,
        _content.table,
        (ASKINGS.c.workspace_id == _content.c.workspace_id) & (ASKINGS.c.content_hash == _content.c.content_hash),
    )
    .where(
        ASKINGS.c.workspace_id == bindparam("in_workspace"),
        ASKINGS.c.learner_id == bindparam("of_learner"),
        ASKINGS.c.item_id.in_(bindparam("items", expanding=True)),
        ASKINGS.c.reason == Reason.ITEM.value,
    )
    .order_by(ASKINGS.c.number)
)


def get(session: Session, workspace_id: str, asking_id: str) -> Asking | None:
    """Return one asking."""
    return ASKINGS.one(session, workspace_id=workspace_id, asking_id=asking_id)


def skipped(session: Session, workspace_id: str, learner_id: str) -> list[Asking]:
    """Return a learner's items that were skipped and never dealt with, in the order in which they came."""
    given = {"outcome": Outcome.SKIPPED.value, "reason": Reason.ITEM.value}
    return ASKINGS.all(session, "number", workspace_id=workspace_id, learner_id=learner_id, **given)


def later_keep(session: Session, workspace_id: str, item: Item) -> str:
    """Store this wording of an item at the end of the transaction; return its hash."""
    row = _Content(workspace_id, version(item), item.id, pack(item))
    _content.later_insert(session, row)
    return row.content_hash


def later_add(session: Session, asking: Asking) -> Asking:
    """Store a new asking at the end of the transaction."""
    ASKINGS.later_insert(session, asking)
    return asking


def later(session: Session, asking: Asking, **columns: Any) -> Asking:
    """Change some of an asking's columns at the end of the transaction; return the asking as it is then."""
    return ASKINGS.later_change(session, asking, **columns)


def wording(session: Session, workspace_id: str, content_hash: str) -> Item:
    """Return the item as it was worded when it was delivered."""
    # what a hash names never changes, and was committed before anybody was asked about it
    if content_hash not in _worded:
        kept = _content.one(session, workspace_id=workspace_id, content_hash=content_hash)
        assert kept is not None
        _worded[content_hash] = unpack(kept.packed)
    return _worded[content_hash]


def kept(session: Session, workspace_id: str, content_hash: str) -> Item | None:
    """Return the item that a hash names, as it was kept; None for a hash that names none here."""
    found = _content.one(session, workspace_id=workspace_id, content_hash=content_hash)
    return unpack(found.packed) if found is not None else None


def asked_item(session: Session, asking: Asking) -> Item:
    """Return the item as an asking brings it: worded as it was delivered, its choices in the order drawn for it."""
    item = wording(session, asking.workspace_id, asking.content_hash)
    return _in_order(item, asking.order) if asking.choice_order else item


@lru_cache(maxsize=4096)
def _in_order(item: Item, order: tuple[int, ...]) -> Item:
    question = item.question
    return replace(item, question=question.in_order(order)) if isinstance(question, ChoiceQuestion) else item


def last_asked(
    session: Session, workspace_id: str, learner_id: str, item_ids: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Return the wordings of some items that a learner was asked, as item and question, each with the number of its
    latest asking.
    """
    if not item_ids:
        return {}
    given = {"in_workspace": workspace_id, "of_learner": learner_id, "items": item_ids}
    return {(row.item_id, row.question_id): row.latest for row in session.execute(_LAST_ASKED, given)}


def latest_items(session: Session, workspace_id: str, learner_id: str, item_ids: Sequence[str]) -> dict[str, Item]:
    """Return items as they were brought to a learner last, by id: a review shows no text."""
    if not item_ids:
        return {}
    given = {"in_workspace": workspace_id, "of_learner": learner_id, "items": item_ids}
    # of several, the last one stays
    packed = {row.item_id: row.packed for row in session.execute(_HAD, given)}
    return {item_id: unpack(text) for item_id, text in packed.items()}


def owe_all_again(session: Session, workspace_id: str) -> None:
    """Owe every open item of a workspace once more after a hold, and count reminders anew."""
    items = ASKINGS.c.workspace_id == workspace_id, ASKINGS.c.reason == Reason.ITEM.value
    waiting = *items, ASKINGS.c.outcome.is_(None)
    session.execute(sql_update(ASKINGS.table).where(*waiting).values(again=True, reminders=0))


def quarantine(session: Session, workspace_id: str, content_hash: str, problem: str) -> None:
    """Quarantine a wording, so that it isn't delivered any more."""
    QUARANTINE.insert_new(session, _Quarantine(workspace_id, content_hash, problem))


def quarantined(session: Session, workspace_id: str) -> dict[str, str]:
    """Return the hashes of quarantined wordings, each with its item's id."""
    found = session.execute(_SET_ASIDE, {"workspace_id": workspace_id})
    return {row.content_hash: row.item_id for row in found}
