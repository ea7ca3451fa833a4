"""Writes that wait for the end of their transaction: each row is written once, and Postgres gets all of them
together.

What waits is written before the session reads anything else, so that no read is stale. On Postgres the writes travel as
one statement of data-modifying common table expressions
(https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING): they all see the state before it,
and constraints are checked after it, so a row may be in it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from sqlalchemy import Executable, Table, bindparam, case, literal, select, update

Key = tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """The form of a write, without its values. `how`: insert (a row that is there stays as it is), put or update.

    `bumped`: the row's `revision` goes up, and where it was sent it lags from then on.
    """

    how: str
    table: Table
    columns: tuple[str, ...]
    bumped: bool = False


@dataclass
class Write:
    """One row's write. `values` by column, those of the primary key included."""

    how: str
    table: Table
    values: dict[str, Any]
    bumped_real: datetime | None = None
    """Real time since which the row lags, where its revision goes up."""

    @property
    def shape(self) -> Shape:
        """Return the form of the write."""
        return Shape(self.how, self.table, tuple(self.values), self.bumped_real is not None)


@dataclass
class Pending:
    """The writes of one transaction that wait, by row, in the order in which they were first asked for."""

    writes: dict[tuple[Table, Key], Write] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.writes)

    def insert(self, table: Table, key: Key, values: Mapping[str, Any]) -> None:
        """Store a new row; one that is there already stays as it is."""
        self.writes[table, key] = Write("insert", table, dict(values))

    def put(self, table: Table, key: Key, values: Mapping[str, Any]) -> None:
        """Store a row, new or in the place of the one with its key."""
        self.writes[table, key] = Write("put", table, dict(values))

    def update(self, table: Table, key: Key, values: Mapping[str, Any], bumped_real: datetime | None = None) -> None:
        """Change columns of the row with this key. `values` has the key's columns too."""
        known = self.writes.setdefault((table, key), Write("update", table, {}))
        known.values |= values
        if known.how == "update":
            known.bumped_real = bumped_real or known.bumped_real
        elif bumped_real is not None:
            known.values["revision"] += 1

    def bumps(self, table: Table, key: Key) -> bool:
        """Return True when the row's revision goes up already."""
        known = self.writes.get((table, key))
        return known is not None and known.bumped_real is not None

    def take(self) -> list[Write]:
        """Return the waiting writes, which then wait no more."""
        taken = list(self.writes.values())
        self.writes.clear()
        return taken


def statement(write: Write, dialect: str) -> tuple[Executable, dict[str, Any]]:
    """Return a write as a statement, and its values."""
    return _one(write.shape, dialect), _given(write, 0)


def together(writes: list[Write]) -> tuple[Executable, dict[str, Any]]:
    """Return several writes as one statement for Postgres, and their values."""
    given: dict[str, Any] = {}
    for number, write in enumerate(writes):
        given |= _given(write, number)
    return _all(tuple(write.shape for write in writes)), given


def _given(write: Write, number: int) -> dict[str, Any]:
    given = {f"w{number}_{name}": value for name, value in write.values.items()}
    if write.bumped_real is not None:
        given[f"w{number}_bumped"] = write.bumped_real
    return given


@cache
def _one(shape: Shape, dialect: str) -> Any:
    return _statement(shape, dialect, 0)


@lru_cache(maxsize=512)
def _all(shapes: tuple[Shape, ...]) -> Any:
    parts = [_statement(shape, "postgresql", number).cte(f"w{number}") for number, shape in enumerate(shapes)]
    return select(literal(1)).add_cte(*parts)


def _statement(shape: Shape, dialect: str, number: int) -> Any:
    table, keys = shape.table, [column.key for column in shape.table.primary_key]
    given = {name: bindparam(f"w{number}_{name}", type_=table.c[name].type) for name in shape.columns}
    if shape.how == "update":
        values: dict[str, Any] = {name: given[name] for name in shape.columns if name not in keys}
        if shape.bumped:
            values["revision"] = table.c.revision + 1
            real = bindparam(f"w{number}_bumped", type_=table.c.lags_real.type)
            values["lags_real"] = case((table.c.ts.is_not(None), real), else_=None)
        return update(table).where(*(table.c[name] == given[name] for name in keys)).values(values)
    # each database has an insert of its own, and a start needs only one of them
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table).values(given)
    if shape.how == "insert":
        return insert.on_conflict_do_nothing()
    changed = {name: insert.excluded[name] for name in shape.columns if name not in keys}
    return insert.on_conflict_do_update(index_elements=[table.c[name] for name in keys], set_=changed)
