"""A copy of all that is stored about a person, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from typing import Any

from bot.context import AppContext
from bot.domain.content import question_of
from bot.domain.delivery import FIRST_ANSWER
from bot.store import askings, erasures, responses
from bot.store.database import Session

ABOUT = (
    "A copy of all that Missing Link stores about you. `answers` has what you answered, as it was asked; `rows` has "
    "every row with your name, by table. Times are UTC unless the field says otherwise."
)


def export(session: Session, ctx: AppContext, workspace_id: str, learner_id: str) -> str:
    """Return all that is stored about a person as JSON; the same for the same rows."""
    rows = erasures.rows_of(session, workspace_id, learner_id)
    made = {
        "about": ABOUT,
        "made_at": ctx.clock.business().isoformat(timespec="seconds"),
        "person": learner_id,
        "answers": list(_answers(session, workspace_id, rows["asking"])),
        "rows": {name: [_readable(row) for row in found] for name, found in rows.items()},
    }
    return json.dumps(made, indent=2, ensure_ascii=False, default=_plain)


def _answers(session: Session, workspace_id: str, asked: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield what was answered, in the words in which it was asked."""
    for row in sorted(asked, key=lambda row: int(row["number"])):
        asking = askings.get(session, workspace_id, row["asking_id"])
        given = responses.entry(session, workspace_id, row["asking_id"], FIRST_ANSWER)
        if asking is None or given is None:
            continue
        item = askings.asked_item(session, asking)
        question = question_of(item)
        yield {
            "item": item.title,
            "question": question.stem,
            "answer": given.response,
            "choices": [choice.text for choice in question.choices],
            "right": given.right,
            "at": given.at,
        }


def _readable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {"kind": type(value).__name__, **asdict(value)}
    return str(value)
