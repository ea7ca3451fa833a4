"""The report on how far a programme has come."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence

from bot.domain.content import Track
from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.home import count_line
from bot.messages.mrkdwn import escape
from bot.messages.replies import words
from bot.view_models import MonthCount, TrackReport

MOST = 8
"""The tracks that are shown together."""


def report(tracks: Sequence[TrackReport], admins: Sequence[str]) -> Message:
    """Draw how far each track has come, month by month, and who can read that."""
    if not tracks:
        return words("Nobody has been assigned anything here yet, so there is nothing to report.")
    builder = Builder()
    for track in tracks[:MOST]:
        builder.say(count_line(track.count) + _median(track))
        builder.say("\n".join(_month(month) for month in track.months))
    if len(tracks) > MOST:
        builder.small(f"{len(tracks) - MOST} more: `/track report speak-the-language` shows one.")
    builder.small(
        "Assigned counts in the month of the first day, started with the first item read, known or answered. A track "
        "takes as many learning days as it has items, so a week shows who has begun, and not yet whether it helped. "
        "There is no figure about what anybody knows."
    )
    builder.small(f"Only admins can read this: {formatting.mentions(admins)}.")
    builder.actions(ids.block(ids.ME), [button("Who is enrolled", ids.action("enrolled"))])
    return builder.message()


def _median(track: TrackReport) -> str:
    if track.median_days is None:
        return ""
    return f"\nFrom the first item to the last: {track.median_days:g} days for the one in the middle."


def _month(month: MonthCount) -> str:
    named = f"{month_name[month.month.month]} {month.month.year}"
    return f"{named}: {month.assigned} assigned, {month.started} started, {month.finished} finished"


def note_to_copy(track: Track, waiting: Sequence[str]) -> Message:
    """Draw a note that an admin can send to those who haven't begun, in their own name."""
    if not waiting:
        return words(f"Everybody who takes part in *{escape(track.title)}* has begun.")
    builder = Builder()
    builder.say(f"Not begun yet: {formatting.mentions(waiting)}.")
    builder.say("I don't nag on your behalf. If you'd like to write to them yourself, here is a note to copy:")
    title = escape(track.title).replace("`", "'")
    note = (
        f"“{title}” is waiting in your messages with Missing Link, for whenever it suits you: a minute's reading and "
        "one question a day. Nobody is shown what you answer, and I'm not told if you pause. If it isn't for you, "
        "leave it in one tap. I'd be glad to hear what you think."
    )
    builder.say(f"```{note}```")
    return builder.message()
