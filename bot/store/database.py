"""The engine, and the two ways into it: `read` and `write`.

On SQLite all writes go through one connection and begin with BEGIN IMMEDIATE: a deferred transaction that
turns into a write fails at once when another writes, whatever the busy timeout, and SQLite before 3.51.3
can corrupt a WAL file that several connections write to (https://sqlite.org/wal.html, "The WAL-Reset Bug").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.errors import ConfigurationError
from bot.store import pending
from bot.store.pending import Pending

DASH = re.compile("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")
EXAMPLES = "sqlite:///missinglink.db or postgresql://user:password@host/name"


def parse_url(text: str) -> URL:
    """Parse a database address as operators write it; a Postgres one is given the psycopg driver.

    Raises:
        ConfigurationError: it is no address, or one of a database this program doesn't run on.
    """
    text = text.strip()
    if not text.isprintable():
        raise ConfigurationError(f"DATABASE_URL has a line break or an invisible sign in it; write it like {EXAMPLES}")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(f"DATABASE_URL is no database address; write it like {EXAMPLES}") from error
    backend = url.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return _postgres_url(url.set(drivername="postgresql+psycopg"))
    if backend != "sqlite":
        raise ConfigurationError(f"DATABASE_URL names {backend}, which isn't supported; use {EXAMPLES}")
    if not url.database or url.database == ":memory:":
        raise ConfigurationError(f"DATABASE_URL names an SQLite database without a file; use {EXAMPLES}")
    if url.query:
        raise ConfigurationError(
            f"DATABASE_URL has the option {next(iter(url.query))}, and a file takes none: "
            "leave out the ? and what follows"
        )
    return url.set(drivername="sqlite")


def _postgres_url(url: URL) -> URL:
    if DASH.search(f"{url.host} {url.username} {url.query}"):
        raise ConfigurationError("DATABASE_URL has a typographic dash where a - belongs: type it anew")
    if "@" in (url.host or ""):
        raise ConfigurationError("DATABASE_URL has an @ in its password; write it as %40")
    for host in (url.host or "").split(","):
        try:
            host.encode("idna")
        except UnicodeError:
            raise ConfigurationError(
                f"DATABASE_URL names the host {host:.80}, which no host can be called (a part of it is empty or longer "
                "than 63 signs): mend the name"
            ) from None
    # libpq knows which options there are; it says so without a connection
    from psycopg import ProgrammingError, conninfo  # noqa: PLC0415 - a start on SQLite needn't wait for its import

    try:
        conninfo.make_conninfo("", **{name: str(value) for name, value in url.query.items()})
    except ProgrammingError as error:
        raise ConfigurationError(
            f"DATABASE_URL has an option that Postgres doesn't know ({str(error).strip()}): mend what follows the ?"
        ) from error
    return url


def shown(url: URL) -> str:
    """Return an address as its operator wrote it, without the password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


class Session:
    """An open transaction, and the writes that wait for its end (see `pending`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect.name
        self.pending = Pending()
        self.due_at_once = False
        """Set once something was stored that may be due at once."""
        self.lessons_changed = False
        """Set once other lessons are to be served than before."""
        self._begun = False

    def execute(self, statement: Executable, given: Any = None) -> Any:
        """Run a statement after the waiting writes, so that it sees them."""
        if self.pending:
            self.flush()
        return self._run(statement, given)

    def flush(self) -> None:
        """Write the waiting writes."""
        writes = self.pending.take()
        if self.dialect != "sqlite" and len(writes) > 1:
            self._run(*pending.together(writes))
        else:
            for write in writes:
                self._run(*pending.statement(write, self.dialect))

    def _run(self, statement: Executable, given: Any) -> Any:
        """Run a statement; return its result.

        The first one of a transaction runs once more where it met a dead connection, such as after a restart of the
        server: nothing was done before it, and the pool has dropped every connection as old as that one.
        """
        try:
            return self._connection.execute(statement, given)
        except DBAPIError as error:
            if self._begun or not error.connection_invalidated:
                raise
            self._connection.rollback()
            return self._connection.execute(statement, given)
        finally:
            self._begun = True


class Database:
    """One opened database."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = parse_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite:
            self.writer = _sqlite(self.url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0, pool_timeout=30)
            self.reader = _sqlite(self.url, "BEGIN", pool_size=pool_size)
        else:
            self.writer = _postgres(self.url, pool_size=pool_size)
            # the level below shows each statement what is committed by then, in a transaction or not: without one, a
            # look is spared its BEGIN and ROLLBACK, a round trip each
            self.reader = self.writer.execution_options(isolation_level="AUTOCOMMIT")

    @property
    def file(self) -> Path | None:
        """Return the SQLite file, or None on Postgres."""
        return Path(str(self.url.database)) if self.sqlite else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that may change things: committed at the end, rolled back on an exception."""
        with self.writer.connect() as connection:
            # on SQLite this waits for its turn; Postgres hears of it with the first statement
            connection.begin()
            session = Session(connection)
            yield session
            session.flush()
            connection.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that changes nothing: a snapshot on SQLite, one for each statement on Postgres."""
        with self.reader.connect() as connection:
            yield Session(connection)

    def close(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def keep_private(file: Path) -> None:
    """Create the file, if there is none, for its owner and group alone; SQLite would let everybody read it."""
    if not file.exists():
        file.touch(mode=0o660)


def _sqlite(url: URL, begin: str, **pool: Any) -> Engine:
    # autocommit in the driver, so that the BEGIN below is the only one and DDL is part of the transaction
    engine = create_engine(
        url,
        # what people chose and are called doesn't belong in a traceback, nor in the log that it ends in
        hide_parameters=True,
        connect_args={"timeout": 15, "isolation_level": None, "check_same_thread": False},
        **pool,
    )

    @event.listens_for(engine, "do_connect")
    def on_do_connect(*_: Any) -> None:
        # where that can't be, SQLite says why
        with suppress(OSError):
            keep_private(Path(str(url.database)))

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: URL, **pool: Any) -> Engine:
    # each BEGIN says its level, whatever the database's own default is: the claims and locks are made for this one.
    # no connection is pinged before its use: `Session.execute` replaces a dead one
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        connect_args={"client_encoding": "utf8"},
        **pool,
    )

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.autocommit = True
        # the driver reads dates in this style alone; a pooler in between keeps it for its client
        serving = connection.execute("SELECT pg_backend_pid(), set_config('DateStyle', 'ISO', false)").fetchone()[0]
        connection.autocommit = False
        if serving != connection.info.backend_pid:
            # whoever answered isn't whoever serves: behind PgBouncer, the next transaction may meet another server,
            # which doesn't know the statements that this one prepared
            connection.prepare_threshold = None

    return engine
