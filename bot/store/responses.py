"""The log of responses: what was answered, and what was read or known without an answer. Rows are only added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select

from bot.domain.delivery import FIRST_ANSWER, SLIP, Asking, LoggedResponse, Reason
from bot.store import tables
from bot.store.askings import ASKINGS
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True, kw_only=True)
class _Response:
    """A row of the log. `choice` is for the release before, which leaves `response` empty."""

    workspace_id: str
    asking_id: str
    attempt: int
    learner_id: str
    kind: str
    response: Mapping[str, Any] | None
    choice: int | None
    right: bool | None
    at: datetime
    request_id: str
    guessed: bool
    day: date | None
    review_on: date | None


_asking = ASKINGS
RESPONSES = Rows(tables.response, _Response)
_ASKED = (_asking.c.workspace_id == RESPONSES.c.workspace_id) & (_asking.c.asking_id == RESPONSES.c.asking_id)


_slip = RESPONSES.table.alias("slip")
_VOIDED = exists().where(
    _slip.c.workspace_id == RESPONSES.c.workspace_id,
    _slip.c.asking_id == RESPONSES.c.asking_id,
    _slip.c.attempt == SLIP,
)


def later_record(session: Session, given: LoggedResponse) -> None:
    """Add an entry to the log of responses at the end of the transaction."""
    RESPONSES.later_insert(session, _Response(**vars(given), choice=given.response.get("choice")))


def entry(session: Session, workspace_id: str, asking_id: str, attempt: int) -> LoggedResponse | None:
    """Return one of the entries about an asking."""
    row = RESPONSES.one(session, workspace_id=workspace_id, asking_id=asking_id, attempt=attempt)
    return logged(row) if row is not None else None


def first_answer(session: Session, workspace_id: str, asking_id: str) -> LoggedResponse | None:
    """Return the answer that counts."""
    return entry(session, workspace_id, asking_id, FIRST_ANSWER)


def newest(session: Session, workspace_id: str, learner_id: str) -> str | None:
    """Return the asking that a learner answered last."""
    query = (
        select(RESPONSES.c.asking_id)
        .where(
            RESPONSES.c.workspace_id == workspace_id,
            RESPONSES.c.learner_id == learner_id,
            RESPONSES.c.attempt == FIRST_ANSWER,
        )
        .order_by(RESPONSES.c.at.desc())
        .limit(1)
    )
    found: str | None = session.execute(query).scalar()
    return found


def logged(row: _Response) -> LoggedResponse:
    """Return a row of the log as its entry."""
    columns = {**vars(row), "response": row.response or {"choice": row.choice}}
    del columns["choice"]
    return LoggedResponse(**columns)


def tally(session: Session, workspace_id: str, learner_id: str, items: tuple[str, ...]) -> tuple[int, int]:
    """Return how many of these items were answered, and how many rightly, each when it was last asked as an item.

    Guesses before the text count in neither.
    """
    latest = (
        select(func.max(_asking.c.number))
        .where(
            _asking.c.workspace_id == workspace_id,
            _asking.c.learner_id == learner_id,
            _asking.c.item_id.in_(items),
            _asking.c.reason == Reason.ITEM.value,
        )
        .group_by(_asking.c.item_id)
    )
    query = (
        select(RESPONSES.c.right)
        .join(_asking.table, _ASKED)
        .where(
            _asking.c.workspace_id == workspace_id,
            _asking.c.learner_id == learner_id,
            _asking.c.number.in_(latest),
            RESPONSES.c.attempt == FIRST_ANSWER,
            RESPONSES.c.guessed.is_(False),
            ~_VOIDED,
        )
    )
    rights = list(session.execute(query).scalars())
    return len(rights), sum(rights)


def answered(session: Session, workspace_id: str, learner_id: str) -> bool:
    """Return True where a learner has ever answered a question."""
    query = (
        select(RESPONSES.c.attempt)
        .join(_asking.table, _ASKED)
        .where(
            _asking.c.workspace_id == workspace_id,
            _asking.c.learner_id == learner_id,
            RESPONSES.c.attempt >= FIRST_ANSWER,
        )
        .limit(1)
    )
    return session.execute(query).first() is not None


def missed(session: Session, workspace_id: str, learner_id: str, most: int) -> list[Asking]:
    """Return the latest askings whose first answer was wrong, newest first."""
    query = (
        select(*_asking.columns)
        .join(RESPONSES.table, _ASKED)
        .where(
            _asking.c.workspace_id == workspace_id,
            _asking.c.learner_id == learner_id,
            RESPONSES.c.attempt == FIRST_ANSWER,
            RESPONSES.c.right.is_(False),
            RESPONSES.c.guessed.is_(False),
            ~_VOIDED,
        )
        .order_by(_asking.c.number.desc())
        .limit(most)
    )
    return _asking.run(session, query)
