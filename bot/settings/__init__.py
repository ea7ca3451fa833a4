"""The settings of the bot."""

from bot.settings.loader import load, names, slips
from bot.settings.model import ADMINS_REMEDY, PLACEHOLDERS, Settings

__all__ = ["ADMINS_REMEDY", "PLACEHOLDERS", "Settings", "load", "names", "slips"]
