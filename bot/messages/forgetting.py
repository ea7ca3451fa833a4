"""A copy of one's data, and being forgotten."""

from __future__ import annotations

from bot.messages import ids
from bot.messages.builder import Builder, Home, Message, Modal, button
from bot.messages.file_replies import no_file

CALLBACK = "forget_me"
GOES = (
    "*What goes, for good.* Your name, hour, days and settings; your tracks and how far you are; every answer, how "
    "sure you were, what comes back and what you kept; your pauses; my messages in our conversation, which I delete "
    "one by one."
)
STAYS = (
    "*What stays.* What you typed here yourself: you can delete that in Slack. What your company's own Slack export or "
    "backups have kept: I can't reach those. In the record of what admins did you become “an erased person”, and "
    "figures already counted stay, without you. A coded mark stays that no name can be read from: by it I know not to "
    "enrol you again. Your own *Start* ends it."
)
NOTICED = (
    "*What others notice.* I tell nobody. An admin who looks can notice that you are no longer listed, and one who "
    "assigns you a track reads that you don't take part."
)
AFTERWARDS = "If you write to me again I'll know your name and time zone again, and nothing comes until you start."


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
        "Done. Within a minute all I knew of you is erased; my messages here then go one by one, which takes longer."
    )
    return builder.modal("Forget me")


def blank_home() -> Home:
    """Draw the Home of somebody who was erased."""
    builder = Builder().heading("A minute a day on social media")
    return builder.say(
        "Nothing is kept about you here. `/learn tracks` shows what there is, if you'd like to start."
    ).home()


def no_files() -> Message:
    """Draw that the copy can't be sent, since the bot may not send files."""
    return no_file("missing_scope", FROM_OPERATOR)
