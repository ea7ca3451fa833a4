"""Short answers to admins: commands, large orders that ask first, figures in pages."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.content import Track
from bot.domain.orders import OrderState, OrderVerb
from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.file_replies import FILES_NEED
from bot.messages.home import count_line
from bot.messages.mrkdwn import escape
from bot.messages.order_look import say_look
from bot.messages.replies import words
from bot.view_models import EnrolmentState, OrderView, StatusLine, TrackCount

PAGE = 20
NOTE = "There is a note that you can copy and send to those who haven't begun."
TRACK_USAGE = (
    "`/track`: a form to assign with\n"
    "`/track assign @person @group #channel speak-the-language`; you can add `from monday`, `at 08:30`, `on mon-thu`, "
    "`restart`, `then the-business-case`\n"
    "`/track remove @person speak-the-language`\n"
    "`/track rule @group speak-the-language`: whoever is in it has the track; `/track rule` lists the rules\n"
    "`/track quiet 21 december to 2 january`: nothing comes unasked on those days\n"
    "`/track pause speak-the-language`: it is paused for everybody; `/track resume` lets it go on\n"
    "`/track list`: the tracks there are\n"
    "`/track status`, also with a person or a track\n"
    "`/track preview speak-the-language 3`: the third message, shown to you alone\n"
    "`/track test speak-the-language`: the whole track, to you alone, in ten minutes\n"
    "`/track write`: lessons and words of your company's own; `/track add` says more\n"
    "`/track draft`: the strategy pages shared with you, side by side for a discussion\n"
    "`/track admins`: who the admins are; `/track admins @person` appoints one\n"
    "`/track audit`: what admins did\n"
    "`/track report`, also with a track: how many were assigned, began and finished, and what may be told of what "
    "they know; on paper, as a file, or each month"
)


MOST_IN_FULL, MOST_LISTED = 12, 90
"""The most tracks of a list with what each is good for, and the most of any list."""


def track_help(*, files: bool = False) -> Message:
    """Draw the help on what admins can type. `files`: the bot may send files."""
    as_file = "*As a file*, below a status, sends it to you as CSV for a spreadsheet."
    return words(
        "You decide who gets which track. You never see an answer, a pause or a look-up.",
        TRACK_USAGE,
        as_file if files else f"A status can also come as a file for a spreadsheet. {FILES_NEED}",
    )


def test_run(track: Track) -> Message:
    """Draw that a whole track comes to an admin alone."""
    many = formatting.count(len(track.items), "message", "messages")
    return words(
        f"*{escape(track.title)}*: {many} will come to you alone over the next ten minutes. Tap a choice to see its "
        "reason; nothing is recorded, and nobody else gets them."
    )


def adding_lessons() -> Message:
    """Draw how a lesson is added, which isn't done in Slack."""
    return words(
        "`/track write` has a form for a lesson or a word of your own. I check it, show you the message, and serve it "
        "once you publish it.",
        "Whoever runs me can also keep lessons as text files, which I read again within a minute of a change; their "
        "`README.md` has the rules on one page.",
        "`/track list` shows the tracks there are, and `/track preview speak-the-language 3` a message of one. "
        "To give somebody a track: `/track assign @person speak-the-language`.",
    )


def order_taken(verb: OrderVerb, track: Track, people: Sequence[str], *, restart: bool) -> Message:
    """Draw that an order is stored and on its way."""
    what, to = {
        OrderVerb.ASSIGN: ("assigning", "to"),
        OrderVerb.MOVE: ("moving the start of", "for"),
        OrderVerb.REMOVE: ("removing", "from"),
    }[verb]
    anew = ", from the beginning" if restart else ""
    return words(
        f"Understood: {what} *{escape(track.title)}* {to} {formatting.mentions(list(people))}{anew}. "
        "I'll message you the result in a moment."
    )


def order_asks(view: OrderView) -> Message:
    """Draw the question that an order asks before it goes, and what it would do."""
    builder = Builder()
    say_look(builder, view)
    number = len(view.new)
    if not number and not view.kept:
        builder.say("So there is nobody for whom that would change anything, and nothing was done.")
        return builder.message()
    does = {OrderVerb.MOVE: "Move it for", OrderVerb.REMOVE: "Take it away from"}.get(
        view.verb, "Start again for" if view.restart and view.had_it else "Assign"
    )
    goes = "Keep it so" if view.kept else f"{does} {formatting.count(number, 'person', 'people')}"
    builder.actions(
        ids.block(view.order_id),
        [
            button(goes, ids.action("order_yes"), style="primary"),
            button("Cancel", ids.action("order_no")),
        ],
    )
    return builder.message()


def order_answered(state: OrderState) -> Message:
    """Draw the result of a large order's question."""
    texts = {
        OrderState.STORED: "On its way. I'll message you a summary.",
        OrderState.CANCELLED: "Cancelled. Nobody was assigned.",
    }
    return words(texts.get(state, "That was dealt with before. Nothing was done twice."))


def nobody_again() -> Message:
    """Draw that *Move the start* or *Start again* came too late to change anything for anybody."""
    return words("There is nobody left for whom that would change anything, so nothing was done.")


def uncertain(number: int, *, again: bool) -> Message:
    """Draw what was done about messages that may or may not have arrived."""
    if not number:
        return words("That was dealt with before. Nothing was done twice.")
    done = "sent again" if again else "left as they are"
    return words(f"{formatting.count(number, 'message')}: {done}.")


def track_list(tracks: Sequence[Track]) -> Message:
    """Draw the list of tracks, for admins; where there are many, each in a line."""
    heads = [
        f"*{escape(t.title)}* (`{t.id}`), {formatting.count(len(t.items), 'item')}{', open to all' if t.open else ''}"
        for t in tracks
    ]
    if len(tracks) > MOST_IN_FULL:
        more = f"{len(heads) - MOST_LISTED} more, which `/track assign` offers." if len(heads) > MOST_LISTED else ""
        return words("\n".join(heads[:MOST_LISTED]), more)
    lines = [f"{head}\n{escape(track.summary)}" for head, track in zip(heads, tracks, strict=True)]
    return words(*lines) if lines else words("There are no tracks yet.")


def status(
    counts: Sequence[TrackCount],
    lines: Sequence[StatusLine],
    titles: dict[str, str],
    subject: str,
    page: int,
    *,
    files: bool = False,
) -> Message:
    """Draw a status: counts first, then people, a page at a time.

    `subject`: the track's id, or "all". `files`: the bot may send files.
    """
    builder = Builder()
    if not counts:
        return words("Nobody has been assigned anything here yet. `/track assign @person speak-the-language` does it.")
    for count in counts[:PAGE] if subject != "person" else ():
        builder.say(count_line(count) + _week(count))
        if subject == "all":
            names = button("Show names", ids.action("names", count.track_id))
            builder.actions(ids.block(count.track_id), [names], f"`/track status {count.track_id}` shows names.")
    if subject == "all":
        _as_file(builder, subject, files=files)
        return builder.message()
    pages = max(1, -(-len(lines) // PAGE))
    page = min(max(page, 1), pages)
    shown = lines[(page - 1) * PAGE : page * PAGE]
    shown_titles = {} if subject in titles else titles
    builder.say("\n".join(_status_line(line, shown_titles) for line in shown))
    counted = f"Page {page} of {pages}. " if pages > 1 else ""
    builder.small(f"{counted}{_untold({line.state for line in shown})}".strip())
    if pages > 1:
        buttons = [
            button(text, ids.action("status", number))
            for text, number in (("Earlier", page - 1), ("More", page + 1))
            if 1 <= number <= pages
        ]
        builder.actions(ids.block(subject), buttons, f"`/track status {subject} {min(page + 1, pages)}` shows more.")
    if subject != "person":
        if any(line.state is EnrolmentState.ASSIGNED for line in lines):
            builder.actions(ids.block(subject, 3), [button("A note to copy", ids.action("note"))], NOTE)
        _as_file(builder, subject, files=files)
    return builder.message()


def _untold(states: set[EnrolmentState]) -> str:
    """Return a sentence on what the status doesn't tell about people in these states."""
    alike = "paused, silent and waiting look alike."
    if EnrolmentState.ASSIGNED in states:
        return f"Nobody is told why somebody hasn't begun: {alike}"
    return f"Nobody is told why somebody hasn't finished: {alike}" if EnrolmentState.STARTED in states else ""


def _as_file(builder: Builder, subject: str, *, files: bool) -> None:
    if files:
        spoken = "You can have the same as a file, for a spreadsheet."
        builder.actions(ids.block(subject, 2), [button("As a file", ids.action("as_file"))], spoken)


def _week(count: TrackCount) -> str:
    return f"\nThis week: {count.week[0]} started, {count.week[1]} finished" if count.week else ""


def _status_line(line: StatusLine, titles: dict[str, str]) -> str:
    lost = " (couldn't be reached)" if line.unreachable else ""
    track = f"{escape(titles.get(line.track_id, line.track_id))}, " if titles else ""
    return f"{formatting.mention(line.learner_id)}: {track}{formatting.STATES[line.state]}{lost}"
