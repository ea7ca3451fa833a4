"""What was agreed about a message, and what became of one that was passed over: small print below it."""

from __future__ import annotations

from datetime import datetime

from bot.messages import formatting, ids
from bot.messages.builder import Builder, button
from bot.messages.mrkdwn import escape
from bot.view_models import Note, Skipped


def skipped_text(skipped: Skipped) -> str:
    """What became of an item that was passed over."""
    if skipped.track:
        return f"This one has its turn in *{escape(skipped.track)}*, in a message of its own."
    if skipped.done:
        return "You've dealt with this one in another message."
    return "This one is no longer in a track of yours."


def put_note(builder: Builder, delivery_id: str, note: Note) -> None:
    """What was agreed about a message, and where it is a pause, the way out of it."""
    text = note_text(note)
    if text:
        builder.small(text)
    if note.kind == "paused":
        builder.actions(ids.block(delivery_id, 3), [button("Resume", ids.action("resume"))])


def note_text(note: Note) -> str:
    """What was agreed about a message that was put off."""
    if note.kind == "later" and isinstance(note.when, datetime):
        return f"It comes again at {formatting.hour(note.when.time())}. You can still answer here."
    if note.kind in {"not_today", "too_late"} and note.when is None:
        return "Not today, then. You can still answer here."
    if note.kind == "not_today" and note.when:
        return f"Not today, then. It comes again on {formatting.day(note.when, note.today)}. You can still answer here."
    if note.kind == "too_late" and note.when:
        return (
            "Three hours from now would be too late, so it comes back on "
            f"{formatting.day(note.when, note.today)}. You can still answer here."
        )
    if note.kind == "resumed":
        return (
            f"Messages come again, the next one on {formatting.day(note.when, note.today)}."
            if note.when
            else "Messages come again."
        )
    if note.kind == "paused":
        until = f" until {formatting.day(note.when, note.today)}" if note.when else ""
        return f"Paused{until}. Nothing more comes by itself, and no admin sees it."
    return ""
