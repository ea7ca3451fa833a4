"""Two ticks without state of their own, plan and deliver: all they know is in the database."""

from bot.schedule.courier import Courier, Patience
from bot.schedule.ticker import MovableClock, Ticker
from bot.schedule.timer import Timer

__all__ = ["Courier", "MovableClock", "Patience", "Ticker", "Timer"]
