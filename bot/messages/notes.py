"""The small print below a message: the agreement about it, or what became of a skipped item."""

from __future__ import annotations

from bot.domain.delivery_note import Later, NotToday, Paused, Resumed, TooLate
from bot.messages import formatting, ids
from bot.messages.builder import Builder, button
from bot.messages.mrkdwn import escape
from bot.view_models import NoteView, Skipped

RESUME_BLOCK = 6
"""The place of *Resume* among the blocks about a message, where no question's field stands."""


def skipped_text(skipped: Skipped) -> str:
    """Return what became of a skipped item."""
    if skipped.track:
        return f"This one has its turn in *{escape(skipped.track)}*, in a message of its own."
    if skipped.done:
        return "You've dealt with this one in another message."
    return "This one is no longer in a track of yours."


def put_note(builder: Builder, delivery_id: str, view: NoteView) -> None:
    """Add the note below a message; for a pause, *Resume* as well."""
    text = note_text(view)
    if text:
        builder.small(text)
    if isinstance(view.note, Paused):
        builder.actions(ids.block(delivery_id, RESUME_BLOCK), [button("Resume", ids.action("resume"))])


def note_text(view: NoteView) -> str:
    """Return the note below a message as text."""
    match view.note:
        case Later(at):
            return f"It comes again at {formatting.hour(at.time())}. You can still answer here."
        case NotToday(None) | TooLate(None):
            return "Not today, then. You can still answer here."
        case NotToday(day) if day:
            on = formatting.day(day, view.today)
            return f"Not today, then. It comes again on {on}. You can still answer here."
        case TooLate(day) if day:
            on = formatting.day(day, view.today)
            return f"Three hours from now would be too late, so it comes back on {on}. You can still answer here."
        case Resumed(day):
            on = f", the next one on {formatting.day(day, view.today)}" if day else ""
            return f"Messages come again{on}."
        case Paused(until):
            end = f" until {formatting.day(until, view.today)}" if until else ""
            return f"Paused{end}. Nothing more comes by itself, and no admin sees it."
    return ""
