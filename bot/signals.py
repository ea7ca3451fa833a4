"""Signals to end the process, which come from the system, the terminal or the parent process."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def on_signals() -> threading.Event:
    """Return an event that is set on SIGTERM, Ctrl-C, or when the terminal is closed."""
    stop = threading.Event()
    for number in SIGNALS:
        # a signal that is ignored stays ignored, for `nohup`
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: stop.set())
    return stop


def with_input(stop: threading.Event) -> None:
    """Set `stop` when standard input ends, however the program at its other end ended."""

    def wait() -> None:
        with suppress(OSError):
            while os.read(sys.__stdin__.fileno() if sys.__stdin__ else 0, 4096):
                pass
        stop.set()

    threading.Thread(target=wait, name="input", daemon=True).start()
