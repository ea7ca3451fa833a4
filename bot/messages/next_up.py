"""The learner's next message, in words, and the buttons that fit it."""

from __future__ import annotations

from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, button
from bot.messages.leave_buttons import back_buttons
from bot.messages.mrkdwn import escape
from bot.view_models import ComingState, ComingView

DONE = "You've finished everything. I'll be quiet until there's something new."


def coming_text(view: ComingView) -> str:
    """Return what comes next, in a sentence or two."""
    title = f"*{escape(view.title)}*"
    day = formatting.day(view.day, view.today) if view.day else ""
    when = f"on {day} at {formatting.hour(view.at)}" if day else ""
    match view.state:
        case ComingState.NEXT:
            free = f" {formatting.day(view.holiday, view.today)} is a public holiday." if view.holiday else ""
            if view.quiet is not None:
                free += f" Your company has quiet days {formatting.days(*view.quiet, view.today)}."
            hello = f": a short hello. Lessons begin on {formatting.day(view.first, view.today)}" if view.first else ""
            return f"Next: {title}, {when}.{free}" if view.title else f"The next message comes {when}{hello}.{free}"
        case ComingState.WAITING:
            return f"{title} is open, in your messages with me. It stays there until you have a minute."
        case ComingState.PAUSED:
            until = f" until {day}" if day else ""
            return f"Paused{until}. Nothing comes by itself, nothing is lost, and no admin sees it."
        case ComingState.AWAY:
            then = f"The next one comes {when}" if when else "They come again once it ends"
            return (
                f"Your Slack status says you're away, so lessons wait. {then}; nothing is lost, and no admin sees it."
            )
        case ComingState.RESTING:
            titles = formatting.listed([f"*{escape(each)}*" for each in view.resting])
            return f"Your company has paused {titles} for everybody. Nothing is lost; *Next one now* brings one anyway."
        case ComingState.QUIET:
            lost = f"{title} is still open" if view.open else "*Next one now* goes on where you were"
            return f"I am quiet until you tap or type something. Nothing is lost: {lost}."
    return f"{_nothing_text(view)}{_paused_besides(view, day)}"


def _nothing_text(view: ComingView) -> str:
    """Return why nothing is to come, and what there is instead."""
    if view.state is ComingState.LEFT and len(view.left) < 2:
        track = f"*{escape(view.left[0][1])}*" if view.left else "the track you had"
        return f"You've left {track}, so nothing more comes. *Come back* goes on where you stopped."
    if view.state is ComingState.LEFT:
        titles = formatting.listed([f"*{escape(title)}*" for _, title in view.left])
        return f"You've left {titles}, so nothing more comes. Each goes on where you stopped if you come back."
    if view.review_on is not None:
        day = formatting.day(view.review_on, view.today)
        return (
            f"You've finished everything. A question from before comes back now and then, next on {day}. "
            "`/learn tracks` shows what else there is."
        )
    if view.state is ComingState.FINISHED:
        return f"{DONE} `/learn tracks` shows what else there is."
    return "You have no track at the moment. `/learn tracks` shows those you can start by yourself."


def _paused_besides(view: ComingView, day: str) -> str:
    until = f" until {day}" if day else ""
    return f" Paused as well{until}: *Resume* ends that." if view.paused else ""


def main_buttons(coming: ComingView, *, helps: bool = True) -> list[Block]:
    """Return the most wanted buttons. `helps`: *Help* as well."""
    help_button = [button("Help", ids.action("help"))] if helps else []
    if coming.idle:
        return [*_instead(coming, style="primary"), *help_button]
    paused = coming.state is ComingState.PAUSED
    go_on = go_on_button(coming, style=None if paused else "primary")
    hold = resume_button(style="primary") if paused else button("Pause", ids.action("pause"))
    if coming.state is ComingState.AWAY:
        go_on, hold = _anyway(style="primary"), go_on_button(coming)
    return [
        *([hold, go_on] if paused else [go_on, hold]),
        button("Tracks", ids.action("tracks")),
        button("Settings", ids.action("settings")),
        *help_button,
    ]


def go_on_button(coming: ComingView, style: str | None = None) -> Block:
    """Return *Next one now*, or *Show the open one* if an item is open."""
    return button("Show the open one" if coming.open else "Next one now", ids.action("next"), style=style)


def resume_button(style: str | None = None) -> Block:
    """Return *Resume*."""
    return button("Resume", ids.action("resume"), style=style)


def _anyway(style: str | None = None) -> Block:
    return button("Send lessons anyway", ids.action("send_anyway"), style=style)


def _instead(coming: ComingView, style: str | None = None) -> list[Block]:
    """Return the buttons for when nothing is to come: come back, tracks, and the end of a pause."""
    back = back_buttons(coming.left, style=style)
    return [
        *back,
        *([resume_button()] if coming.paused else []),
        *([button("Pause", ids.action("pause"))] if coming.review_on and not coming.paused else []),
        button("Tracks", ids.action("tracks"), style=None if back else style),
        button("Settings", ids.action("settings")),
    ]


def put_instead(builder: Builder, coming: ComingView, nth: int = 1) -> None:
    """Add the buttons that `coming_text` names when nothing is to come, as the nth block about this person."""
    buttons = [*back_buttons(coming.left), *([resume_button()] if coming.paused else [])]
    if buttons:
        builder.actions(ids.block(ids.ME, nth), buttons, "`/learn tracks` shows what you can come back to.")


def moment_buttons(coming: ComingView) -> list[Block]:
    """Return the buttons that fit the learner's state, below an answer in the DM."""
    if coming.idle:
        return _instead(coming)
    hold = None
    if coming.state is ComingState.PAUSED:
        hold = resume_button()
    elif coming.state is ComingState.AWAY:
        hold = _anyway()
    bring = button("Bring it down here", ids.action("bring")) if coming.open else None
    return [
        *([hold] if hold else []),
        bring or go_on_button(coming),
        *([] if hold else [button("Pause all messages", ids.action("pause"))]),
        button("Settings", ids.action("settings")),
    ]
