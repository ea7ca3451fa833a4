"""Databases of tests: emptied for the next one on Postgres, and never written through to the disk on SQLite."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.store import database, tables

_SHAPE = text(
    "SELECT (SELECT version_num FROM alembic_version), (SELECT count(*) FROM pg_constraint), md5(string_agg(concat_ws("
    "' ', relname, attname, atttypid, attnotnull), ',' ORDER BY relname, attname)) FROM pg_attribute JOIN pg_class "
    "ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped"
)
"""The release of a database, and a digest of its tables, columns, indexes and constraints."""
_EMPTY = "; ".join(f"DELETE FROM {table.name}" for table in reversed(tables.metadata.sorted_tables))
"""All tables in one request: one for each was a tenth of what a test on Postgres took."""

AS_SERVED = database._sqlite
"""How SQLite is opened outside of tests."""


def new_postgres(server: str, with_: str = "") -> str:
    """The address of a database of a test's own. `with_`: what follows CREATE DATABASE's name."""
    name = f"t{uuid4().hex[:12]}"
    execute(server, f"CREATE DATABASE {name} {with_}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


class Spare:
    """Migrated databases that tests take turns with: it takes less to empty one than to copy another."""

    def __init__(self, server: str, template: str) -> None:
        """`template`: the name of a migrated database without rows."""
        self._server, self._template, self._free = server, template, list[str]()
        engine = create_engine(make_url(server).set(drivername="postgresql+psycopg", database=template))
        with engine.connect() as connection:
            self._shape = connection.execute(_SHAPE).one()
        engine.dispose()

    def take(self) -> str:
        """The address of a database without rows."""
        return self._free.pop() if self._free else new_postgres(self._server, f"TEMPLATE {self._template}")

    def give_back(self, url: str) -> None:
        """Empty a database for the next test; one that was altered, or is still used, is left alone."""
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        try:
            with engine.begin() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '1s'"))
                connection.exec_driver_sql(_EMPTY)
                shape = connection.execute(_SHAPE).one()
            if shape == self._shape:
                self._free.append(url)
        except DBAPIError:
            pass
        finally:
            engine.dispose()


def execute(server: str, *statements: str) -> None:
    """Run statements, each by itself."""
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def never_synced() -> None:
    """SQLite writes no commit of this process through to the disk, which takes longer than all else that it does: as with
    Postgres, only a machine that loses its power would show the difference, and none does in a test.
    """

    def unsynced(*given: Any, **more: Any) -> Engine:
        engine = AS_SERVED(*given, **more)
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        return engine

    database._sqlite = unsynced
