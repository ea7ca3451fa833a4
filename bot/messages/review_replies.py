"""Short answers to what learners say of reviews, which only they see."""

from __future__ import annotations

from datetime import date

from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.mrkdwn import escape
from bot.messages.replies import words


def kept(title: str, day: date | None, today: date) -> Message:
    """Draw that an item comes back; without a day while there is only one way to ask it."""
    if day is None:
        return words(
            f"Noted: *{escape(title)}*. It comes back as soon as there is a second way to ask it. Nobody else is told."
        )
    when = formatting.day(day, today)
    return words(f"Noted: *{escape(title)}* comes back in other words, from {when} on. Nobody else is told.")


def dropped(title: str, item_id: str) -> Message:
    """Draw that an item isn't asked again, with the way back."""
    builder = Builder().say(f"I won't ask *{escape(title)}* again. Nobody else is told.")
    back = button("Take it back", ids.action("take_back", item_id), heard=f"Take {title} back")
    return builder.actions(ids.block(ids.ME), [back], "You can take it back.").message()


def taken_back(title: str) -> Message:
    """Draw that an item is asked again."""
    return words(f"*{escape(title)}* comes back again.")


def nothing_kept() -> Message:
    """Draw that there is nothing to take back."""
    return words("There is nothing to take back there. `/learn review` brings what is due.")


def voided(*, done: bool) -> Message | None:
    """Draw that an answer isn't the newest, or was voided before; nothing where the message shows it."""
    return None if done else words("Only your newest answer can be a slip, and only once. This one stays as it is.")


def coming() -> Message:
    """Draw that reviews are on their way."""
    return words("Here comes what is due, in a message below.")


def enough() -> Message:
    """Draw that the day's dose is used up."""
    return words("That's enough for today: two a day stick better than many at once. The others come on the next days.")


def nothing(day: date | None, today: date) -> Message:
    """Draw that nothing is due; `day`: the first day on which something is."""
    if day is None:
        return words("Nothing is waiting to come back. *Remember this*, below a lesson, brings one back.")
    return words(f"Nothing is due today. The next one comes back from {formatting.day(day, today)} on.")
