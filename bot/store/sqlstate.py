"""The SQLSTATE of a refused connection: the words beside it are in the server's own language.

libpq gives no result, and so no SQLSTATE, for a connection that wasn't made. psycopg then has the words alone: the
class is always OperationalError, the status always BAD. The code does come over the wire, and libpq writes down what it
hears if it is told to (PQtrace; while connecting, from libpq 18 on). So a server that has refused is asked once more,
with that switched on.

What libpq says by itself (refused, no such host, a certificate, no password given) has no code. It is in English all
the same: libpq translates only for a program that has chosen a locale for its messages, and Python chooses none.
"""

from __future__ import annotations

import os
import re
import time
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn

FROM_SERVER = re.compile(r"failed: [^:\n]+:  ")
"""A server's message: libpq puts two spaces after its severity, in every language, and after nothing of its own."""
WAIT_SECONDS = 5.0
MOST_BYTES = 65536
_CODE = re.compile(rb'\tErrorResponse\t(?: [SV] "[^"]*")* C "([0-9A-Z]{5})"')


def refusal_code(cause: Exception) -> str | None:
    """Return the SQLSTATE of a server's refusal, by connecting once more; None if the server sends none."""
    if not FROM_SERVER.search(str(cause)):
        return None
    from psycopg import Error, conninfo  # noqa: PLC0415 - a start on SQLite needn't wait for its import

    tried = getattr(cause, "pgconn", None)
    options = {o.keyword.decode(): o.val.decode() for o in getattr(tried, "info", ()) if o.val}
    if not options:
        # libpq's own defaults are another server's, or another user's
        return None
    try:
        found = _CODE.search(_heard(conninfo.make_conninfo("", **options)))
    except (Error, OSError):
        # not on Linux, or a libpq without tracing
        return None
    return found[1].decode() if found else None


def _heard(address: str) -> bytes:
    """Return the server's answer to a connection, through a pipe: it may hold a password, which no file is to have."""
    from psycopg import pq  # noqa: PLC0415 - see above

    reading, writing = os.pipe()
    try:
        connection = pq.PGconn.connect_start(address.encode())
        try:
            connection.trace(writing)
            _connect(connection)
            connection.untrace()
        finally:
            connection.finish()
        os.set_blocking(reading, False)
        return os.read(reading, MOST_BYTES)
    finally:
        os.close(writing)
        os.close(reading)


def _connect(connection: PGconn) -> None:
    from psycopg.pq import PollingStatus  # noqa: PLC0415 - see above

    until = time.monotonic() + WAIT_SECONDS
    while (left := until - time.monotonic()) > 0:
        status = connection.connect_poll()
        if status not in {PollingStatus.READING, PollingStatus.WRITING}:
            return
        with DefaultSelector() as selector:
            selector.register(connection.socket, EVENT_READ if status == PollingStatus.READING else EVENT_WRITE)
            selector.select(left)
