"""How long tests wait for what should happen. Generous, since a machine may be busy; no test measures how long it took."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

SECONDS = 60.0
"""Nothing that does happen takes this long, on any machine on which one can still work."""
LOOK_SECONDS = 1.0
"""The most that the time between two looks counts for: a machine that stood still meanwhile did nothing else either."""
IMPATIENT: Mapping[str, Any] = {"MISSINGLINK_HTTP_TIMEOUT_SECONDS": 1, "MISSINGLINK_SETTLE_SECONDS": 1.2}
"""For a bot whose replies get lost or hang: it soon gives up waiting for them."""
PATIENT: Mapping[str, Any] = {"MISSINGLINK_HTTP_TIMEOUT_SECONDS": 30, "MISSINGLINK_SETTLE_SECONDS": 36}
"""For a bot with a Slack that answers, however slowly the machine lets it."""
IDLE = frozenset({"wait", "_worker", "get", "select", "accept", "run_forever", "_wait_for_tstate_lock"})
"""What the innermost function of a thread is called that has nothing to do."""


def eventually(true: Callable[[], Any], what: str = "", *, meanwhile: Callable[[], Any] | None = None) -> Any:
    """Wait until something holds, and return what it said then. `meanwhile`: done before each look.

    Raises:
        AssertionError: it never came; `what` says what, and then what every thread was doing.
    """
    waited, looked = 0.0, time.monotonic()
    while True:
        if meanwhile is not None:
            meanwhile()
        if found := true():
            return found
        waited, looked = waited + min(LOOK_SECONDS, time.monotonic() - looked), time.monotonic()
        assert waited < SECONDS, f"{what or 'it never came'}\n{at_work()}"
        time.sleep(0.01)


def at_work() -> str:
    """Return where each thread is that isn't idle: the innermost calls, a line each."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    said = []
    for ident, frame in sys._current_frames().items():
        calls = traceback.extract_stack(frame)[-6:]
        if calls[-1].name not in IDLE and ident != threading.get_ident():
            places = (f"{call.filename.rpartition('/')[2]}:{call.lineno} {call.name}" for call in calls)
            said.append(f"{names.get(ident, ident)}: " + " > ".join(places))
    return "\n".join(said) or "no thread is at work"
