"""The welcome: what comes, when, how to stop it, and who sees what."""

from __future__ import annotations

from datetime import time

from bot.messages import formatting, ids, notification_texts
from bot.messages.builder import Builder, Message, button, menu, option
from bot.messages.mrkdwn import escape
from bot.messages.privacy import WHO_SEES_WHAT
from bot.view_models import WelcomeState, WelcomeView

HOURS = tuple(time(hour) for hour in range(5, 23))


def welcome_message(view: WelcomeView) -> Message:
    """Draw the one welcome: the tracks, the hours, how to stop, and what admins see."""
    over = view.state in {WelcomeState.WITHDRAWN, WelcomeState.LEFT, WelcomeState.FINISHED}
    builder = Builder(notification_texts.OVER if over else notification_texts.WELCOME).heading(
        "A minute a day on social media"
    )
    if view.state is WelcomeState.WITHDRAWN:
        return builder.say(
            "This has been withdrawn. Nothing more will come, and there is nothing you need to do."
        ).message()
    if view.state is WelcomeState.LEFT:
        return builder.say("You've left this. Nothing more will come unless you come back.").message()
    if view.state is WelcomeState.FINISHED:
        return builder.say("You've finished this. There is nothing to do here.").message()
    has = "has" if len(view.assigned_by) == 1 else "have"
    by = (
        "You have chosen this for yourself:"
        if view.by_oneself
        else f"{formatting.listed([formatting.mention(a) for a in view.assigned_by])} {has} chosen this for you:"
    )
    tracks = "\n".join(
        f"*{escape(t.title)}*, {formatting.count(t.items, 'short message')}. {escape(t.summary)}" for t in view.tracks
    )
    builder.say(f"{by}\n{tracks}" if view.assigned_by else tracks)
    but_holidays = " except on public holidays" if view.holidays else ""
    since = f", from {formatting.day(view.first_day)}" if view.first_day else ""
    begins = "The first one comes by itself; *Start* brings it now. " if view.state is WelcomeState.OPEN else ""
    not_now = "Tap _Not now_ here; " if view.state is WelcomeState.OPEN else ""
    builder.say(
        f"*When.* One message at {formatting.hour(view.at)} your time, "
        f"{formatting.weekdays(view.days)}{but_holidays}{since}. "
        f"{begins}Each takes a minute. "
        "If you're busy it waits. I'll remind you twice, then leave you alone."
    )
    builder.say(
        f"*How to stop.* {not_now}_Pause all messages_ is in the menu (⋯) of any later one, and you can type _pause_ "
        "to me. Hour, days and time zone are yours to change: `/learn settings`."
    )
    builder.say(WHO_SEES_WHAT)
    _welcome_state(builder, view)
    return builder.message()


def _welcome_state(builder: Builder, view: WelcomeView) -> None:
    options = [option(formatting.hour(h), formatting.hour(h)) for h in HOURS]
    placeholder = {"type": "plain_text", "text": "Another hour"}
    hours = menu("static_select", ids.action("hour"), options, placeholder=placeholder)
    said = [f"Your hour is now {formatting.hour(view.at)}."] if view.hour_changed else []
    if view.state is WelcomeState.STARTED:
        builder.small(" ".join([*said, "It has begun. Your lessons follow below."]))
        builder.actions(ids.block(view.delivery_id), [hours], "You can choose another hour here.")
        return
    if view.state is WelcomeState.PAUSED:
        said.append(
            "Not now, then. Nothing comes by itself, and no admin sees it. *Start* is here whenever you want it."
        )
    if said:
        builder.small(" ".join(said))
    start = button("Start", ids.action("start"), style="primary")
    not_now = [] if view.state is WelcomeState.PAUSED else [button("Not now", ids.action("not_now"))]
    spoken = "You can start at once, choose another hour, or say not now. If you do nothing, it starts by itself."
    builder.actions(ids.block(view.delivery_id), [start, hours, *not_now], spoken)
