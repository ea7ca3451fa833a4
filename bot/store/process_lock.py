"""One `serve` per SQLite file: a lock that the system releases when the process ends, however it ends."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bot.errors import AlreadyRunningError, ConfigurationError

HELD = {errno.EWOULDBLOCK, errno.EACCES}
"""The system's error codes for a lock that another process holds."""


def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".lock")


def lock(file: Path) -> IO[str]:
    """Hold the file's lock until the returned handle is closed.

    Raises:
        AlreadyRunningError: another process holds it.
        ConfigurationError: the lock can't be made there.
    """
    beside = _beside(file)
    handle = _opened(beside, os.O_CREAT)
    try:
        take(handle, file)
    except BaseException:
        handle.close()
        raise
    return handle


def _opened(beside: Path, how: int = 0) -> IO[str]:
    try:
        # opening a pipe of that name would block
        return os.fdopen(os.open(beside, os.O_WRONLY | os.O_NONBLOCK | how, 0o666), "w")
    except OSError as error:
        raise ConfigurationError(
            f"{beside} can't be written ({error.strerror}): let this user write to it, or give another DATABASE_URL"
        ) from error


def take(handle: IO[str], file: Path) -> None:
    """Lock an open file. `file`: the database that it stands for.

    Raises:
        AlreadyRunningError: another process holds it.
        ConfigurationError: the file system has no locks.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            raise AlreadyRunningError(
                f"another `missinglink serve` is using {file}: stop it first, or give this one its own DATABASE_URL"
            ) from error
        raise ConfigurationError(
            f"the file system of {file} can't lock files ({error.strerror}), as some network drives can't: "
            "put the file on a local disk, or use Postgres"
        ) from error


def ensure_locks(file: Path) -> None:
    """Try a lock beside the file, on a temporary file, and check that the file's own lock can be taken.

    Raises:
        ConfigurationError: nothing can be made there, or the file system has no locks.
    """
    beside = _beside(file)
    if beside.exists():
        _opened(beside).close()
    try:
        with TemporaryFile("w", dir=file.resolve().parent) as handle:
            take(handle, file)
    except OSError as error:
        raise ConfigurationError(
            f"nothing can be written beside {file} ({error.strerror}): see to that disk"
        ) from error
