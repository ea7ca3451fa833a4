"""Quiet days: the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.quiet_days import QuietSpan
from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.replies import words

HOW = "`/track quiet 21 december to 2 january` sets some: nobody is sent anything unasked on those days."
MOST = 20


def quiet_list(spans: Sequence[QuietSpan], today: date) -> Message:
    """Draw the quiet days ahead, each with a button that takes them back."""
    if not spans:
        return words("There are no quiet days ahead.", HOW)
    builder = Builder()
    for number, span in enumerate(spans[:MOST], 1):
        builder.say(f"Quiet: {formatting.days(span.first, span.last, today)}.")
        builder.actions(ids.block(span.span_id), [button("Take them back", ids.action("quiet_end", number))])
    builder.small(
        "On these days nobody gets a welcome, a lesson or a reminder; lessons go on the day after. Whoever asks for "
        "one still gets it, and your own summaries come."
    )
    return builder.message()
