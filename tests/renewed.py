"""What many tests share, made anew once one of them has failed: what a test leaves broken doesn't fail the next ones."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Generic, TypeVar

import pytest

Made = TypeVar("Made")
FAILED = pytest.StashKey[bool]()
"""Set on a test that failed, by a hook in tests/conftest.py."""


class Renewed(Generic[Made]):
    """One thing at a time, made when it is first asked for, and again after it was spoilt. Use it with `with`."""

    def __init__(self, make: Callable[[], AbstractContextManager[Made]]) -> None:
        self._make, self._open, self._made = make, ExitStack(), list[Made]()

    def __enter__(self) -> Renewed[Made]:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, traceback: TracebackType | None) -> None:
        self._open.close()

    def get(self) -> Made:
        """The one there is."""
        if not self._made:
            self._made.append(self._open.enter_context(self._make()))
        return self._made[0]

    def leave(self, request: pytest.FixtureRequest) -> None:
        """The test is over; the next one gets another if it has failed."""
        if request.node.stash.get(FAILED, False):
            self._made.clear()
            self._open.close()
