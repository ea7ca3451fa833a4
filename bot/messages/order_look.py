"""An order before it goes, in words: for whom, from when, who is left out and why, how many messages that makes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from bot.domain.audience import PeopleSource, SourceKind
from bot.domain.orders import OrderVerb
from bot.messages import formatting
from bot.messages.admin_notices import REASONS, refused_line, say_what_holds_it
from bot.messages.builder import Builder
from bot.messages.mrkdwn import escape
from bot.view_models import OrderView

FEW = 10
"""The people named at most; those beyond are counted."""
SIGNS = {SourceKind.GROUP: "@", SourceKind.CHANNEL: "#"}
KINDS = {SourceKind.GROUP: "the user group", SourceKind.CHANNEL: "the channel"}


def named(sources: Sequence[PeopleSource]) -> str:
    """Return groups and channels as they are written, without notifying anybody."""
    return formatting.listed([_name(source) for source in sources])


def _name(source: PeopleSource) -> str:
    return f"{SIGNS[source.kind]}{escape(source.name)}" if source.name else KINDS[source.kind]


def say_look(builder: Builder, view: OrderView, *, dated: bool = True) -> None:
    """Say what an order would do. `dated`: False where its first day is asked for."""
    new, had = view.new, () if view.restart else view.had_it
    if view.sources:
        who = named(view.sources)
        builder.say(f"{who[:1].upper()}{who[1:]}: {formatting.count(len(view.people), 'person', 'people')}.")
    if new:
        _new(builder, view, new, dated=dated)
    if view.restart and view.had_it:
        builder.say(f"For {formatting.mentions(view.had_it, FEW)} it starts again from 1. Their answers stay theirs.")
    if had and view.verb is OrderVerb.ASSIGN:
        builder.say(f"Already has it, and stays as it is: {formatting.mentions(had, FEW)}.")
    if view.left and view.verb is OrderVerb.ASSIGN:
        builder.say(f"Not taking part, and only they can come back: {formatting.mentions(view.left, FEW)}.")
    for reason in REASONS:
        people = [each.person_id for each in view.refused if each.reason is reason]
        if people and view.verb is OrderVerb.ASSIGN:
            builder.say(f"Left out: {refused_line(people, reason, FEW)}.")
    if view.kept:
        builder.say("Whoever joins later gets it too. Whoever leaves keeps what they began.")
    if new and view.verb is OrderVerb.ASSIGN:
        _cost(builder, view, new)


def _new(builder: Builder, view: OrderView, new: Sequence[str], *, dated: bool) -> None:
    title, who = escape(view.track), formatting.mentions(new, FEW)
    if view.verb is OrderVerb.REMOVE:
        builder.say(f"*{title}* is taken away from {formatting.count(len(new), 'person', 'people')}: {who}.")
        builder.say("Their answers stay theirs.")
        return
    if view.verb is OrderVerb.MOVE:
        builder.say(f"*{title}* is moved for {formatting.count(len(new), 'person', 'people')}: {who}.")
        builder.say("The lessons they have done stay done.")
        return
    builder.say(f"{formatting.count(len(new), 'person gets', 'people get')} *{title}*: {who}.")
    if dated:
        when = when_text(view.first_day, view.at, view.days, view.today)
        builder.say(f"{when[:1].upper()}{when[1:]}.")
    if busy := [person for person in view.busy if person in new]:
        who_else = formatting.count(len(busy), "of them is", "of them are") if len(busy) < len(new) else "They are"
        builder.say(f"{who_else} in the middle of another track: the two take turns, still one message a day.")
    say_what_holds_it(builder, paused=view.paused, quiet=view.quiet, today=view.today)
    if view.then:
        follow = formatting.listed([f"*{escape(title)}*" for title in view.then])
        builder.say(f"Then {follow}: each begins once the one before it is finished.")


def _cost(builder: Builder, view: OrderView, new: Sequence[str]) -> None:
    """Say how many messages that makes, and that some people are still to be looked up."""
    unmet = [person for person in view.unmet if person in new]
    if unmet:
        builder.small(
            f"{formatting.count(len(unmet), 'of them is', 'of them are')} new to me. I look them up as I go; whoever "
            "can't have it is named in the summary."
        )
    each = formatting.count(view.items, "message", "messages")
    welcomes = min(view.unwelcomed, len(new))
    more = f", and a welcome for {'each' if welcomes == len(new) else welcomes}" if welcomes else ""
    builder.small(
        f"{each} for each, one a learning day{more}: {view.items * len(new) + welcomes:,} in all. Whoever doesn't "
        "answer gets two short reminders at most."
    )


def when_text(first_day: date | None, at: time | None, days: frozenset[int] | None, today: date | None) -> str:
    """Return the first day, hour and days of an assignment in words."""
    since = f"from {formatting.day(first_day, today)} " if first_day else "from the next learning day "
    hour = f"at {formatting.hour(at)} their time" if at else "at the usual hour of each"
    return f"{since}{hour}{f', {formatting.on_weekdays(days)}' if days else ''}"
