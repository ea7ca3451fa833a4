"""How long tests wait for what should happen. Generous, since a machine may be busy; no test measures how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

SECONDS = 60.0
"""Nothing that does happen takes this long, on any machine on which one can still work."""
IMPATIENT: Mapping[str, Any] = {"MISSINGLINK_HTTP_TIMEOUT_SECONDS": 1, "MISSINGLINK_SETTLE_SECONDS": 1.2}
"""For a bot whose replies get lost or hang: it soon gives up waiting for them."""
PATIENT: Mapping[str, Any] = {"MISSINGLINK_HTTP_TIMEOUT_SECONDS": 30, "MISSINGLINK_SETTLE_SECONDS": 36}
"""For a bot with a Slack that answers, however slowly the machine lets it."""


def eventually(true: Callable[[], Any], what: str = "", *, meanwhile: Callable[[], Any] | None = None) -> Any:
    """Wait until something holds, and return what it said then. `meanwhile`: done before each look.

    Raises:
        AssertionError: it never came; `what` says what.
    """
    until = time.monotonic() + SECONDS
    while True:
        if meanwhile is not None:
            meanwhile()
        if found := true():
            return found
        assert time.monotonic() < until, what or "it never came"
        time.sleep(0.01)
