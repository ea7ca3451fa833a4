"""Answers to pausing and resuming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.leave_buttons import put_leave
from bot.messages.next_up import coming_text, put_instead
from bot.messages.replies import words
from bot.view_models import ComingView, TrackProgress


def paused(until: date | None, today: date, running: Sequence[TrackProgress] = ()) -> Message:
    """Draw that a pause has begun. `running`: tracks that can be left instead."""
    when = f" until {formatting.day(until, today)}" if until else ""
    builder = Builder()
    builder.say(f"Paused{when}. Nothing comes by itself, nothing is lost, and no admin sees it.")
    builder.actions(
        ids.block(ids.ME), [button("Resume", ids.action("resume"))], "`/learn resume` starts the messages again."
    )
    put_leave(builder, running, 2)
    return builder.message()


def unread(problem: str, likely: date | None, today: date) -> Message:
    """Draw what is wrong with a pause's end that can't be parsed, and a button that pauses all the same."""
    builder = Builder()
    builder.say(problem)
    ends = []
    if likely:
        day = formatting.day(likely, today)
        builder.say(f"A pause is for all messages. Do you mean until {day}?")
        ends = [button(f"Pause until {day}", ids.action("pause", likely))]
    builder.actions(
        ids.block(ids.ME),
        [*ends, button("Pause until I resume", ids.action("pause"))],
        "`/learn pause` without a day lasts until `/learn resume`.",
    )
    return builder.message()


def sent_anyway(waited: bool, coming: ComingView) -> Message:
    """Draw the answer to *Send lessons anyway*."""
    said = "Lessons come again, whatever your Slack status says." if waited else "Nothing was waiting for your status."
    return _and_now(said, coming)


def resumed(was_paused: bool, coming: ComingView) -> Message:
    """Draw that a pause has ended."""
    said = "Welcome back." if was_paused else "You weren't paused, so nothing changes."
    if coming.day is None or coming.idle:
        return _and_now(said, coming)
    return words(
        f"{said} The next one comes on {formatting.day(coming.day, coming.today)}; `/learn next` brings it now."
    )


def _and_now(said: str, coming: ComingView) -> Message:
    builder = Builder().say(f"{said} {coming_text(coming)}")
    put_instead(builder, coming)
    return builder.message()
