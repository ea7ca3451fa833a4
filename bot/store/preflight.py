"""The preflight check of a database: whatever would keep the bot from using it is found before anything is stored."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from sqlalchemy import text

from bot.errors import ConfigurationError
from bot.store import tables
from bot.store.database import Database, shown
from bot.store.database_errors import STATES, explained

LACKING = text(
    "SELECT name, verb, current_user AS who, current_schema() AS place "
    "FROM unnest(CAST(:tables AS text[])) AS name, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS verb "
    "WHERE NOT has_table_privilege(to_regclass(name), verb) AND (name <> 'alembic_version' OR verb = 'SELECT') LIMIT 1"
)
"""A table of this program that the user in DATABASE_URL may not read or write."""


def ensure_usable(database: Database) -> None:
    """Make a first connection, and check that the database can hold what the bot writes.

    Raises:
        ConfigurationError: somebody has to mend the address, the file, the folder or the database.
        DatabaseUnreachableError: it can't be reached just now.
    """
    if database.file is not None:
        ensure_writable(database.file)
    with explained(database.url), database.read() as session:
        if database.sqlite:
            session.execute(text("SELECT count(*) FROM sqlite_schema"))
            return
        encoding = session.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        raise ConfigurationError(
            f"the database {shown(database.url)} is in {encoding}, which can't hold "
            "every name and emoji; make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0"
        )


def ensure_may_create(database: Database) -> None:
    """Refuse a Postgres user who may not make tables, which `missinglink db upgrade` does.

    Raises:
        ConfigurationError: there is no schema to make them in, or it isn't granted.
    """
    asked = text("SELECT current_user AS who, current_schema() AS place, "
                 "has_schema_privilege(current_schema(), 'CREATE') AS may")  # fmt: skip
    with explained(database.url), database.read() as session:
        found = session.execute(asked).one()
    if found.place is None:
        raise ConfigurationError(f"the user {found.who} has no schema; {STATES['3F000']}")
    if not found.may:
        raise ConfigurationError(
            f"the database's user {found.who} may not make tables in the schema {found.place}; as its owner run "
            f"GRANT CREATE ON SCHEMA {found.place} TO {found.who}, or let the owner run `missinglink db upgrade`"
        )


def ensure_granted(database: Database) -> None:
    """Refuse a Postgres user who may not read and write each table of this program's.

    Raises:
        ConfigurationError: something isn't granted; the text has the statement that grants it.
    """
    with explained(database.url), database.read() as session:
        lacking = session.execute(LACKING, {"tables": [*tables.metadata.tables, "alembic_version"]}).first()
    if lacking is not None:
        raise ConfigurationError(
            f"the database's user {lacking.who} may not {lacking.verb} in the table {lacking.name}; "
            "as the tables' owner run "
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {lacking.place} TO {lacking.who}"
        )


def ensure_writable(file: Path) -> None:
    """Refuse an SQLite file that can't be made or written where it is.

    Raises:
        ConfigurationError: it is a folder, its folder isn't there, or this user may not write to one of them.
    """
    try:
        _ensure_writable(file, file.resolve().parent)
    except RuntimeError as error:
        # Python 3.11 says so of a link that leads to itself
        raise ConfigurationError(
            f"DATABASE_URL names {file}, which is a link that leads to itself: give another path"
        ) from error
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENAMETOOLONG}:
            raise ConfigurationError(
                f"DATABASE_URL names {file}, which can't be a file ({error.strerror}): give another path"
            ) from error
        raise ConfigurationError(
            f"DATABASE_URL names {file}, which this user (uid {os.geteuid()}) can't even look for ({error.strerror}): "
            "let them into its folder, or give another path"
        ) from error


def _ensure_writable(file: Path, folder: Path) -> None:
    if file.is_dir():
        raise ConfigurationError(f"DATABASE_URL names {file}, which is a folder: give the path of a file in it")
    if file.exists() and not file.is_file():
        raise ConfigurationError(f"DATABASE_URL names {file}, which is no regular file: give another path")
    if not folder.is_dir():
        raise ConfigurationError(
            f"DATABASE_URL names a file in {folder}, which doesn't exist: make that folder, or give another path"
        )
    # SQLite keeps a journal beside its file, so the folder too must be this user's to write
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigurationError(
            f"DATABASE_URL names a file in {folder}, where this user (uid {os.geteuid()}) may not write: "
            "give them that folder, or give another path"
        )
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise ConfigurationError(
            f"DATABASE_URL names {file}, which this user (uid {os.geteuid()}) may not read and write: "
            "give them that file, or give another path"
        )
