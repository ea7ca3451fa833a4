"""The running bot: its clocks, the composition root, start and stop."""

from bot.app.clock import RemoteClock, SystemClock
from bot.app.composition import make_context
from bot.app.running_app import RunningApp
from bot.app.shelf import Shelf
from bot.app.startup import running, start, tune_process

__all__ = [
    "RemoteClock",
    "RunningApp",
    "Shelf",
    "SystemClock",
    "make_context",
    "running",
    "start",
    "tune_process",
]
