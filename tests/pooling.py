"""Debian's PgBouncer in transaction mode, in front of the Postgres of a test run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.ports import free_port

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
POOLED = pytest.mark.skipif(
    not PGBOUNCER and not os.environ.get("CI"), reason="needs Debian's PgBouncer: apt-get install pgbouncer"
)
CONNECTIONS = 3
"""Few, so that transactions of one client meet now this connection and now that."""
PATIENCE_SECONDS = 30.0


@contextmanager
def pooled(url: str) -> Iterator[str]:
    """The address of the same database through a PgBouncer of its own."""
    assert PGBOUNCER
    direct = make_url(url)
    socket_folder = Path(str(direct.query["host"]))
    place = Path(tempfile.mkdtemp(prefix="ml-pool-"))
    port = free_port()
    file = place / "pgbouncer.ini"
    file.write_text(
        f"[databases]\n* = host={socket_folder} user=postgres\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
        f"pool_mode = transaction\ndefault_pool_size = {CONNECTIONS}\nmax_client_conn = 500\n"
        f"logfile = {place / 'log'}\n"
    )
    as_user: list[str] = []
    if not os.geteuid():  # it refuses to run as root, and only Postgres's own user may open Postgres's socket
        as_user = ["-u", socket_folder.owner()]
        shutil.chown(place, socket_folder.owner())
    process = subprocess.Popen([PGBOUNCER, "-q", *as_user, str(file)], stderr=subprocess.DEVNULL)
    try:
        _until_it_listens(port, process, place / "log")
        # built by hand: SQLAlchemy would keep the socket's folder among the options
        yield f"postgresql://maya@127.0.0.1:{port}/{direct.database}"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(place, ignore_errors=True)


def _until_it_listens(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError(f"PgBouncer doesn't listen: {log.read_text() if log.exists() else 'it said nothing'}")
