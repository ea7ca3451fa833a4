"""The course that tests teach, which no editor changes; see course/README.md."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.content import load
from bot.domain.content import Catalogue
from bot.messages.render import objections

COURSE = Path(__file__).with_name("course")


@lru_cache(maxsize=1)
def course() -> Catalogue:
    """Return the course, read once."""
    return load([COURSE], objections)
