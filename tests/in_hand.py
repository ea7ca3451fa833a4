"""What the bot has in hand: a test that looks at what it did waits until that is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

POOLS = ("bolt", "sender")


class InHand:
    """What the bot's pools of threads have in hand: everything handed to them that isn't finished."""

    def __init__(self) -> None:
        self._jobs: set[Future[Any]] = set()

    def __bool__(self) -> bool:
        self._jobs -= {job for job in self._jobs.copy() if job.done()}
        return bool(self._jobs)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Notice what is handed to them from now on."""
        submit = ThreadPoolExecutor.submit

        def noticed(pool: ThreadPoolExecutor, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            job = submit(pool, fn, *args, **kwargs)
            if (pool._thread_name_prefix or "").startswith(POOLS):
                self._jobs.add(job)
            return job

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ThreadPoolExecutor, "submit", noticed)
            yield
