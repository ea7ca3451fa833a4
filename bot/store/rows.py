"""The mapping of rows to dataclasses, which share their field names.

A statement is built once for each shape and then only given its values: building one costs three times what SQLite
takes to run it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, Boolean, Date, Select, Table, Text, Update, bindparam, cast, func, select, update

from bot.store.database import Session
from bot.store.note_text import parse_note
from bot.store.rider_text import parse_rider
from bot.store.subject_json import decode_subject
from bot.store.types import Instant, ItemIds, LocalTime, NoteText, RiderText, SubjectJson, Weekdays

Made = TypeVar("Made")


_PLAIN = frozenset({str, int, bool, type(None), datetime, date, time})


def plain(value: Any) -> Any:
    """Convert enums to their values and mappings to dicts, which every driver stores."""
    # most are plain already, and to ask whether something is a mapping takes long
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    return dict(value) if isinstance(value, Mapping) else value


class Rows(Generic[Made]):
    """One table's rows as frozen dataclasses."""

    def __init__(self, of: Table, made: type[Made], **kinds: Callable[[Any], Any]) -> None:
        """`kinds`: what makes a field from a column, where it isn't the column's own value. NULL stays None."""
        self.table, self.c = of, of.c
        self._made, self._names = made, tuple(f.name for f in fields(made))  # type: ignore[arg-type]
        self._kinds = tuple(kinds.items())
        self._keys = tuple(column.name for column in self.table.primary_key)
        self.columns = tuple(self.c[name] for name in self._names)
        parsers = ((place, _parser(column)) for place, column in enumerate(self.columns))
        self._parsers = tuple((place, parser) for place, parser in parsers if parser is not None)

    def one(self, session: Session, *, lock: bool = False, **equal: Any) -> Made | None:
        """Return the row whose columns equal these; with `lock`, nobody else changes it until the transaction ends."""
        found = self.run(session, _select(self.table, self._names, tuple(equal), "", lock), **equal)
        assert len(found) <= 1
        return found[0] if found else None

    def all(self, session: Session, order: str = "", **equal: Any) -> list[Made]:
        """Return the rows whose columns equal these, by the column `order`."""
        return self.run(session, _select(self.table, self._names, tuple(equal), order, lock=False), **equal)

    def run(self, session: Session, statement: Any, **given: Any) -> list[Made]:
        """Return the rows that a statement over `columns` finds, or returns."""
        return [self.make(row) for row in session.execute(statement, given)]

    def make(self, row: Any) -> Made:
        """Convert a row over `columns` to its dataclass."""
        given = dict(zip(self._names, row, strict=True))
        for name, kind in self._kinds:
            if given[name] is not None:
                given[name] = kind(given[name])
        # as unpickling does it: the constructor of a frozen dataclass takes six times as long
        made = object.__new__(self._made)
        made.__dict__.update(given)
        return made

    def later_insert(self, session: Session, thing: Made) -> None:
        """Insert `thing` at the end of the transaction unless it is there already."""
        session.pending.insert(self.table, self._key(thing), self._values(thing))

    def later_put(self, session: Session, thing: Made) -> None:
        """Insert `thing` at the end of the transaction, or make the row with its primary key equal to it."""
        session.pending.put(self.table, self._key(thing), self._values(thing))

    def later_change(self, session: Session, thing: Made, bumped_real: Any = None, **columns: Any) -> Made:
        """Change columns of the row with the keys of `thing` at the end of the transaction; return `thing` as it is
        then.

        `bumped_real`: its revision goes up, and where it was sent it lags since then (real time).
        """
        keys = {name: plain(getattr(thing, name)) for name in self._keys}
        given = {name: plain(value) for name, value in columns.items()}
        session.pending.update(self.table, self._key(thing), keys | given, bumped_real)
        # as `make` does it
        changed = object.__new__(self._made)
        changed.__dict__.update(vars(thing) | columns)
        return changed

    def _key(self, thing: Any) -> tuple[str, ...]:
        return tuple(plain(getattr(thing, name)) for name in self._keys)

    def as_json(self, dialect: str, *where: Any) -> Any:
        """Return a scalar subquery: the rows that fulfil these conditions, as a JSON list for `from_json`."""
        if dialect == "sqlite":
            found: Any = func.json_group_array(func.json_array(*self.columns))
        else:
            found = cast(func.json_agg(func.json_build_array(*self.columns)), Text)
        return select(found).select_from(self.table).where(*where).scalar_subquery()

    def from_json(self, found: str | None) -> list[Made]:
        """Return the rows that `as_json` selected."""
        return [self._parsed(row) for row in json.loads(found or "[]")]

    def _parsed(self, row: list[Any]) -> Made:
        for place, parse in self._parsers:
            if row[place] is not None:
                row[place] = parse(row[place])
        return self.make(row)

    def insert_new(self, session: Session, thing: Made) -> bool:
        """Insert `thing` unless a unique constraint already has it; return True if it is new."""
        # what comes back is certain; a driver's count of inserted rows is not
        statement = _insert_new(self.table, session.dialect, self._names)
        return session.execute(statement, self._values(thing)).first() is not None

    def put(self, session: Session, thing: Made) -> None:
        """Insert `thing`, or make the row with its primary key equal to it."""
        session.execute(_put(self.table, session.dialect, self._names), self._values(thing))

    def change(self, session: Session, thing: Any, **columns: Any) -> int:
        """Change columns of the row with the keys of `thing`; return the number of rows changed."""
        return self.change_all(session, {name: plain(getattr(thing, name)) for name in self._keys}, **columns)

    def change_all(self, session: Session, equal: Mapping[str, Any], **columns: Any) -> int:
        """Change columns of the rows whose columns equal these; return their number."""
        given = {f"new_{name}": plain(value) for name, value in columns.items()}
        given |= {f"old_{name}": value for name, value in equal.items()}
        return changed_by(session.execute(_update(self.table, tuple(equal), tuple(columns)), given))

    def _values(self, thing: Made) -> dict[str, Any]:
        return {name: plain(getattr(thing, name)) for name in self._names}


def _parser(column: Any) -> Callable[[Any], Any] | None:
    """Return the function that makes a column's value from JSON; None if it is the value already."""
    kinds: dict[type, Callable[[Any], Any]] = {
        Instant: _instant,
        Weekdays: lambda said: frozenset(int(day) for day in said),
        ItemIds: lambda said: tuple(said.split()),
        LocalTime: time.fromisoformat,
        Date: date.fromisoformat,
        Boolean: bool,
        # SQLite keeps JSON as text
        JSON: _json,
        SubjectJson: lambda said: decode_subject(_json(said)),
        NoteText: parse_note,
        RiderText: parse_rider,
    }
    return kinds.get(type(column.type))


def _json(said: Any) -> Any:
    return json.loads(said) if isinstance(said, str) else said


def _instant(said: str) -> datetime:
    known = datetime.fromisoformat(said)
    return known.replace(tzinfo=UTC) if known.tzinfo is None else known.astimezone(UTC)


def changed_by(result: Any) -> int:
    """Return the number of rows that a statement changed."""
    return int(result.rowcount)


@cache
def _select(of: Table, names: tuple[str, ...], equal: tuple[str, ...], order: str, lock: bool) -> Select[Any]:
    query = select(*(of.c[name] for name in names)).where(*(of.c[name] == bindparam(name) for name in equal))
    query = query.order_by(of.c[order]) if order else query
    return query.with_for_update(key_share=True) if lock else query


@cache
def _update(of: Table, equal: tuple[str, ...], columns: tuple[str, ...]) -> Update:
    return (
        update(of)
        .where(*(of.c[name] == bindparam(f"old_{name}") for name in equal))
        .values({name: bindparam(f"new_{name}") for name in columns})
    )


def _insert(of: Table, dialect: str, names: tuple[str, ...]) -> Any:
    # each database has an insert of its own, and a start needs only one of them
    own = import_module(f"sqlalchemy.dialects.{dialect}")
    return own.insert(of).values({name: bindparam(name) for name in names})


@cache
def _insert_new(of: Table, dialect: str, names: tuple[str, ...]) -> Any:
    return _insert(of, dialect, names).on_conflict_do_nothing().returning(*of.primary_key)


@cache
def _put(of: Table, dialect: str, names: tuple[str, ...]) -> Any:
    statement = _insert(of, dialect, names)
    keys = [column.name for column in of.primary_key]
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)
