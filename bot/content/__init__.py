"""The lessons folder, read and checked, as a catalogue."""

from bot.content.load import Report, check, load

__all__ = ["Report", "check", "load"]
