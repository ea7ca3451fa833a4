"""Answers to leaving a track and to coming back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.leave_buttons import back_buttons, put_leave
from bot.messages.mrkdwn import escape
from bot.messages.next_up import coming_text, go_on_button, put_instead, resume_button
from bot.messages.talk_button import passed_on_text, talk_button
from bot.view_models import ComingState, ComingView, TrackProgress


def leave_message(running: Sequence[TrackProgress], coming: ComingView) -> Message:
    """Draw the answer to `/learn leave` and *Leave a track*."""
    builder = Builder()
    if not running and coming.review_on is not None:
        builder.say(
            "No track of yours is running. Questions from before still come back now and then; *Pause* stops them."
        )
        builder.actions(ids.block(ids.ME), [button("Pause", ids.action("pause"))], "`/learn pause` stops them.")
        return builder.message()
    if not running:
        builder.say("No track of yours is running, so nothing comes by itself. `/learn tracks` shows what there is.")
        builder.actions(ids.block(ids.ME), [button("Tracks", ids.action("tracks"))])
        return builder.message()
    put_leave(builder, running, 1)
    builder.small("Just for a while? `/learn pause` stops everything until you resume, and no admin sees that.")
    return builder.message()


def left_message(
    left: Sequence[tuple[str, str]],
    coming: ComingView,
    talk_to: Sequence[str],
    talk_since: date | None = None,
    *,
    unseen: bool = False,
) -> Message:
    """Draw that tracks, as (id, title), were left. `unseen`: all were self-started, which no admin sees.

    `talk_since`: the date on which `talk_to` were given the learner's name, if they were.
    """
    builder = Builder()
    titles = formatting.listed([f"*{escape(title)}*" for _, title in left])
    seen = "No admin sees it." if unseen else "Admins see “not taking part”, and no reason."
    last = coming.idle and coming.review_on is None
    builder.say(f"You've left {titles}. {seen} {'Nothing more comes.' if last else coming_text(coming)}")
    talk = [talk_button()] if last and talk_to and talk_since is None else []
    resume = [resume_button()] if last and coming.paused else []
    spoken = "You can come back at any time." + (" You can also ask to talk to someone." if talk else "")
    builder.actions(ids.block(ids.ME), [*back_buttons(left), *resume, *talk], spoken)
    if last and talk_since is not None:
        builder.small(passed_on_text(talk_to, talk_since, coming.today))
    return builder.message()


def nothing_left(coming: ComingView) -> Message:
    """Draw that there was nothing to leave."""
    return _unchanged("There was nothing to leave.", coming)


def not_left(coming: ComingView) -> Message:
    """Draw that there was nothing to come back to."""
    return _unchanged("You haven't left that track, so nothing changes.", coming)


def _unchanged(said: str, coming: ComingView) -> Message:
    builder = Builder().say(f"{said} {coming_text(coming)}")
    put_instead(builder, coming)
    return builder.message()


def back_message(title: str, coming: ComingView) -> Message:
    """Draw that somebody takes part again."""
    builder = Builder().say(f"Welcome back to *{escape(title)}*: it goes on where you stopped. {coming_text(coming)}")
    if coming.idle:
        put_instead(builder, coming)
        return builder.message()
    go_on = resume_button() if coming.state is ComingState.PAUSED else go_on_button(coming)
    builder.actions(ids.block(ids.ME), [go_on], "`/learn next` brings your open lesson, or the next one.")
    return builder.message()
