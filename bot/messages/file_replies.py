"""Answers about a file that was asked for."""

from __future__ import annotations

from bot.messages.builder import Message
from bot.messages.replies import words

FILES_NEED = "Whoever runs me can allow it: add `files:write` in the Slack app's settings and reinstall it."


def file_sent() -> Message:
    """Draw that a file was sent."""
    return words("The file is in your messages with me. Only you see it there.")


def no_file(code: str, instead: str) -> Message:
    """Draw that Slack took no file, with its error code; "" if Slack couldn't be reached. `instead`: what there is."""
    if code == "missing_scope":
        return words(f"I can't send files here yet. {FILES_NEED} {instead}")
    why = f" (`{code}`)" if code else ""
    return words(f"Slack didn't take the file{why}. Please try again in a while. {instead}")
