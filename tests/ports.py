"""Ports for servers that must know theirs beforehand, such as a bot over HTTP.

A port that was free a moment ago may be taken by anybody's outgoing connection, or by a test run beside this one. So they
come from below the range that the kernel gives to outgoing connections, and each is held with a lock until this process
ends.
"""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from pathlib import Path
from random import SystemRandom
from typing import IO

FIRST, LAST = 20_000, 32_000
_held: list[IO[str]] = []


def free_port() -> int:
    """A port that nobody listens on, and that no other test run on this machine is given."""
    place = Path(tempfile.gettempdir()) / f"missinglink-ports-{os.getuid()}"
    place.mkdir(exist_ok=True)
    while True:
        port = SystemRandom().randrange(FIRST, LAST)
        lock = (place / str(port)).open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            lock.close()
            continue
        _held.append(lock)
        return port
