"""Rules: the list of them, and what they did in a day."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import formatting, ids
from bot.messages.admin_notices import REASONS, refused_line
from bot.messages.builder import Builder, Message, button
from bot.messages.members import why_not_listed
from bot.messages.mrkdwn import escape
from bot.messages.order_look import named
from bot.messages.replies import words
from bot.view_models import RuleLine, RuleNewsView

HOW = (
    "`/track rule @leadership speak-the-language` makes one: whoever is in the group has the track, and whoever joins "
    "gets it."
)
MOST = 12
"""The rules that are listed: a message has fifty blocks."""


def rule_list(lines: Sequence[RuleLine]) -> Message:
    """Draw the rules, each with what can be done about it."""
    if not lines:
        return words("There are no rules.", HOW)
    builder = Builder()
    for number, line in enumerate(lines[:MOST], 1):
        state = " (paused)" if line.paused else ""
        builder.say(f"Whoever is in {named([line.source])} has *{escape(line.track)}*{state}.")
        if line.problem:
            builder.small(why_not_listed(line.source, line.problem))
        turn = ("Resume", "rule_resume") if line.paused else ("Pause", "rule_pause")
        buttons = [button(turn[0], ids.action(turn[1], number)), button("End", ids.action("rule_end", number))]
        builder.actions(ids.block(line.rule_id), buttons)
    if len(lines) > MOST:
        builder.small(f"{len(lines) - MOST} more, which show once some of these have ended.")
    builder.small(
        "I look every hour. Whoever leaves a group keeps what they began; whoever left the track isn't enrolled again. "
        "Once a day I tell you what your rules did, if they did anything."
    )
    return builder.message()


def news_message(view: RuleNewsView) -> Message:
    """Draw what an admin's rules did in a day."""
    builder = Builder("The daily summary of your rules is here. Nothing in it needs an answer from you right now.")
    for done in view.done:
        which = f"{named([done.source])}, *{escape(done.track)}*"
        if done.given:
            has = "is new there and was" if len(done.given) == 1 else "are new there and were"
            builder.say(f"{which}: {formatting.mentions(done.given)} {has} assigned it.")
        for reason in REASONS:
            people = [each.person_id for each in done.refused if each.reason is reason]
            if people:
                builder.say(f"{which}: not assigned, since {refused_line(people, reason)}.")
        if not done.given and not done.refused:
            builder.say(f"{which}: nobody had to be assigned it after all.")
    builder.small("`/track rules` shows your rules, and can pause or end them.")
    return builder.message()
