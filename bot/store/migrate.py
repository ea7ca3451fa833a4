"""The schema: its revision, and its migrations. Safe when several processes migrate at once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.errors import ConfigurationError, SchemaError
from bot.package_files import folder
from bot.store import tables
from bot.store.database import Database, keep_private, shown

if TYPE_CHECKING:
    from alembic.config import Config

RESTORE = "bring back a copy; docs/operations.md says how"
OTHERWISE = re.compile(r"no such (table|column)|duplicate column|already exists|does not exist")
"""Errors of a migration where somebody changed the tables by hand."""
LOCK = 4_611_021_983
"""The key of Postgres's advisory lock for migrations: any number, the same in every process."""


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - see `head`

    config = Config()
    config.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def revisions() -> list[str]:
    """Return all revisions, the oldest first: each is the number with which its file's name begins."""
    return sorted(file.name.partition("_")[0] for file in (folder("migrations") / "versions").glob("[0-9]*.py"))


def head() -> str:
    """Return the revision this program needs, without importing Alembic, so that a start that migrates nothing is
    quick.
    """
    return revisions()[-1]


def current(database: Database) -> str | None:
    """Return the revision the database has; None for an empty one."""
    with database.reader.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check(database: Database) -> None:
    """Refuse a database this program doesn't fit.

    Raises:
        SchemaError: it is older (the remedy is a command), newer (the remedy is a newer program), or has lost a table.
    """
    at = current(database)
    if at == head():
        ensure_whole(database)
        return
    if at is None or at in revisions():
        raise SchemaError(
            f"the database's schema is {at or 'empty'}, this program needs {head()}: "
            "run `missinglink db upgrade`, then start again"
        )
    raise SchemaError(
        f"the database's schema is {at}, which this version of Missing Link doesn't know: "
        "start the version that wrote it, or a newer one"
    )


def ensure_ours(database: Database) -> None:
    """Refuse a database that another program keeps its tables in, where they would meet ours.

    Raises:
        ConfigurationError: it does; on Postgres only tables of the same name matter.
    """
    with database.reader.connect() as connection:
        # one query for all names, since another process may be creating them just now
        names = set(inspect(connection).get_table_names())
    theirs = sorted(names if database.sqlite else names & set(tables.metadata.tables))
    if theirs and "alembic_version" not in names:
        raise ConfigurationError(
            f"the database {shown(database.url)} holds the table {theirs[0]} of another program: "
            "give Missing Link a database of its own in DATABASE_URL"
        )


def ensure_whole(database: Database) -> None:
    """Refuse a database whose tables aren't those of the revision it says it has.

    Raises:
        SchemaError: some are missing, or there are tables and no revision.
    """
    at = current(database)
    with database.reader.connect() as connection:
        looker = inspect(connection)
        numbered = looker.has_table("alembic_version")
        there = {name: looker.has_table(name) for name in sorted(tables.metadata.tables)}
    missing = [name for name, found in there.items() if not found]
    where, remedy = shown(database.url), RESTORE
    if at == head() and missing:
        raise SchemaError(f"the database {where} has lost its table {missing[0]}: {remedy}")
    if at in revisions() and not any(there.values()):
        raise SchemaError(f"the database {where} says its schema is {at}, and has none of its tables: {remedy}")
    # another process may have made both since they were looked for
    if at is None and numbered and any(there.values()) and current(database) is None:
        raise SchemaError(f"the database {where} has tables of Missing Link and no schema's number: {remedy}")


def upgrade(database: Database, revision: str = "head") -> Path | None:
    """Upgrade the schema; an SQLite file that holds something is copied first.

    Returns:
        The backup's path, when one was made.
    Raises:
        ConfigurationError: the database is another program's.
        SchemaError: the database is newer than this program, or has lost tables.
    """
    ensure_ours(database)
    at = current(database)
    if at is not None and at not in revisions():
        check(database)
    ensure_whole(database)
    if at == head() == (revision if revision != "head" else head()):
        return None
    from alembic import command  # noqa: PLC0415 - see `head`

    backup = None
    if database.file is not None and at is not None and at != head():
        backup = database.file.with_name(f"{database.file.name}.{at}.bak")
        copy(database.file, backup)
    _run(database, lambda config: command.upgrade(config, revision))
    return backup


def downgrade(database: Database, revision: str) -> None:
    """Downgrade the schema to a revision ("base" for none).

    Raises:
        SchemaError: there is no such revision.
    """
    if revision not in {"base", *revisions()}:
        raise SchemaError(f'there is no revision "{revision}"; there are: base, {", ".join(revisions())}')
    from alembic import command  # noqa: PLC0415 - see `head`

    _run(database, lambda config: command.downgrade(config, revision))


def _run(database: Database, step: Callable[[Config], None]) -> None:
    try:
        with database.writer.begin() as connection:
            if not database.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            step(_config(connection))
    except DBAPIError as error:
        if OTHERWISE.search(str(error.orig)) is None:
            raise
        said = str(error.orig).splitlines()[0]
        raise SchemaError(
            f"the schema of {shown(database.url)} isn't as its number says ({said}), and nothing was changed: {RESTORE}"
        ) from error


def copy(file: Path, target: Path) -> None:
    """Copy a snapshot of an SQLite file, also while a bot writes to it."""
    keep_private(target)
    source, made = sqlite3.connect(file), sqlite3.connect(target)
    try:
        source.backup(made)
    finally:
        made.close()
        source.close()
