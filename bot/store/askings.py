"""Askings, answers, and the wordings they were delivered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.content import Item, pack, unpack, version
from bot.domain.delivery import Answer, Asking, Outcome
from bot.store.rows import change, insert_new, put, table
from bot.store.tables import AnswerRow, AskingRow, ContentRow, QuarantineRow


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


_asking = table(AskingRow)
_answer = table(AnswerRow)
_quarantine = table(QuarantineRow)
_content = table(ContentRow)


def _made(row: Mapping[Any, Any]) -> Asking:
    return Asking(**{**row, "outcome": Outcome(row["outcome"]) if row["outcome"] else None})


def get(session: Session, workspace_id: str, asking_id: str) -> Asking | None:
    """One asking."""
    query = select(_asking).where(_asking.c.workspace_id == workspace_id, _asking.c.asking_id == asking_id)
    row = session.execute(query).mappings().one_or_none()
    return _made(row) if row else None


def open_of(session: Session, workspace_id: str, learner_id: str) -> Asking | None:
    """The learner's open item: there is at most one."""
    query = select(_asking).where(
        _asking.c.workspace_id == workspace_id, _asking.c.learner_id == learner_id, _asking.c.outcome.is_(None)
    )
    row = session.execute(query.order_by(_asking.c.number.desc()).limit(1)).mappings().one_or_none()
    return _made(row) if row else None


def save(session: Session, asking: Asking) -> None:
    """Store an asking, new or changed."""
    put(session, AskingRow, asking)


def update(session: Session, asking: Asking, **columns: Any) -> None:
    """Change some of an asking's columns."""
    change(
        session,
        AskingRow,
        _asking.c.workspace_id == asking.workspace_id,
        _asking.c.asking_id == asking.asking_id,
        **columns,
    )


def keep(session: Session, workspace_id: str, item: Item) -> str:
    """Keep this wording of an item; its hash."""
    row = _Content(workspace_id, version(item), item.id, pack(item))
    insert_new(session, ContentRow, row)
    return row.content_hash


def wording(session: Session, workspace_id: str, content_hash: str) -> Item:
    """The item as it was worded when it was delivered."""
    query = select(_content.c.packed).where(
        _content.c.workspace_id == workspace_id, _content.c.content_hash == content_hash
    )
    return unpack(session.execute(query).scalar_one())


def record(session: Session, answer: Answer) -> bool:
    """Store an answer; False when this attempt of the asking already has one."""
    return insert_new(session, AnswerRow, answer)


def first_answer(session: Session, workspace_id: str, asking_id: str) -> Answer | None:
    """The answer that counts."""
    query = select(_answer).where(
        _answer.c.workspace_id == workspace_id, _answer.c.asking_id == asking_id, _answer.c.attempt == 1
    )
    row = session.execute(query).mappings().one_or_none()
    return Answer(**row) if row else None


def tally(session: Session, workspace_id: str, learner_id: str, items: tuple[str, ...]) -> tuple[int, int]:
    """(answered, right) over the latest asking of each of these items."""
    latest = (
        select(func.max(_asking.c.number))
        .where(_asking.c.workspace_id == workspace_id, _asking.c.learner_id == learner_id, _asking.c.item_id.in_(items))
        .group_by(_asking.c.item_id)
    )
    query = (
        select(_answer.c.right)
        .join(
            _asking, (_asking.c.workspace_id == _answer.c.workspace_id) & (_asking.c.asking_id == _answer.c.asking_id)
        )
        .where(
            _asking.c.workspace_id == workspace_id,
            _asking.c.learner_id == learner_id,
            _asking.c.number.in_(latest),
            _answer.c.attempt == 1,
        )
    )
    rights = list(session.execute(query).scalars())
    return len(rights), sum(rights)


def owe_all_again(session: Session, workspace_id: str) -> None:
    """After a whole workspace was held: every open item comes once more, and reminders count anew."""
    change(
        session, AskingRow, _asking.c.workspace_id == workspace_id, _asking.c.outcome.is_(None), again=True, reminders=0
    )


def owe_after_last_word(session: Session, workspace_id: str, learner_id: str, reminders: int) -> bool:
    """The open item that was reminded of so often comes once more, and reminders count anew; False if there is none."""
    mine = _asking.c.workspace_id == workspace_id, _asking.c.learner_id == learner_id
    still = _asking.c.outcome.is_(None), _asking.c.reminders >= reminders
    return bool(change(session, AskingRow, *mine, *still, again=True, reminders=0))


def no_longer_owed(session: Session, workspace_id: str, asking_id: str) -> None:
    """The item has just arrived, whatever was owed meanwhile."""
    change(session, AskingRow, _asking.c.workspace_id == workspace_id, _asking.c.asking_id == asking_id, again=False)


def set_aside(session: Session, workspace_id: str, content_hash: str, problem: str) -> None:
    """Don't bring this wording any more."""
    insert_new(session, QuarantineRow, _Quarantine(workspace_id, content_hash, problem))


def quarantined(session: Session, workspace_id: str) -> dict[str, str]:
    """The hashes of wordings that are set aside, each with its item's id."""
    query = select(_quarantine.c.content_hash, _content.c.item_id).join_from(
        _quarantine,
        _content,
        (_quarantine.c.workspace_id == _content.c.workspace_id)
        & (_quarantine.c.content_hash == _content.c.content_hash),
    )
    rows = session.execute(query.where(_quarantine.c.workspace_id == workspace_id))
    return {row.content_hash: row.item_id for row in rows}
