"""A copy of one's data, and being forgotten."""

from __future__ import annotations

from bot.messages import ids
from bot.messages.builder import Builder, Home, Message, Modal, button
from bot.messages.file_replies import no_file

CALLBACK = "forget_me"
GOES = (
    "*What goes, for good.* Your name, hour, days, pauses and settings; your tracks and progress; every answer, how "
    "sure or comfortable you said you were; terms you looked up or kept; your strategy page, and its lines in drafts; "
    "my messages and files here, which I delete one by one."
)
STAYS = (
    "*What stays.* What you typed here: you can delete that in Slack. My messages to others that name you, and copies "
    "they saved. Anything Slack won't let me delete, and your company's exports and backups. In the admin log you "
    "become “an erased person”; totals stay, without you. I keep one code, so that I don't enrol you again; it holds "
    "no name, and goes when you start a track yourself."
)
NOTICED = (
    "*What others notice.* I tell nobody. Admins may see that you're no longer listed; if one assigns you a track, "
    "they'll see “not taking part”."
)
AFTERWARDS = (
    "If you take a copy first, save it outside Slack: I delete the file here too. If you write to me again, I'll look "
    "up your name and time zone, but send no lessons until you start."
)
FROM_OPERATOR = "Whoever runs me can hand you the same file with `missinglink export` and your member ID."


def forget_dialog() -> Modal:
    """Draw what being forgotten means, before it is done."""
    builder = Builder().say(GOES).say(STAYS).say(NOTICED).small(AFTERWARDS)
    copy = button("A copy first", ids.action("export"))
    builder.actions(ids.block(ids.ME), [copy], "`/learn export` sends you a copy first.")
    return builder.modal("Forget me", callback_id=CALLBACK, submit="Erase everything", close="Keep everything")


def forgotten() -> Modal:
    """Draw that it is being done."""
    builder = Builder().say(
        "I'm erasing everything I know about you, usually within a minute. Deleting my messages here takes longer."
    )
    return builder.modal("Forget me")


def blank_home() -> Home:
    """Draw the Home of somebody who was erased."""
    builder = Builder().heading("A minute a day on social media")
    return builder.say(
        "I've erased what I knew about you. `/learn tracks` shows what there is, if you'd like to start."
    ).home()


def no_files() -> Message:
    """Draw that the copy can't be sent, since the bot may not send files."""
    return no_file("missing_scope", FROM_OPERATOR)
