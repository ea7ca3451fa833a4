"""Questions about a date that could be either of two days, and the answers to a tap on one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.ambiguous_day import AmbiguousDay
from bot.domain.orders import OrderState
from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, Message, button
from bot.messages.order_look import say_look
from bot.messages.replies import words
from bot.view_models import OrderView


def order_asks_day(view: OrderView, either: AmbiguousDay, *, many: bool) -> Message:
    """Draw the question for an assignment's first day. `many`: also say what it would do."""
    builder = Builder()
    buttons = _from_buttons(either)
    if many:
        say_look(builder, view, dated=False)
    buttons.append(button("Cancel", ids.action("order_no")))
    builder.say(_question(either))
    builder.actions(ids.block(view.order_id), buttons, "A tap on the day assigns it from then on.")
    return builder.message()


def order_from(state: OrderState, first_day: date | None, today: date, *, dealt_with: bool) -> Message:
    """Draw the result of choosing the first day. `dealt_with`: an earlier tap chose it."""
    if state is OrderState.CANCELLED:
        return words("Cancelled. Nobody was assigned.")
    since = f", from {formatting.day(first_day, today)}" if first_day else ""
    if dealt_with:
        return words(f"That was dealt with before{since}. Nothing was done twice.")
    return words(f"On its way{since}. I'll message you a summary.")


def pause_asks(either: AmbiguousDay) -> Message:
    """Draw the question for a pause's end."""
    builder = Builder().say(_question(either))
    return builder.actions(ids.block(ids.ME), until_buttons(either.days), "A tap on the day pauses.").message()


def _question(either: AmbiguousDay) -> str:
    if len(either.days) == 1:
        return f"{either.said} Only {formatting.dated(either.days[0])} is within a year. Is that what you mean?"
    return f"{either.said} Which do you mean?"


def until_buttons(days: Sequence[date]) -> list[Block]:
    """Return a button for a pause until each of these days."""
    return [button(f"Until {formatting.dated(day)}", ids.action("pause", day.isoformat())) for day in days]


def _from_buttons(either: AmbiguousDay) -> list[Block]:
    return [button(f"From {formatting.dated(day)}", ids.action("from_day", day.isoformat())) for day in either.days]
