"""A draft for discussion: asked about, shown side by side, and one's own lines in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.drafts import FEWEST, Contribution, DraftLine, all_agreed
from bot.domain.strategy import Part
from bot.messages import formatting, ids, notification_texts
from bot.messages.builder import Builder, Message, Modal, button
from bot.messages.mrkdwn import escape
from bot.messages.replies import words
from bot.view_models import DraftNewsView

MAKE, AGREE = "draft", "agree"
"""Callback ids."""
TITLE = "A discussion draft"
SHOWN = 600
MOST_PEOPLE = 20
"""The people shown below each part of a dialog, which holds a hundred blocks."""
WHAT = (
    "It puts the strategy pages that people share with you side by side, part by part. Each sentence stays theirs. I "
    "don't say where people agree; that's for the meeting."
)


def too_few(people: Sequence[str]) -> Message:
    """Draw that too few people share a page with this admin."""
    share = f"Sharing so far: {formatting.mentions(people)}." if people else "So far nobody shares theirs."
    return words(
        f"A discussion draft needs at least {FEWEST} people who share their strategy page with you and have written "
        f"on it. {share}",
        "They share it in `/learn strategy`, with *Share it*.",
    )


def make_dialog(people: Sequence[str]) -> Modal:
    """Draw what a draft is, before it is made."""
    builder = Builder().say(WHAT)
    builder.say(f"Sharing with you: {formatting.mentions(people)}.")
    builder.small(
        "I'll show each of them their own lines and ask. Until all have agreed, only you can read it; then all of "
        "them can."
    )
    return builder.modal(TITLE, callback_id=MAKE, submit="Make it", close="Cancel")


def draft_dialog(draft_id: str, everybody: Sequence[Contribution], *, admin: bool) -> Modal:
    """Draw a draft, part by part, with everybody's lines side by side."""
    builder = Builder()
    agreed = [each for each in everybody if each.agreed_at is not None]
    if len(everybody) < FEWEST:
        builder.say("Only one person's lines are left, so this isn't a draft any more. You can start a new one.")
    elif all_agreed(everybody):
        builder.say("Everybody in it has seen their lines and agreed, so all of you can read it.")
    else:
        waiting = [each.learner_id for each in everybody if each.agreed_at is None]
        builder.say(
            f"{len(agreed)} of {len(everybody)} have seen their lines and agreed. Until all have, only you can read it."
            + (f" Still to come: {formatting.mentions(waiting)}." if waiting else "")
        )
    if admin:
        builder.actions(ids.block(draft_id), [button("Start a new one", ids.action("draft_anew"))])
    for part in Part:
        builder.heading(part.heading)
        there = [each for each in everybody if _lines(each, part)]
        for each in there[:MOST_PEOPLE]:
            builder.say(f"{formatting.mention(each.learner_id)}\n{_lines(each, part)}")
        if not there:
            builder.small("Nothing yet.")
        elif len(there) > MOST_PEOPLE:
            builder.small(f"{len(there) - MOST_PEOPLE} more.")
    return builder.modal(TITLE)


def _lines(contribution: Contribution, part: Part) -> str:
    return "\n".join(_line(line) for line in contribution.lines if line.part is part)[: 4 * SHOWN]


def _line(line: DraftLine) -> str:
    said = line.said if len(line.said) <= SHOWN else line.said[: SHOWN - 1] + "…"
    return f"_{escape(line.asked)}_\n{escape(said)}"


def mine_dialog(draft_id: str, admin_id: str, mine: Contribution) -> Modal:
    """Draw somebody's own lines in a draft, as they stand in it, to be agreed to."""
    builder = Builder()
    admin = formatting.mention(admin_id)
    builder.say(
        f"{admin} has put these lines of yours beside others', for a discussion. Later changes to your page won't show "
        "in it."
    )
    for part in Part:
        there = [line for line in mine.lines if line.part is part]
        if there:
            builder.heading(part.heading)
        for line in there:
            # all of it, since it is what they agree to
            builder.say(f"_{escape(line.asked)}_\n{escape(line.said)}")
    if mine.agreed_at is not None:
        builder.small("You have agreed. To take your lines out again, stop sharing your page with them.")
        return builder.modal(TITLE)
    builder.small(
        f"Only {admin} can read it until everyone has agreed; then all of you can. If you'd rather not, close this and "
        f"stop sharing with {admin} in `/learn strategy`."
    )
    return builder.modal(TITLE, callback_id=AGREE, submit="I agree", close="Not now", about=draft_id)


def agreed() -> Modal:
    """Draw that somebody agreed."""
    text = "Noted. Once everyone in it has agreed, I'll write to all of you, and you can read it."
    return Builder().say(text).modal(TITLE)


def not_yet() -> Modal:
    """Draw that a draft can't be read yet."""
    return Builder().say("Not everybody in it has agreed yet. I'll write to you once they have.").modal(TITLE)


def draft_message(view: DraftNewsView) -> Message:
    """Draw the news of a draft, without a word of it."""
    builder = Builder(notification_texts.DRAFT)
    block = ids.block(view.draft_id)
    if view.ready:
        builder.say("Everyone has agreed. You can all read the discussion draft now.")
        builder.actions(block, [button("Read it", ids.action("draft_read"))], "You can read it here.")
    else:
        builder.say(
            "Someone you share your strategy page with has put your lines beside others', for a discussion. Only they "
            "can read it until everyone in it has agreed."
        )
        builder.actions(block, [button("See my lines", ids.action("draft_mine"))], "You can see your lines here.")
    return builder.message()
