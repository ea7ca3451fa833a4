"""Answers to what was typed in the DM."""

from __future__ import annotations

from bot.domain.views import HintView, SaidView
from bot.messages import ids, wording
from bot.messages.draft import Draft, Message, button
from bot.messages.home import coming_text, talk_button
from bot.messages.mrkdwn import escape
from bot.messages.replies import quick_buttons

OPENING = (
    "A short answer to what you typed is here. It is for you alone, and there is nothing in it that you need to do now."
)
QUICK = "You can have the next minute now, pause or resume, or change settings."


def said_message(view: SaidView) -> Message:
    """What became of a wish."""
    draft = Draft(OPENING)
    if view.said in {"paused", "resumed", "not_paused", "not_today"}:
        _of_pauses(draft, view)
    elif view.said in {"waiting", "finished", "nothing"}:
        _of_items(draft, view)
    else:
        _of_questions(draft, view)
    return draft.message()


def _of_questions(draft: Draft, view: SaidView) -> None:
    match view.said:
        case "when":
            draft.say(coming_text(view.coming))
            draft.actions(ids.block(ids.ME), quick_buttons(paused=view.coming.state == "paused"), QUICK)
        case "settings":
            draft.say("Hour, days, time zone, holidays and notifications are yours to choose.")
            draft.actions(
                ids.block(ids.ME), [button("Settings", ids.action("settings"))], "`/learn settings` opens them."
            )
        case "talk" if view.talk_to:
            draft.say(f"I can give {wording.mentions(view.talk_to)} your name, and nothing else.")
            draft.actions(ids.block(ids.ME), [talk_button()], "You can ask to talk to someone.")
        case "talk":
            draft.say(
                "There is nobody here whom I could give your name to. I can explain a word, though: just type it."
            )
        case "thanks":
            draft.say("You are welcome.")
        case _:
            _help(draft, view)


def _of_pauses(draft: Draft, view: SaidView) -> None:
    match view.said:
        case "paused":
            until = f" until {wording.day(view.until)}" if view.until else ""
            draft.say(f"Paused{until}. Nothing comes by itself, nothing is lost, and no admin sees it.")
            draft.actions(ids.block(ids.ME), [button("Resume", ids.action("resume"))], "_resume_ starts them again.")
        case "resumed":
            draft.say(f"Messages come again. {coming_text(view.coming)}")
            draft.actions(ids.block(ids.ME), quick_buttons(), QUICK)
        case "not_paused":
            draft.say(f"You weren't paused, so nothing changes. {coming_text(view.coming)}")
            draft.actions(ids.block(ids.ME), quick_buttons(), QUICK)
        case "not_today":
            draft.say("Not today, then. It comes again on your next learning day.")


def _of_items(draft: Draft, view: SaidView) -> None:
    match view.said:
        case "waiting" if view.coming.title:
            draft.say(f"*{escape(view.coming.title)}* is still open, further up here.")
            bring = button("Bring it down here", ids.action("bring"))
            draft.actions(ids.block(ids.ME), [bring], "You can have it brought down here.")
        case "waiting" | "finished":
            draft.say("Nothing is waiting for you. I stay quiet until there is something new.")
        case "nothing":
            draft.say("You have no track at the moment.")
            draft.actions(ids.block(ids.ME), [button("Tracks", ids.action("tracks"))], "`/learn tracks` shows them.")


def _help(draft: Draft, view: SaidView) -> None:
    draft.say(
        "I am a bot that brings you a minute on social media a day: a short text and a question. Type a word and I "
        "explain it; or type _next_, _pause_, _pause until monday_, _resume_ or _when_. The rest is in `/learn`."
    )
    draft.actions(
        ids.block(ids.ME),
        [*quick_buttons(paused=view.coming.state == "paused"), button("Who sees what", ids.action("who"))],
        f"{QUICK} You can also read who sees what.",
    )


def hint_message(view: HintView) -> Message:
    """Something was typed that is no word it knows and no wish it understands."""
    draft = Draft(OPENING)
    if view.stop and not view.paused:
        draft.say("To stop my messages, one press will do. Nothing is lost, and no admin sees it.")
        draft.actions(ids.block(ids.ME), [button("Pause all messages", ids.action("pause"))], "_pause_ does the same.")
        return draft.message()
    words = wording.listed([f"_{escape(s)}_" for s in view.suggestions])
    draft.say(f"I am a simple bot and didn't understand that. I can explain words such as {words}, or do these:")
    draft.actions(ids.block(ids.ME), quick_buttons(paused=view.paused), QUICK)
    return draft.message()
