"""Count what a process sends to its database while it deals with a request: every statement, BEGIN, COMMIT, ROLLBACK and
the pool's pings included.

SQLite reports each statement that it runs (`set_trace_callback`). On Postgres a relay reads the protocol on its way to
the server, so that nothing of the driver's own is missed. Left out is what a request may or may not meet, as its connection
was used before: the connection's set-up, and that psycopg prepares a statement at its fifth use and forgets it after a
ROLLBACK.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import Pool
from websockets.sync.connection import Connection

from tests.in_between import Listener

ACK = "-- acknowledged"
FORGETTING = b"DEALLOCATE"


class Statements:
    """All statements so far, in their order, and `ACK` wherever a request was acknowledged."""

    def __init__(self) -> None:
        self._seen: list[str] = []

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, statement: str) -> None:
        """Note one statement, or `ACK`."""
        self._seen.append(" ".join(statement.split()))

    def since(self, begin: int) -> list[str]:
        """Return what came after the first `begin` entries."""
        return self._seen[begin:]


@contextmanager
def counted(url: str) -> Iterator[tuple[Statements, str]]:
    """Yield the statements of whoever opens the database at the second value, an address of the same database."""
    seen = Statements()
    with _acknowledgements(seen):
        if make_url(url).get_backend_name() == "sqlite":
            with _first_use(lambda connection: connection.set_trace_callback(seen.add)):
                yield seen, url
        else:
            with _postgres(seen, url) as relayed:
                yield seen, relayed


@contextmanager
def _acknowledgements(seen: Statements) -> Iterator[None]:
    """Note when an acknowledgement is handed to the bot's WebSocket, the only client in the process that sends on one."""
    send = Connection.send

    def noting(self: Connection, *given: Any, **named: Any) -> None:
        seen.add(ACK)
        send(self, *given, **named)

    Connection.send = noting  # type: ignore[method-assign]
    try:
        yield
    finally:
        Connection.send = send  # type: ignore[method-assign]


@contextmanager
def _first_use(of: Callable[[Any], object]) -> Iterator[None]:
    """Call `of` for each database connection that is opened, once its set-up is over: that isn't any request's."""

    def used(connection: Any, record: Any, _proxy: Any) -> None:
        if not record.info.get("counted"):
            record.info["counted"] = True
            of(connection)

    event.listen(Pool, "checkout", used)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", used)


@contextmanager
def _postgres(seen: Statements, url: str) -> Iterator[str]:
    direct = make_url(url)
    server = Path(str(direct.query["host"])) / f".s.PGSQL.{direct.port or 5432}"
    ready: set[int] = set()

    def relay(client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as upstream:
            upstream.connect(str(server))
            back = threading.Thread(target=_back, args=(upstream, client), daemon=True)
            back.start()
            _forth(client, upstream, seen, ready)
            back.join()

    def note(connection: psycopg.Connection[Any]) -> None:
        with socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as own:
            ready.add(own.getsockname()[1])

    with Listener(relay) as listener, _first_use(note):
        yield (
            f"postgresql://{direct.username}@127.0.0.1:{listener.port}/{direct.database}"
            "?sslmode=disable&gssencmode=disable"
        )


def _back(server: socket.socket, client: socket.socket) -> None:
    with suppress(OSError):
        while part := server.recv(65536):
            client.sendall(part)
        client.shutdown(socket.SHUT_RDWR)


def _forth(client: socket.socket, server: socket.socket, seen: Statements, ready: set[int]) -> None:
    """Pass on what the client says, message by message, and note each statement before the server has it.

    Q is a statement as it stands. P gives one a name, B binds a name's values, E runs what was bound last
    (https://www.postgresql.org/docs/current/protocol-message-formats.html).
    """
    prepared: dict[bytes, str] = {}
    bound, port = "", client.getpeername()[1]
    with suppress(OSError, struct.error), client.makefile("rb") as reader:
        (length,) = struct.unpack("!I", start := reader.read(4))
        server.sendall(start + reader.read(length - 4))
        while kind := reader.read(1):
            (length,) = struct.unpack("!I", head := reader.read(4))
            body = reader.read(length - 4)
            if kind == b"P":
                name, statement, _ = body.split(b"\0", 2)
                prepared[name] = statement.decode()
            elif kind == b"B":
                bound = prepared[body.split(b"\0", 2)[1]]
            elif kind in {b"Q", b"E"} and port in ready and not body.startswith(FORGETTING):
                seen.add(bound if kind == b"E" else body.rstrip(b"\0").decode())
            server.sendall(kind + head + body)
    with suppress(OSError):
        server.shutdown(socket.SHUT_RDWR)
