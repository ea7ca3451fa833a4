"""Log lines: JSON for machines or text for a terminal, with tokens blacked out whatever logs them."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe\.[\w.-]+|v0=[0-9a-f]{16,}|(?<=://)[^\s:/@]+:[^\s/@]+(?=@)")
CHATTY = ("apscheduler", "alembic", "uvicorn.error")


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
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def black_out(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    """The entry without tokens, signatures and passwords in addresses."""
    return {key: SECRET.sub("(secret)", value) if isinstance(value, str) else value for key, value in entry.items()}
