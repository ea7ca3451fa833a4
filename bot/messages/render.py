"""The table of view models and the functions that draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot.domain.content import Item, Term, asked_with, wordings
from bot.domain.questions import AnyQuestion
from bot.limits import TEXT_RECOMMENDED, violations
from bot.messages.admin_notices import (
    appointed_message,
    given_back_message,
    held_message,
    summary_message,
    talk_message,
)
from bot.messages.builder import Message
from bot.messages.closing import closing_message
from bot.messages.dm_replies.drawing import dm_reply_message, hint_message
from bot.messages.drafts import draft_message
from bot.messages.ids import PREVIEW
from bot.messages.item import explain_message, item_message, preview_message
from bot.messages.reminder import reminder_message
from bot.messages.report import report_message
from bot.messages.review import reviews_message
from bot.messages.rules import news_message
from bot.messages.strategy import shared_message
from bot.messages.welcome import welcome_message
from bot.view_models import (
    Announcement,
    AppointedView,
    ClosingView,
    DmReplyView,
    DraftNewsView,
    ExplainView,
    GivenBackView,
    HeldView,
    HintView,
    ItemView,
    PreviewView,
    ProgrammeView,
    ReminderView,
    ReviewsView,
    RuleNewsView,
    SharedPageView,
    SummaryView,
    TalkView,
    View,
    WelcomeView,
)

_DRAWN: dict[type[View], Callable[[Any], Message]] = {
    ItemView: item_message,
    PreviewView: preview_message,
    WelcomeView: welcome_message,
    ReminderView: reminder_message,
    ReviewsView: reviews_message,
    ClosingView: closing_message,
    SummaryView: summary_message,
    TalkView: talk_message,
    SharedPageView: shared_message,
    DraftNewsView: draft_message,
    RuleNewsView: news_message,
    ProgrammeView: report_message,
    GivenBackView: given_back_message,
    AppointedView: appointed_message,
    HeldView: held_message,
    ExplainView: explain_message,
    DmReplyView: dm_reply_message,
    HintView: hint_message,
}


def render(view: View) -> Message:
    """Draw a view as a message."""
    return _DRAWN[type(view)](view)


def objections(item: Item) -> list[str]:
    """Return the reasons why Slack would refuse an item's message in any of its states, and its preview."""
    found: list[str] = []
    if isinstance(item, Term):
        explained = explain_message(ExplainView(asked=item.term, term=item))
        found += [str(v) for v in violations(explained.payload())]
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
