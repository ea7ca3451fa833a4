"""Answers to what was typed in the DM."""

from __future__ import annotations

from bot.domain.views import HintView, SaidView
from bot.messages import ids, wording
from bot.messages.draft import Draft, Message, button
from bot.messages.mrkdwn import escape
from bot.messages.replies import LEARN_USAGE, quick_buttons
from bot.messages.welcome import WHO_SEES_WHAT

OPENING = (
    "A short answer to what you typed is here. It is for you alone, and there is nothing in it that you need to do now."
)


def said_message(view: SaidView) -> Message:
    """What became of a wish."""
    draft = Draft(OPENING)
    match view.said:
        case "paused":
            draft.say("Paused. Nothing comes by itself, nothing is lost, and no admin sees it.")
            draft.actions(ids.block(ids.ME), [button("Resume", ids.action("resume"))], "_resume_ starts them again.")
        case "resumed" | "not_paused":
            done = "Messages come again" if view.said == "resumed" else "You weren't paused"
            when = f"; the next one comes on {wording.day(view.day)}" if view.day else ""
            draft.say(f"{done}{when}. Type _next_, and I bring what there is now.")
        case "waiting" if view.title:
            draft.say(f"*{escape(view.title)}* is still open, further up here.")
            bring = button("Bring it down here", ids.action("bring"))
            draft.actions(ids.block(ids.ME), [bring], "You can have it brought down here.")
        case "waiting" | "finished":
            draft.say("Nothing is waiting for you. I stay quiet until there is something new.")
        case "nothing":
            draft.say("You have no track at the moment.")
            draft.actions(ids.block(ids.ME), [button("Tracks", ids.action("tracks"))], "`/learn tracks` shows them.")
        case "thanks":
            draft.say("You are welcome. Nothing else needs you here today.")
        case _:
            draft.say("You can type a word to me, and I explain it; or _next_, _pause_, _resume_. As commands:")
            draft.say(LEARN_USAGE).say(WHO_SEES_WHAT)
            draft.actions(
                ids.block(ids.ME), quick_buttons(), "You can have the next minute now, pause, or change settings."
            )
    return draft.message()


def hint_message(view: HintView) -> Message:
    """Something was typed that is no word it knows and no wish it understands."""
    draft = Draft(OPENING)
    if view.stop:
        draft.say("To stop my messages, one press will do. Nothing is lost, and no admin sees it.")
        draft.actions(ids.block(ids.ME), [button("Pause all messages", ids.action("pause"))], "_pause_ does the same.")
        return draft.message()
    words = wording.listed([f"_{escape(s)}_" for s in view.suggestions])
    draft.say(f"I am a simple bot and didn't understand that. I can explain a word, such as {words}. For the rest:")
    draft.actions(ids.block(ids.ME), quick_buttons(), "You can have the next minute now, pause, or change settings.")
    return draft.message()
