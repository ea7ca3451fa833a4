"""The one extra line that a message may carry, with its row of buttons: below all else, and never in its way."""

from __future__ import annotations

from bot.domain.rider import MOST_COMFORT
from bot.messages import group_page, ids
from bot.messages.builder import Builder, button
from bot.messages.mrkdwn import bold, escape
from bot.messages.privacy import NOTICES
from bot.view_models import ChangedView, ComfortView, GroupPageView, PrivacyView, RiderView, WorthView

YES, NO = "yes", "no"
SCALE = "1 is not at all, 5 is completely. Nobody is shown who says what."
UNSHOWN = "Nobody is shown who says what."
BLOCK = 9
"""The place of a rider's row among the blocks about its message."""


def put_rider(builder: Builder, delivery_id: str, view: RiderView | None) -> None:
    """Add the extra line of a message, if it has one."""
    block = ids.block(delivery_id, BLOCK)
    match view:
        case PrivacyView(number):
            builder.line().say(f"*New about who sees what.* {NOTICES[number - 1]}")
            builder.actions(block, [button("Who sees what", ids.action("who"))])
        case ChangedView(item_id, title, line):
            builder.line().say(f"*Changed since you had* {bold(title)}: {escape(line)}")
            builder.actions(block, [button("Read it again", ids.action("read_again", item_id))])
        case ComfortView(track, None):
            builder.line().say(f"How comfortable would you be discussing {bold(track)} topics with your board? {SCALE}")
            steps = range(1, MOST_COMFORT + 1)
            buttons = [button(str(n), ids.action("comfort", n), heard=f"{n} of {MOST_COMFORT}") for n in steps]
            builder.actions(block, buttons, "You can say so, or leave it.")
        case ComfortView(_, said, first):
            before = f" When you began you said {first}." if first is not None else ""
            builder.line().small(f"Noted: {said} of {MOST_COMFORT}.{before} Nobody is shown who says what.")
        case GroupPageView(track, None):
            builder.line().say(group_page.asks(track))
            buttons = [button("Add mine", ids.action("group", YES)), button("No, thank you", ids.action("group", NO))]
            builder.actions(block, buttons, "You can add it, or leave it.")
        case GroupPageView(track, said):
            builder.line().small(group_page.ADDED if said else "Noted. Nothing is added, and nobody is told.")
        case WorthView(None):
            builder.line().say(f"Was this one worth your minute? {UNSHOWN}")
            buttons = [button("Yes", ids.action("worth", YES)), button("No", ids.action("worth", NO))]
            builder.actions(block, buttons, "You can say so, or leave it.")
        case WorthView(said):
            builder.line().small(f"Noted: {'worth' if said else 'not worth'} your minute. Thank you.")
