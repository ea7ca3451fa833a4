"""Log lines as JSON for machines or text for a terminal, with tokens blacked out in all of them."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any, TextIO

SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe\.[\w.-]+|v0=[0-9a-f]{16,}|(?<=://)[^\s:/@]+:[^\s/@]+(?=@)")
WORK = logging.getLogger("bot.work")
"""The log of work done: ticks, orders, uncertain messages. Counts and message ids only; no names, answers or words."""
SIMPLE = re.compile(r"[^\s=\"']*")
"""A value that needs no quotation marks."""
IN_EVERY_RECORD = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime"})
"""The attributes of a record that aren't `extra`."""
CHATTY = ("alembic", "apscheduler", "uvicorn.error")
"""Libraries that log each success, such as each tick. Only their warnings and failures are kept."""


def set_up(level: str, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Send all log records to `stream` (by default standard error), one line each. Times are UTC."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLine() if as_json else TextLine())
    handler.addFilter(Calm())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


class JsonLine(logging.Formatter):
    """A record as one JSON object: event, level, logger, whatever came as `extra`, timestamp, exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(self.fields(record), default=repr)

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return the record's fields without tokens, signatures and passwords in addresses."""
        found: dict[str, Any] = {"event": record.getMessage(), "level": record.levelname.lower(), "logger": record.name}
        found |= {key: value for key, value in vars(record).items() if key not in IN_EVERY_RECORD}
        found["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds")[:-6] + "Z"
        if record.stack_info:
            found["stack_info"] = record.stack_info
        if record.exc_info:
            found["exception"] = self.formatException(record.exc_info)
        return {key: SECRET.sub("(secret)", value) if isinstance(value, str) else value for key, value in found.items()}


class TextLine(JsonLine):
    """The same fields for a reader: the event in a column, other fields after it, a traceback below."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and a traceback's lines."""
        said = self.fields(record)
        when, level, event, logger = (said.pop(key) for key in ("timestamp", "level", "event", "logger"))
        below = "".join(f"\n{said.pop(key)}" for key in ("stack_info", "exception") if key in said)
        behind = "".join(f" {key}={_shown(value)}" for key, value in sorted(said.items()))
        return f"{when} [{level:9}] {event:30} [{logger}]{behind}{below}"


def _shown(value: Any) -> str:
    """Return a value with quotation marks if its end would otherwise be unclear."""
    return value if isinstance(value, str) and SIMPLE.fullmatch(value) else repr(value)


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number with its noun: "1 track", "2 tracks"."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


class RepeatedFailure:
    """A repeated failure, which is logged when it begins, when it changes, and then at intervals."""

    def __init__(self, seconds: float = 900) -> None:
        self._seconds = seconds
        self._told, self._at = "", 0.0

    def is_news(self, why: str) -> bool:
        """Return True if it should be logged now."""
        now = time.monotonic()
        if why == self._told and now < self._at + self._seconds:
            return False
        self._told, self._at = why, now
        return True

    def over(self) -> bool:
        """End the failure, so that the next one is news. Return True if there was any."""
        was, self._told = bool(self._told), ""
        return was


LEFT_OUT = "left_out"


class Calm(logging.Filter):
    """A filter that limits the lines of a kind per minute, and afterwards logs the number left out.

    It protects the log from floods of invalid requests, so it filters everything that is written. Failures and work
    always pass.
    """

    def __init__(self, few: int = 10, seconds: float = 60) -> None:
        """`few`: the most lines of a kind, which is their text before values are inserted, in `seconds`."""
        super().__init__()
        self._few, self._seconds = few, seconds
        self._seen: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._until = 0.0
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True if this line may pass."""
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
