"""Tracks that are paused for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import formatting
from bot.messages.builder import Message
from bot.messages.mrkdwn import escape
from bot.messages.replies import words

HOW = "`/track pause speak-the-language` pauses a track for everybody; `/track resume speak-the-language` restarts it."


def paused(title: str) -> Message:
    """Draw that a track is paused."""
    return words(
        f"*{escape(title)}* is paused for everybody it was assigned to. No lesson of it and no reminder goes out until "
        "you type `/track resume`. Anyone can still ask for the next one, and an open lesson stays open."
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
