"""Watches every transaction of the bot's own on Postgres: what locks several rows locks them in one order, or two of
them wait in a circle. What a test does with a service by itself, without whoever lets a request in, isn't looked at.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

import bot

ORDER = {"pace": 0, "learner": 1, "admin_order": 2}
"""What is locked first; everything that isn't named comes after these, and is only locked under its learner's lock."""
LAST = 3
HERE = str(Path(bot.__file__).parent)
CHANGES = re.compile(r"\s*UPDATE (\w+)")
LOCKS = re.compile(r"(?s)FROM (\w+).*FOR (?:NO KEY )?UPDATE")
FREE = frozenset({"workspace", "alembic_version"})
"""Nobody who holds one of these waits for anything else that is locked."""
found: list[str] = []
"""What was locked too late, since the last test."""


def watch() -> None:
    """Look at every statement of this process from now on."""
    event.listen(Engine, "begin", _begin)
    event.listen(Engine, "before_cursor_execute", _look)


def _begin(connection: Connection) -> None:
    connection.info["locked"] = {}


def _look(connection: Connection, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
    if connection.dialect.name == "sqlite" or not (table := _table(statement)) or table in FREE:
        return
    locked: dict[tuple[str, str], int] = connection.info.setdefault("locked", {})
    row = table, _whose(table, given)
    rank = ORDER.get(table, LAST)
    if row not in locked and (before := [name for (name, _), other in locked.items() if other > rank]):
        frames = [frame for frame in traceback.extract_stack() if frame.filename.startswith(HERE)]
        way = [f"{Path(frame.filename).relative_to(HERE)}:{frame.lineno}" for frame in frames]
        if any(place.startswith(("slack/", "delivery/")) for place in way):
            found.append(f"{table} after {', '.join(sorted(set(before)))}: {' > '.join(way)}")
    locked[row] = rank


@lru_cache(2_000)
def _table(statement: str) -> str:
    """The table whose rows a statement locks; "" for none. There are few statements, and many runs of each."""
    said = CHANGES.match(statement) or LOCKS.search(statement)
    return said[1] if said else ""


def _whose(table: str, given: Any) -> str:
    """Whose row it is, where that can be seen; one locked row of others says nothing of the next."""
    if table in {"learner", "admin_order"} and isinstance(given, Mapping):
        name = "learner_id" if table == "learner" else "order_id"
        return next((str(value) for key, value in given.items() if name in key), "")
    return ""
