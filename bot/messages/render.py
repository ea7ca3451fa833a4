"""The table of view models and the functions that draw them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.content import Item, asked_with, wordings
from bot.domain.questions import AnyQuestion
from bot.limits import TEXT_RECOMMENDED, violations
from bot.messages.admin_notices import held_message, summary_message, talk_message
from bot.messages.builder import Message
from bot.messages.closing import closing_message
from bot.messages.dm_replies.drawing import dm_reply_message, hint_message
from bot.messages.ids import PREVIEW
from bot.messages.item import explain_message, item_message
from bot.messages.reminder import reminder_message
from bot.messages.review import reviews_message
from bot.messages.strategy import shared_message
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
    ReviewsView,
    SharedPageView,
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
        case ReviewsView():
            return reviews_message(view)
        case ClosingView():
            return closing_message(view)
        case SummaryView():
            return summary_message(view)
        case TalkView():
            return talk_message(view)
        case SharedPageView():
            return shared_message(view)
        case HeldView():
            return held_message(view)
        case ExplainView():
            return explain_message(view)
        case DmReplyView():
            return dm_reply_message(view)
        case HintView():
            return hint_message(view)


def objections(item: Item) -> list[str]:
    """Return the reasons why Slack would refuse an item's message in any of its states, and its preview."""
    found: list[str] = []
    for view in [view for question in wordings(item) for view in _states(item, question)]:
        message = item_message(view)
        found += [str(v) for v in violations(message.payload())]
        if len(message.text) > TEXT_RECOMMENDED:
            found.append(f"its text has {len(message.text)} characters, {TEXT_RECOMMENDED} is the most")
    return sorted(set(found))


def _states(item: Item, question: AnyQuestion) -> Iterator[ItemView]:
    """Yield the states of an item's message with one of its wordings, as long as they can get."""
    asked = ItemView(
        delivery_id=PREVIEW,
        item=asked_with(item, question),
        position=1,
        total=99,
        track="x" * 80,
        asks_first=item.ask_first,
        says_why=item.ask_first,
    )
    yield replace(asked, announce=Announcement("x" * 80, "on"))
    for response in question.every_response():
        yield replace(asked, response=response, guessed=item.ask_first)
        if question.tries > 1:
            yield replace(asked, tried=response)
    if item.further:
        yield replace(asked, item=item)
