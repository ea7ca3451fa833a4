"""The course that tests teach, which no editor changes (see course/README.md), and the lessons that come with the bot."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.content import load
from bot.domain.content import Catalogue
from bot.messages.render import objections
from bot.package_files import folder

COURSE = Path(__file__).with_name("course")


@lru_cache(maxsize=1)
def course() -> Catalogue:
    """Return the course, read once."""
    return load([COURSE], objections)


@lru_cache(maxsize=1)
def ours() -> Catalogue:
    """Return the lessons that come with the bot, read once."""
    return load([folder("lessons")], objections)
