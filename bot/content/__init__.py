"""The lessons folder, parsed and checked into a catalogue."""

from bot.content.load import Report, check, load

__all__ = ["Report", "check", "load"]
