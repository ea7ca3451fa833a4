"""The messages that frame the daily ones: the welcome, a reminder, the closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.domain.delivery_note import Paused
from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button, menu, option
from bot.messages.home import read_again
from bot.messages.item import KNOWN, NOT_TODAY, PAUSE
from bot.messages.mrkdwn import escape
from bot.messages.notes import put_note, skipped_text
from bot.messages.talk_button import talk_button
from bot.view_models import ClosingView, ReminderView, WelcomeState, WelcomeView

SEEN = (
    "which tracks you were given and whether you've started, finished or left them, "
    "whether I could reach you, and your name if you ask to talk. They don't see your answers, your pauses, that I "
    "wait while your Slack status says you're away, your silence, what you look up or why you leave. "
    "Your company's own Slack export, where it has one, and whoever runs the bot's database could read more."
)
WHO_SEES_WHAT = f"*Who sees what.* Admins see {SEEN}"
UNSEEN = (
    "Admins can't see tracks you start yourself. If one assigns you the same track later, they see only whether you've "
    "started, finished or left it."
)
OPENING_WELCOME = (
    "A short hello, with what to expect and how to stop it. There is nothing you have to do right now; it can wait."
)
OPENING_REMINDER = (
    "A quiet reminder: something short is waiting for you here. It takes a minute whenever you have one, "
    "and it can wait."
)
OPENING_DONE = (
    "This one is behind you, so there is nothing here that waits for you any more. The message follows for those who "
    "listen to it."
)
OPENING_PAUSED = (
    "Nothing comes by itself for now, as you asked. This message stays as it is, and there is no hurry with any of it."
)
OPENING_OVER = (
    "There is nothing here that you need to do or to wait for. The whole message follows, for those who listen to it."
)
OPENING_CLOSING = (
    "A short note to mark the end of something you have been doing here. There is nothing you have to do "
    "about it right now."
)
MOST_OFFERS = 3
FEW_ADMINS = 5
HOURS = tuple(time(hour) for hour in range(5, 23))


def who_sees(admins: Sequence[str]) -> str:
    """Return the privacy promise, beginning with the names of the admins."""
    them = f": {formatting.mentions(admins, FEW_ADMINS)}" if admins else ", and nobody is one here yet"
    return f"Only admins see anything{them}. They see only {SEEN}"


def welcome_message(view: WelcomeView) -> Message:
    """Draw the one welcome: the tracks, the hours, how to stop, and what admins see."""
    over = view.state in {WelcomeState.WITHDRAWN, WelcomeState.LEFT, WelcomeState.FINISHED}
    builder = Builder(OPENING_OVER if over else OPENING_WELCOME).heading("A minute a day on social media")
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


def reminder_message(view: ReminderView) -> Message:
    """Draw a reminder; the second one is the last."""
    builder = Builder(_reminder_opening(view))
    if view.skipped is not None:
        said = f"*{escape(view.done)}*: {skipped_text(view.skipped)}"
        return builder.say(f"{said} `/learn next` brings what comes next.").message()
    if view.done:
        return builder.say(f"Done: *{escape(view.done)}*.").message()
    builder.say(
        "Your last lesson is still open. One tap shows it."
        if not view.last
        else "It's still open, and this is my last reminder. I'll be quiet until you tap or type something. "
        "Nothing is lost, and nobody is told."
    )
    overflow = menu(
        "overflow",
        ids.action("more"),
        [option("Not today", NOT_TODAY), option("I know this", KNOWN), option("Pause all messages", PAUSE)],
    )
    builder.actions(
        ids.block(view.delivery_id),
        [button("Show it here", ids.action("show"), style="primary"), overflow],
        "You can have it shown here.",
    )
    if view.note is not None:
        put_note(builder, view.delivery_id, view.note)
    return builder.message()


def _reminder_opening(view: ReminderView) -> str:
    """Return neutral words for the notification that fit what the reminder shows now."""
    if view.skipped is not None:
        return OPENING_OVER
    if view.done:
        return OPENING_DONE
    return OPENING_PAUSED if view.note is not None and isinstance(view.note.note, Paused) else OPENING_REMINDER


def closing_message(view: ClosingView) -> Message:
    """Draw that a track is finished: what was learned, what could come next, and somebody to talk to."""
    builder = Builder(OPENING_CLOSING).heading(f"{view.track}: done")
    learned = "\n".join(f"• {escape(line.title)}" for line in view.learned)
    builder.say(f"You now have these behind you:\n{learned}")
    if view.learned:
        builder.actions(ids.block(ids.ME), [read_again(view.learned)], "You can read each of them again here.")
    if view.answered:
        builder.say(f"You got {view.right} of {view.answered} right first time. Only you are shown this.")
    if view.again:
        builder.say(f"*{escape(view.track)}* was started again since, so its lessons come once more.")
    if view.next_tracks:
        builder.say("What could come next:")
        for track_id, title in view.next_tracks[:MOST_OFFERS]:
            builder.say(f"*{escape(title)}*")
            spoken = f"`/learn start {track_id}` starts it."
            builder.actions(ids.block(track_id), [button("Start", ids.action("begin"), heard=f"Start {title}")], spoken)
        builder.small(UNSEEN)
    elif view.running:
        builder.say(f"Lessons go on with {formatting.listed([f'*{escape(title)}*' for title in view.running])}.")
    elif not view.again:
        builder.say(
            "Nothing else is planned for you, so I'll be quiet. `/jargon` explains a word whenever you meet one."
        )
    if view.new_hour is not None:
        builder.small(f"That hour belonged to this track. From now on I'll write at {formatting.hour(view.new_hour)}.")
    if view.talk_asked:
        has = "has" if len(view.talk_to) == 1 else "have"
        builder.small(f"{formatting.mentions(view.talk_to)} now {has} your name, and nothing else.")
    elif view.talk_to:
        builder.say(
            f"Would you like to talk through your own case? I give {formatting.mentions(view.talk_to)} your name, "
            "and nothing else."
        )
        builder.actions(
            ids.block(view.delivery_id),
            [talk_button()],
            "You can ask to talk to someone; only your name is passed on.",
        )
    return builder.message()
