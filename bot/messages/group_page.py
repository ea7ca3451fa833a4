"""A small group's page: before and after of those who chose to add theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import ids
from bot.messages.builder import Builder, Message, button
from bot.messages.figures import figure_line
from bot.messages.mrkdwn import bold
from bot.view_models import GroupPageLine

ON, OFF = "on", "off"
HOW = (
    "Your group's page shows how much of what was asked was right before and thirty days later, in three steps and "
    "without names, once five of you have joined in. In so small a group others might still work yours out."
)
ADDED = (
    "Added: it counts from the first of next month, once five of you have joined in. `/learn progress` takes it out."
)


def asks(track: str) -> str:
    """Return the question, mrkdwn."""
    return f"Would you add your results on {bold(track)}, before and after, to a page that your admins see? {HOW}"


def no_page() -> Message:
    """Draw that there is no page for it any more."""
    said = "Your group no longer has this page, so nothing is added, and there is nothing you need to do."
    return Builder().say(said).message()


def put_group_pages(builder: Builder, lines: Sequence[GroupPageLine]) -> None:
    """Add the pages of one's groups, each with the button that adds one's own or takes it out."""
    for number, line in enumerate(lines, 1):
        builder.heading("Your group's page")
        shown = [figure_line(line.figure)] if line.added and line.figure is not None else []
        said = f"Your results on {bold(line.title)} are on it." if line.added else asks(line.title)
        builder.say("\n".join([said, *shown]))
        label, which = ("Take mine out", OFF) if line.added else ("Add mine", ON)
        builder.actions(ids.block(line.track_id), [button(label, ids.action("group_page", f"{which}-{number}"))])
