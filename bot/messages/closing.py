"""The closing of a track: what was learned, what could come next, and somebody to talk to."""

from __future__ import annotations

from bot.messages import formatting, ids, notification_texts
from bot.messages.builder import Builder, Message, button
from bot.messages.mrkdwn import escape, rich
from bot.messages.privacy import UNSEEN
from bot.messages.riders import put_rider
from bot.messages.standing import read_again
from bot.messages.talk_button import talk_button
from bot.view_models import ClosingView

MOST_OFFERS = 3


def closing_message(view: ClosingView) -> Message:
    """Draw that a track is finished: what was learned, what could come next, and somebody to talk to."""
    builder = Builder(notification_texts.CLOSING).heading(f"{view.track}: done")
    _behind(builder, view)
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
    elif view.reviews_follow and not view.again:
        builder.say(
            "Nothing new is planned for you. Questions from before come back now and then, on three days a week at "
            "most; type _pause_ to stop that."
        )
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
    put_rider(builder, view.delivery_id, view.rider)
    return builder.message()


def _behind(builder: Builder, view: ClosingView) -> None:
    """Add what is behind the learner, and what they may take into a meeting."""
    learned = "\n".join(f"• {escape(line.title)}" for line in view.learned)
    builder.say(f"You now have these behind you:\n{learned}")
    if view.learned:
        builder.actions(ids.block(ids.ME), [read_again(view.learned)], "You can read each of them again here.")
    if view.meeting_lines:
        lines = "\n".join(f"• {rich(line)}" for line in view.meeting_lines)
        builder.say(f"*For your next meetings*\n{lines}")
    if view.answered:
        builder.say(f"You got {view.right} of {view.answered} right first time. Only you are shown this.")
