"""Tracks that are paused for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import formatting
from bot.messages.builder import Message
from bot.messages.mrkdwn import escape
from bot.messages.replies import words

HOW = "`/track pause speak-the-language` pauses one for everybody, and `/track resume` lets it go on."


def paused(title: str) -> Message:
    """Draw that a track is paused."""
    return words(
        f"*{escape(title)}* is paused for everybody who was assigned it: no lesson of it and no reminder comes by "
        "itself until `/track resume`. Whoever asks for the next one still gets it, and what is open stays open."
    )


def goes_on(title: str, *, was_paused: bool) -> Message:
    """Draw that a track goes on."""
    if not was_paused:
        return words(f"*{escape(title)}* wasn't paused, so nothing changed.")
    return words(f"*{escape(title)}* goes on: each person's next lesson comes at their hour, and nothing has piled up.")


def listed(titles: Sequence[str]) -> Message:
    """Draw which tracks are paused."""
    if not titles:
        return words("No track is paused.", HOW)
    return words(f"Paused for everybody: {formatting.listed([f'*{escape(t)}*' for t in titles])}.", HOW)
