"""Messages to admins: the summary of an order, and a learner's wish to talk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.orders import EffectOutcome, FollowUp, OrderVerb, UndoState
from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, Message, button
from bot.messages.mrkdwn import escape
from bot.view_models import AppointedView, GivenBackView, HeldView, SummaryView, TalkView

REASONS = {
    EffectOutcome.BOT: "is an app, not a person",
    EffectOutcome.DEACTIVATED: "has a deactivated account",
    EffectOutcome.FOREIGN: "belongs to another workspace",
    EffectOutcome.UNKNOWN: "isn't known to this Slack",
    EffectOutcome.NOTHING: "didn't have this track",
}


def given_back_message(view: GivenBackView) -> Message:
    """Draw that a track is theirs alone again."""
    builder = Builder("A short note on one of your tracks is here. Nothing in it needs an answer from you right now.")
    return builder.say(
        f"An admin had also assigned you *{escape(view.title)}*, and has withdrawn that. You began it yourself, so it "
        "goes on, and no admin sees it any longer."
    ).message()


def appointed_message(view: AppointedView) -> Message:
    """Draw that somebody is an admin now, or no longer."""
    who = formatting.mention(view.by_id)
    builder = Builder("A short note on what you can do here is in this message. Nothing in it needs an answer now.")
    if view.dismissed:
        return builder.say(
            f"You are no longer an admin of Missing Link; {who} changed that. Your own lessons go on as before."
        ).message()
    return builder.say(
        f"{who} has made you an admin of Missing Link: you can assign tracks and see who has started and finished "
        "them, and on which days, never anybody's answers. `/track help` shows how. Other admins can see in "
        "`/track audit` what you do as one, and your own answers count in no report."
    ).message()


def summary_message(view: SummaryView) -> Message:
    """Draw the summary of one order."""
    builder = Builder(
        "The summary of what you asked Missing Link to do is here. Nothing in it needs an answer from you right now."
    )
    title = escape(view.track)
    if view.undo is UndoState.DONE:
        return _undone(builder, view, title)
    if view.doing is not None:
        return _progress(builder, view, title)
    return _outcome(builder, view, title)


def _progress(builder: Builder, view: SummaryView, title: str) -> Message:
    done, of = view.doing or (0, 0)
    builder.say(f"*{title}*: {done} of {of} people so far. I go on by myself, as fast as Slack lets me look people up.")
    return builder.message()


def _outcome(builder: Builder, view: SummaryView, title: str) -> Message:
    """Draw what an order that is carried out did."""
    changed, had_it = ([p for p in people if p not in view.finished] for people in (view.changed, view.had_it))
    if changed:
        builder.say(_done(view, title, changed))
        if view.verb is not OrderVerb.REMOVE:
            _first_day(builder, view)
    if changed and view.verb is OrderVerb.ASSIGN:
        say_what_holds_it(builder, paused=view.paused, quiet=view.quiet, today=view.today)
    if view.then:
        builder.say(f"*{escape(view.then)}* comes after it; its summary follows in a message of its own.")
    if view.finished:
        has = "has" if len(view.finished) == 1 else "have"
        builder.say(f"{formatting.mentions(view.finished)} {has} finished *{title}* already, so no lesson of it comes.")
    if had_it:
        why = (
            "Had it already, so nothing changed, neither hour nor first day"
            if view.verb is OrderVerb.ASSIGN
            else "Nothing to move, as it was so already or they have finished it"
        )
        builder.say(f"{why}: {formatting.mentions(had_it)}.")
    if view.left:
        builder.say(
            f"Not taking part, so nothing changed for them: {formatting.mentions(view.left)}. "
            "Only they themselves can come back, in my Home."
        )
    for reason in REASONS:
        people = [r.person_id for r in view.refused if r.reason is reason]
        if people:
            what = "Not assigned" if view.verb == "assign" else "Unchanged"
            builder.say(f"{what}: {refused_line(people, reason)}.")
    if not (view.changed or view.had_it or view.finished or view.left or view.refused):
        builder.say(f"*{title}*: there was nobody to change.")
    _undo(builder, view)
    _again(builder, view)
    return builder.message()


def say_what_holds_it(builder: Builder, *, paused: bool, quiet: tuple[date, date] | None, today: date | None) -> None:
    """Say that nothing comes for now, where that is so. `today`: the admin's local date."""
    if paused:
        builder.say("It is paused for everybody, so nothing of it comes by itself until `/track resume`.")
    if quiet is not None:
        builder.say(f"Quiet days: {formatting.days(*quiet, today or quiet[0])}. The first message comes after them.")


def _done(view: SummaryView, title: str, changed: Sequence[str]) -> str:
    people = formatting.mentions(changed)
    if view.verb is OrderVerb.REMOVE:
        return f"*{title}* was taken away from {people}. Their answers stay with them."
    if view.verb is OrderVerb.MOVE:
        return f"*{title}* was moved for {people}: {_named(view)}. The lessons they have done stay done."
    anew = ", from the beginning" if view.restart else ""
    after = f", once *{escape(view.after)}* is finished" if view.after else ""
    return f"*{title}* is assigned to {people}, {_when(view)}{after}{anew}."


def _when(view: SummaryView) -> str:
    when = f"from {formatting.day(view.first_day, view.today)}" if view.first_day else ""
    at = f"at {formatting.hour(view.at)} their time" if view.at else "at their usual hour"
    on = f", {formatting.on_weekdays(view.days)}" if view.days else ""
    return f"{' '.join(p for p in (when, at) if p)}{on}"


def _first_day(builder: Builder, view: SummaryView) -> None:
    """Add that anyone without lessons on the first day starts later. No names: people choose their days themselves."""
    if view.first_day:
        builder.small(formatting.NOT_THAT_DAY)


def _named(view: SummaryView) -> str:
    """Return the first day, hour and days that the order names, in words."""
    return ", ".join(
        part
        for part in (
            f"from {formatting.day(view.first_day, view.today)}" if view.first_day else "",
            f"at {formatting.hour(view.at)} their time" if view.at else "",
            formatting.on_weekdays(view.days) if view.days else "",
        )
        if part
    )


def refused_line(people: Sequence[str], reason: EffectOutcome, most: int = formatting.MOST_NAMED) -> str:
    """Return why an order can do nothing for these people, of whom `most` are named."""
    text = REASONS[reason]
    if len(people) > 1:
        text = (
            text.replace("is an app, not a person", "are apps, not people")
            .replace("has a deactivated account", "have deactivated accounts")
            .replace("belongs", "belong")
            .replace("isn't", "aren't")
        )
    return f"{formatting.mentions(people, most)} {text}"


def _undo(builder: Builder, view: SummaryView) -> None:
    def row(*buttons: Block) -> None:
        builder.actions(ids.block(view.delivery_id), buttons)

    if view.undo is UndoState.OFFERED and view.changed:
        row(button("Undo", ids.action("undo")))
    elif view.undo is UndoState.ASKS:
        builder.say(
            f"{formatting.count(view.begun, 'person has', 'people have')} begun since. Their progress stays, but "
            "nothing more will come. Undo all the same?"
        )
        row(
            button("Undo all the same", ids.action("undo_yes"), style="danger"),
            button("Keep it assigned", ids.action("undo_no")),
        )


def _again(builder: Builder, view: SummaryView) -> None:
    """Add the buttons for people who had the track already or have finished it, with what each button does above it."""
    buttons = []
    if view.movable:
        builder.say(
            f"*Move the start* changes this for {formatting.mentions(view.movable)}: {_named(view)}. "
            "The lessons they have done stay done, and an open one stays open."
        )
        buttons.append(button("Move the start", ids.action("move_start")))
    if view.again:
        builder.say(
            f"*Start again* begins with the first lesson for {formatting.mentions(view.again)}, {_when(view)}. "
            "Their answers stay theirs."
        )
        buttons.append(button("Start again", ids.action("start_again")))
    if buttons:
        if not set(view.changed) - set(view.finished):
            _first_day(builder, view)
        builder.actions(ids.block(view.delivery_id, 2), buttons)
    for what in view.followed:
        asked = "Move the start" if what is FollowUp.MOVE else "Start again"
        builder.small(f"You asked here for *{asked}*; the result is in a message of its own.")


def _undone(builder: Builder, view: SummaryView, title: str) -> Message:
    what = {OrderVerb.ASSIGN: "was assigned to", OrderVerb.MOVE: "was moved for"}.get(view.verb, "was taken away from")
    people = formatting.count(view.put_back, "person", "people")
    builder.say(f"Undone for {people}: it is as it was before *{title}* {what} {formatting.mentions(view.changed)}.")
    if view.kept:
        builder.say(
            "Where something else happened in between, it was left as it is: "
            f"{formatting.count(view.kept, 'person', 'people')}."
        )
    if view.then:
        builder.say(
            f"*{escape(view.then)}*, which was to come after it, stays assigned and no longer waits for it. Its own "
            "summary can undo it."
        )
    return builder.message()


def talk_message(view: TalkView) -> Message:
    """Draw a learner's wish to talk: the name, and nothing else."""
    builder = Builder(
        "A colleague has asked Missing Link for a conversation. The name is in the message; there is no hurry with it."
    )
    builder.say(
        f"{formatting.mention(view.learner_id)} would like to talk to someone about what they have been learning."
    )
    return builder.message()


def held_message(view: HeldView) -> Message:
    """Draw the news that Slack refused the token for a while and accepts it again."""
    builder = Builder("For a while Missing Link could send nothing here. It goes on now; the message says what it was.")
    builder.say(
        f"For a while Slack didn't take my token (`{escape(view.code)}`), so nobody here heard from me. Now it works. "
        "The lessons from that time come at each person's next hour, one message a day as always."
    )
    builder.small("If nobody meant this to happen, `missinglink doctor` shows whoever runs me what to look at.")
    return builder.message()
