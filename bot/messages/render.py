"""The table of view models and the functions that draw them."""

from __future__ import annotations

from bot.domain.content import Item
from bot.limits import TEXT_RECOMMENDED, violations
from bot.messages.admin_notices import held_message, summary_message, talk_message
from bot.messages.builder import Message
from bot.messages.closing import closing_message
from bot.messages.dm_replies.drawing import dm_reply_message, hint_message
from bot.messages.ids import PREVIEW
from bot.messages.item import explain_message, item_message
from bot.messages.reminder import reminder_message
from bot.messages.welcome import welcome_message
from bot.view_models import (
    Announcement,
    ClosingView,
    DmReplyView,
    ExplainView,
    HeldView,
    HintView,
    ItemView,
    ReminderView,
    SummaryView,
    TalkView,
    View,
    WelcomeView,
)


def render(view: View) -> Message:
    """Draw a view as a message."""
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
        case DmReplyView():
            return dm_reply_message(view)
        case HintView():
            return hint_message(view)


def objections(item: Item) -> list[str]:
    """Return the reasons why Slack would refuse an item's message in any of its states."""
    views = [
        ItemView(
            delivery_id=PREVIEW, item=item, position=1, total=99, track="x" * 80, announce=Announcement("x" * 80, "on")
        )
    ]
    views += [
        ItemView(delivery_id=PREVIEW, item=item, position=1, total=99, track="x" * 80, response=r)
        for r in item.question.every_response()
    ]
    found: list[str] = []
    for view in views:
        message = item_message(view)
        found += [str(v) for v in violations(message.payload())]
        if len(message.text) > TEXT_RECOMMENDED:
            found.append(f"its text has {len(message.text)} characters, {TEXT_RECOMMENDED} is the most")
    return sorted(set(found))
