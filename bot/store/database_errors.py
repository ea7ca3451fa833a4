"""The classification of database errors: here alone a mistake is told from a database that is away.

A mistake (a wrong name, password, option or schema) is a `ConfigurationError`: trying again changes nothing. Everything
else that keeps a connection from being made is a `DatabaseUnreachableError`: it may go by itself.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import ConfigurationError, DatabaseUnreachableError, MissingLinkError
from bot.store.database import shown
from bot.store.sqlstate import refusal_code

USER = "check the user and the password in DATABASE_URL"
OPTION = "check the port, and what follows the ?, in DATABASE_URL"
LOCAL_DISK = "put it on a local disk, or use Postgres"
MISTAKES = (
    (r"password authentication failed|no password supplied|authentication failed|no such user", USER),
    (r"role .* (does not exist|is not permitted to log in)", USER),
    (r"pg_hba\.conf", "let this user and this machine in, in the server's pg_hba.conf"),
    (
        r"database .* does not exist|no such database",
        "create it with CREATE DATABASE, or mend the name in DATABASE_URL",
    ),
    (r"permission denied for database", "GRANT CONNECT ON DATABASE to the user in DATABASE_URL"),
    (r"unsupported startup parameter", "take the option out of DATABASE_URL, or let the pooler ignore it"),
    (r"connection option|configuration parameter|bad value for|invalid \S+ value|invalid value for", OPTION),
    (r"definition of service|invalid port", OPTION),
    (r"certificate|does not support SSL|SSL is not enabled", "check sslmode and sslrootcert in DATABASE_URL"),
)
"""Messages of Postgres, libpq and PgBouncer before there is a connection, in English and without a SQLSTATE."""
STATES = {
    "42501": "GRANT the user in DATABASE_URL what is missing; docs/operations.md has the statements",
    "3F000": "create the schema, or mend search_path for the user in DATABASE_URL",
    "28": USER,
    "3D000": "create the database, or mend the name in DATABASE_URL",
    "22P05": "make a database with ENCODING 'UTF8' TEMPLATE template0",
    "22021": "make a database with ENCODING 'UTF8' TEMPLATE template0",
}
CONNECTING = {
    "28000": "check the user in DATABASE_URL, and whether the server's pg_hba.conf lets them in from this machine",
    "42704": OPTION,
    "22023": OPTION,
}
"""The meaning of some SQLSTATEs before there is a connection, where they can't be about a statement."""
AWAY = ("08", "53", "57", "25006")
"""SQLSTATEs of a server that is starting, full, stopping, or a standby for now."""
SQLITE = (
    (r"SQLITE_NOTADB", "move that file away, or give another path in DATABASE_URL"),
    (r"SQLITE_CORRUPT", "bring back a copy; docs/operations.md says how"),
    (r"SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH", "let this user write to the file and to its folder"),
    (r"SQLITE_FULL", "make room on the disk"),
    (r"SQLITE_IOERR_(LOCK|RDLOCK|UNLOCK|CHECKRESERVEDLOCK|SHM)|SQLITE_PROTOCOL|SQLITE_NOLFS", LOCAL_DISK),
    (r"SQLITE_IOERR", "see whether that disk is well"),
)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Convert a driver's exception while something is opened into an error of ours, if it is known."""
    try:
        yield
    except SQLAlchemyError as error:
        known = classify(error, url)
        if isinstance(known, DatabaseUnreachableError):
            known = _by_code(error, url) or known
        if known is None:
            raise
        raise known from error
    except UnicodeError as error:
        # Python's own, about a name or a value of the address, before any driver has seen it
        raise ConfigurationError(
            f"the database {shown(url)} can't be opened ({error}): check the host and the rest of DATABASE_URL"
        ) from error


def classify(error: Exception, url: URL) -> MissingLinkError | None:
    """Return the error of ours for an exception, in one line; None for what is neither a mistake nor a database that
    is away.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, Exception):
        return None
    if isinstance(cause, sqlite3.Error):
        return _sqlite(cause, url)
    # a driver's own class: what it says is enough, and this module needn't import it
    if type(cause).__module__.partition(".")[0] != "psycopg":
        return None
    return _postgres(cause, getattr(cause, "sqlstate", None), url)


def _by_code(error: SQLAlchemyError, url: URL) -> MissingLinkError | None:
    """Return the error by the code of a server whose words aren't in English; None if the code says nothing."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, Exception) or getattr(cause, "sqlstate", None):
        return None
    code = refusal_code(cause)
    return _postgres(cause, code, url, {**STATES, **CONNECTING}) if code else None


def why(error: Exception, url: URL) -> dict[str, Any]:
    """Return the keywords of a log line about a failure: the reason if it is known, else the traceback."""
    known = classify(error, url)
    return {"exc_info": error} if known is None else {"exc_info": None, "extra": {"problem": str(known)}}


def _postgres(
    cause: Exception, state: str | None, url: URL, states: Mapping[str, str] = STATES
) -> MissingLinkError | None:
    where, said = shown(url), _said(cause)
    if state:
        remedy = states.get(state) or states.get(state[:2])
        if remedy:
            return ConfigurationError(f"the database {where} says: {said}; {remedy}")
        return DatabaseUnreachableError(f"the database {where} says: {said}") if state.startswith(AWAY) else None
    for pattern, remedy in MISTAKES:
        if re.search(pattern, said):
            return ConfigurationError(f"the database {where} can't be opened: {said}; {remedy}")
    if type(cause).__name__ in {"OperationalError", "ConnectionTimeout"}:
        return DatabaseUnreachableError(f"the database {where} can't be reached: {said}")
    return None


def _said(cause: Exception) -> str:
    """Return the first line, without the address, which stands elsewhere already."""
    first = next((line.strip() for line in str(cause).splitlines() if line.strip()), type(cause).__name__)
    return re.sub(
        r"^(connection (failed|is bad): )?(connection to server .*? failed: )?((FATAL|ERROR): +|[^:]+:  )?", "", first
    )


def _sqlite(cause: sqlite3.Error, url: URL) -> MissingLinkError | None:
    name = getattr(cause, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseUnreachableError(f"{url.database} is held by another program: {cause}")
    for pattern, remedy in SQLITE:
        if re.match(pattern, name):
            return ConfigurationError(f"DATABASE_URL names {url.database}, which can't be used: {cause}; {remedy}")
    return None
