"""Log lines: JSON for machines or text for a terminal, with tokens blacked out whatever logs them."""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from collections import Counter
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe\.[\w.-]+|v0=[0-9a-f]{16,}|(?<=://)[^\s:/@]+:[^\s/@]+(?=@)")
WORK = logging.getLogger("bot.work")
"""What was done: ticks, orders, messages of unknown fate. Counts and messages' ids; no name, no answer, no words."""
CHATTY = ("alembic", "apscheduler", "uvicorn.error")
"""Libraries that tell what goes well, each tick for one; their warnings and failures stay."""


def set_up(level: str, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Send everything that is logged to `stream` (standard error), one line each; times are UTC."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    drawn: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, black_out, drawn],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(Calm())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def black_out(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    """The entry without tokens, signatures and passwords in addresses."""
    return {key: SECRET.sub("(secret)", value) if isinstance(value, str) else value for key, value in entry.items()}


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: "1 track", "2 tracks"."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


class Trouble:
    """Something that goes wrong again and again: told when it begins, when it changes, and then every so often."""

    def __init__(self, seconds: float = 900) -> None:
        self._seconds = seconds
        self._told, self._at = "", 0.0

    def is_news(self, why: str) -> bool:
        """Whether to tell it now."""
        now = time.monotonic()
        if why == self._told and now < self._at + self._seconds:
            return False
        self._told, self._at = why, now
        return True

    def over(self) -> bool:
        """It works again: the next trouble is news. True if there was any."""
        was, self._told = bool(self._told), ""
        return was


LEFT_OUT = "left_out"


class Calm(logging.Filter):
    """Lets a few lines of a kind through each minute, and says afterwards how many more there were.

    Whoever floods the bot with garbage mustn't flood its log, wherever in the program the lines come from: so it sits
    in front of everything that is written. Failures and work always pass.
    """

    def __init__(self, few: int = 10, seconds: float = 60) -> None:
        """`few`: how many lines of a kind, which is what they say before their values are put in."""
        super().__init__()
        self._few, self._seconds = few, seconds
        self._seen: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._until = 0.0
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line may pass."""
        if record.levelno > logging.WARNING or record.exc_info or record.name == WORK.name or hasattr(record, LEFT_OUT):
            return True
        kind, now = f"{record.name} {record.msg}", time.monotonic()
        with self._lock:
            if now >= self._until:
                self._seen.clear()
                self._until = now + self._seconds
            self._seen[kind] += 1
            if self._seen[kind] <= self._few:
                return True
            self._kept[kind] += 1
            if self._kept[kind] == 1:
                timer = threading.Timer(self._until - now, self._tell, (record.name, kind, str(record.msg)))
                timer.daemon = True
                timer.start()
        return False

    def _tell(self, logger: str, kind: str, said: str) -> None:
        with self._lock:
            kept = self._kept.pop(kind)
        lines = "line was" if kept == 1 else "lines were"
        logging.getLogger(logger).warning("%d more %s left out: %s", kept, lines, said, extra={LEFT_OUT: kept})
