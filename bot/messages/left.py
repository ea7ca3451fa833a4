"""Answers to leaving a track and to coming back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.views import ComingView, TrackProgress
from bot.messages import ids, wording
from bot.messages.draft import Draft, Message, button
from bot.messages.home import IDLE, coming_text, talk_button
from bot.messages.leaving import back_buttons, put_leave
from bot.messages.mrkdwn import escape


def leave_message(running: Sequence[TrackProgress]) -> Message:
    """What `/learn leave` and *Leave a track* answer."""
    draft = Draft()
    if not running:
        draft.say("No track of yours is running, so nothing comes by itself. `/learn tracks` shows what there is.")
        draft.actions(ids.block(ids.ME), [button("Tracks", ids.action("tracks"))])
        return draft.message()
    put_leave(draft, running, 1)
    draft.small("Just for a while? `/learn pause` stops everything until you resume, and no admin sees that.")
    return draft.message()


def left_message(
    left: Sequence[tuple[str, str]], coming: ComingView, talk_to: Sequence[str], *, unseen: bool = False
) -> Message:
    """Tracks, as (id, title), were left. `unseen`: all were self-started, of which no admin sees anything."""
    draft = Draft()
    titles = wording.listed([f"*{escape(title)}*" for _, title in left])
    seen = "No admin sees it." if unseen else "Admins see “not taking part”, and no reason."
    last = coming.state in IDLE
    draft.say(f"You've left {titles}. {seen} {'Nothing more comes.' if last else coming_text(coming)}")
    talk = [talk_button()] if last and talk_to else []
    spoken = "You can come back at any time." + (" You can also ask to talk to someone." if talk else "")
    draft.actions(ids.block(ids.ME), [*back_buttons(left), *talk], spoken)
    return draft.message()


def nothing_left(coming: ComingView) -> Message:
    """There was nothing to leave."""
    return Draft().say(f"There was nothing to leave. {coming_text(coming)}").message()


def not_left(coming: ComingView) -> Message:
    """There was nothing to come back to."""
    return Draft().say(f"You haven't left that track, so nothing changes. {coming_text(coming)}").message()


def back_message(title: str, coming: ComingView) -> Message:
    """Somebody takes part again."""
    draft = Draft().say(f"Welcome back to *{escape(title)}*: it goes on where you stopped. {coming_text(coming)}")
    go_on = button("Resume", ids.action("resume")) if coming.state == "paused" else None
    draft.actions(
        ids.block(ids.ME), [go_on or button("Next one now", ids.action("next"))], "`/learn next` brings the next one."
    )
    return draft.message()
