"""Statements are compiled once for all the databases of a test run.

SQLAlchemy keeps compiled statements by the dialect object, of which each engine has its own; a program opens one
database, and the tests some thousands. To compile for each anew was a quarter of the CPU time of the tests of dialogs.
All databases of a run are of the same release and driver, so that what is compiled for one is right for the others.

The driver in turn keeps what it has made of a statement, unless that is long, as those are that read all of a learner.
"""

from __future__ import annotations

from typing import Any

from psycopg import _queries
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from bot.store import database

_compiled: LRUCache[Any, Any] = LRUCache(2_000)


def _is_alike(dialect: object, other: object) -> bool:
    return type(dialect) is type(other)


def _hash(dialect: object) -> int:
    return hash(type(dialect))


def _engine(*given: Any, **more: Any) -> Engine:
    engine = create_engine(*given, **more)
    engine.update_execution_options(compiled_cache=_compiled)
    return engine


def share() -> None:
    """Share compiled statements from now on."""
    for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite):
        kind.__eq__ = _is_alike  # type: ignore[method-assign]
        kind.__hash__ = _hash  # type: ignore[assignment, method-assign]
    database.create_engine = _engine  # type: ignore[attr-defined]
    _queries.MAX_CACHED_STATEMENT_LENGTH = 100_000
