"""The running bot: its clocks, the composition root, start and stop."""

from bot.app.clock import RemoteClock, SystemClock
from bot.app.composition import make_context, read_lessons
from bot.app.running_app import RunningApp
from bot.app.startup import running, start, tune_process

__all__ = [
    "RemoteClock",
    "RunningApp",
    "SystemClock",
    "make_context",
    "read_lessons",
    "running",
    "start",
    "tune_process",
]
