"""Two ticks without state of their own, plan and deliver: all they know is in the database."""

from bot.delivery.sender import Sender, Timeouts
from bot.delivery.ticker import MovableClock, Ticker
from bot.delivery.timer import Timer

__all__ = ["MovableClock", "Sender", "Ticker", "Timeouts", "Timer"]
