"""Between dataclasses and rows: the two share their field names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import Insert


def table(row: type[DeclarativeBase]) -> Table:
    """The table behind a mapped class."""
    found = row.__table__
    assert isinstance(found, Table)
    return found


def values(thing: Any) -> dict[str, Any]:
    """A dataclass's fields as column values."""
    return {f.name: plain(getattr(thing, f.name)) for f in fields(thing)}


def plain(value: Any) -> Any:
    """Enums as their values and mappings as dicts, which every driver stores."""
    if isinstance(value, Enum):
        return value.value
    return dict(value) if isinstance(value, Mapping) else value


def insert_new(session: Session, row: type[DeclarativeBase], thing: Any) -> bool:
    """Insert `thing` unless a unique constraint already has it; True when it is new."""
    statement = _insert(session, row).values(**values(thing)).on_conflict_do_nothing()
    # what comes back is certain; a driver's count of inserted rows is not
    return session.execute(statement.returning(*table(row).primary_key)).first() is not None


def put(session: Session, row: type[DeclarativeBase], thing: Any) -> None:
    """Insert `thing`, or make the row with its primary key equal to it."""
    columns = values(thing)
    keys = [column.name for column in table(row).primary_key]
    statement = _insert(session, row).values(**columns)
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def add(session: Session, row: type[DeclarativeBase], **columns: Any) -> None:
    """Insert a row that must be new."""
    session.execute(insert(table(row)).values(**{name: plain(value) for name, value in columns.items()}))


def change(session: Session, row: type[DeclarativeBase], *where: Any, **columns: Any) -> int:
    """Change columns where the conditions hold; the number of rows changed."""
    statement = update(table(row)).where(*where).values(**{name: plain(value) for name, value in columns.items()})
    return _rowcount(session.execute(statement))


def _rowcount(result: Any) -> int:
    return int(result.rowcount)


def _insert(session: Session, row: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
    dialect = session.get_bind().dialect.name
    made: Insert = (sqlite if dialect == "sqlite" else postgresql).insert(table(row))
    assert isinstance(made, sqlite.Insert | postgresql.Insert)
    return made
