"""The delivery of messages, in two stateless ticks: plan and deliver. All their state is in the database."""

from bot.delivery.look_up_notes import LookUpNotes
from bot.delivery.sender import Sender, Timeouts
from bot.delivery.ticker import MovableClock, Ticker
from bot.delivery.timer import Timer

__all__ = ["LookUpNotes", "MovableClock", "Sender", "Ticker", "Timeouts", "Timer"]
