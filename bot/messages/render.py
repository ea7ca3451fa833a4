"""Which view is drawn by which function."""

from __future__ import annotations

from bot.domain.content import Item
from bot.domain.views import (
    Announcement,
    ClosingView,
    ExplainView,
    HeldView,
    HintView,
    ItemView,
    ReminderView,
    SaidView,
    SummaryView,
    TalkView,
    View,
    WelcomeView,
)
from bot.limits import TEXT_RECOMMENDED, violations
from bot.messages.admin import held_message, summary_message, talk_message
from bot.messages.draft import Message
from bot.messages.ids import PREVIEW
from bot.messages.item import explain_message, item_message
from bot.messages.said import hint_message, said_message
from bot.messages.welcome import closing_message, reminder_message, welcome_message


def render(view: View) -> Message:
    """The view as a message."""
    match view:
        case ItemView():
            return item_message(view)
        case WelcomeView():
            return welcome_message(view)
        case ReminderView():
            return reminder_message(view)
        case ClosingView():
            return closing_message(view)
        case SummaryView():
            return summary_message(view)
        case TalkView():
            return talk_message(view)
        case HeldView():
            return held_message(view)
        case ExplainView():
            return explain_message(view)
        case SaidView():
            return said_message(view)
        case HintView():
            return hint_message(view)


def objections(item: Item) -> list[str]:
    """Why Slack would refuse an item's message, in any of the states it can be in."""
    views = [ItemView(PREVIEW, item, 1, 99, "x" * 80, announce=Announcement("x" * 80, "on"))]
    views += [ItemView(PREVIEW, item, 1, 99, "x" * 80, chosen=n) for n in range(len(item.question.choices))]
    found: list[str] = []
    for view in views:
        message = item_message(view)
        found += [str(v) for v in violations(message.payload())]
        if len(message.text) > TEXT_RECOMMENDED:
            found.append(f"its text has {len(message.text)} characters, {TEXT_RECOMMENDED} is the most")
    return sorted(set(found))
