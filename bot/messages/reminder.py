"""Reminders of an open item."""

from __future__ import annotations

from bot.domain.delivery_note import Paused
from bot.messages import ids, notification_texts
from bot.messages.builder import Builder, Message, button, menu, option
from bot.messages.item import KNOWN, NOT_TODAY, PAUSE
from bot.messages.mrkdwn import escape
from bot.messages.notes import put_note, skipped_text
from bot.view_models import ReminderView


def reminder_message(view: ReminderView) -> Message:
    """Draw a reminder; the second one is the last."""
    builder = Builder(_reminder_opening(view))
    if view.skipped is not None:
        said = f"*{escape(view.done)}*: {skipped_text(view.skipped)}"
        return builder.say(f"{said} `/learn next` brings what comes next.").message()
    if view.done:
        return builder.say(f"Done: *{escape(view.done)}*.").message()
    builder.say(
        "Your last lesson is still open. One tap shows it."
        if not view.last
        else "It's still open, and this is my last reminder. I'll be quiet until you tap or type something. "
        "Nothing is lost, and nobody is told."
    )
    overflow = menu(
        "overflow",
        ids.action("more"),
        [option("Not today", NOT_TODAY), option("I know this", KNOWN), option("Pause all messages", PAUSE)],
    )
    builder.actions(
        ids.block(view.delivery_id),
        [button("Show it here", ids.action("show"), style="primary"), overflow],
        "You can have it shown here.",
    )
    if view.note is not None:
        put_note(builder, view.delivery_id, view.note)
    return builder.message()


def _reminder_opening(view: ReminderView) -> str:
    """Return neutral words for the notification that fit what the reminder shows now."""
    if view.skipped is not None:
        return notification_texts.OVER
    if view.done:
        return notification_texts.DONE
    return (
        notification_texts.PAUSED
        if view.note is not None and isinstance(view.note.note, Paused)
        else notification_texts.REMINDER
    )
