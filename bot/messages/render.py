"""Which view is drawn by which function."""

from __future__ import annotations

from bot.domain.content import Item
from bot.domain.views import (
    ClosingView,
    ExplainView,
    HintView,
    ItemView,
    ReminderView,
    SummaryView,
    TalkView,
    View,
    WelcomeView,
)
from bot.limits import TEXT_RECOMMENDED, violations
from bot.messages import ids, wording
from bot.messages.admin import summary_message, talk_message
from bot.messages.draft import Draft, Message
from bot.messages.ids import PREVIEW
from bot.messages.item import explain_message, item_message
from bot.messages.replies import quick_buttons
from bot.messages.welcome import closing_message, reminder_message, welcome_message

OPENING_HINT = (
    "A short answer to what you typed is here. It is for you alone, and there is nothing in it that you need to do now."
)


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
        case ExplainView():
            return explain_message(view)
        case HintView():
            return _hint(view)


def _hint(view: HintView) -> Message:
    draft = Draft(OPENING_HINT)
    words = wording.listed([f"_{s}_" for s in view.suggestions])
    if view.stop:
        draft.say("To stop my messages, one press will do. Nothing is lost, and no admin sees it.")
        draft.actions(ids.block(ids.ME), quick_buttons()[1:2], "`/learn pause` does the same.")
        return draft.message()
    draft.say(f"I am a simple bot: I can explain a word, such as {words}. For the rest:")
    draft.actions(ids.block(ids.ME), quick_buttons(), "You can have the next minute now, pause, or see who sees what.")
    return draft.message()


def objections(item: Item) -> list[str]:
    """Why Slack would refuse an item's message, in any of the states it can be in."""
    views = [ItemView(PREVIEW, item, 1, 99, "x" * 80, announce="x" * 80)]
    views += [ItemView(PREVIEW, item, 1, 99, "x" * 80, chosen=n) for n in range(len(item.question.choices))]
    found: list[str] = []
    for view in views:
        message = item_message(view)
        found += [str(v) for v in violations(message.payload())]
        if len(message.text) > TEXT_RECOMMENDED:
            found.append(f"its text has {len(message.text)} characters, {TEXT_RECOMMENDED} is the most")
    return sorted(set(found))
