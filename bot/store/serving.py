"""One `serve` per SQLite file: a lock that the system gives back when the process ends, however it ends."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from bot.errors import AlreadyRunningError


def lock(file: Path) -> IO[str]:
    """Hold the file's lock until the returned handle is closed.

    Raises:
        AlreadyRunningError: another process holds it.
    """
    handle = file.with_name(file.name + ".lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise AlreadyRunningError(
            f"another `missinglink serve` is using {file}: stop it first, or give this one its own DATABASE_URL"
        ) from error
    return handle
