"""Messages, dialogs and Homes, drawn from view models. Pure: no SQL, no network, no clock."""

from bot.messages.builder import Message
from bot.messages.render import render

__all__ = ["Message", "render"]
