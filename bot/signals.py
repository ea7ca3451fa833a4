"""What tells a process to end: signals, its terminal, or the program that started it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def on_signals() -> threading.Event:
    """Set when the process shall end: SIGTERM, Ctrl-C, or its terminal was closed."""
    stop = threading.Event()
    for number in SIGNALS:
        # what is ignored stays so: that is what `nohup` is for
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: stop.set())
    return stop


def with_input(stop: threading.Event) -> None:
    """Set `stop` when standard input ends, which is so however the program at its other end did."""

    def wait() -> None:
        with suppress(OSError):
            while os.read(sys.__stdin__.fileno() if sys.__stdin__ else 0, 4096):
                pass
        stop.set()

    threading.Thread(target=wait, name="input", daemon=True).start()
