"""Answers to people who want quiet, want out, or want their data deleted."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.messages import formatting, ids
from bot.messages.ambiguous_day import until_buttons
from bot.messages.builder import Block, Builder, button
from bot.messages.leave_buttons import put_leave
from bot.messages.next_up import coming_text, moment_buttons, put_instead
from bot.messages.talk_button import put_talk
from bot.view_models import ComingState, DmReplyView

KEPT = (
    "*What is kept about you.* Your name, language and time zone from Slack; the tracks you were given or started; the "
    "messages I sent, and when; your answers, and how sure or comfortable you said you were; what you marked as read "
    "or known; what you wrote for your strategy page, and whom you share it with; your hour, days and pauses; which "
    "terms you looked up by typing them to me. Anything else you type to me isn't kept, only what I took it to mean."
)
DELETING = (
    "*Deleting it.* *Forget me* shows what that means, then erases it once you confirm; *A copy for me* sends you a "
    "file. Whoever runs this bot for your company can tell you where the data is and how long it is kept."
)


def _paused(builder: Builder, view: DmReplyView) -> None:
    until = f" until {formatting.day(view.until, view.coming.today)}" if view.until else ""
    builder.say(f"Paused{until}. Nothing comes by itself, nothing is lost, and no admin sees it.")
    builder.actions(ids.block(ids.ME), [button("Resume", ids.action("resume"))], "_resume_ starts them again.")
    _leave(builder, view)


def _rest(builder: Builder, view: DmReplyView) -> None:
    if view.coming.state is ComingState.PAUSED:
        _paused_already(builder)
    else:
        builder.say("I can be quiet for a while. Nothing is lost, and no admin sees it.")
        until = until_buttons(view.either)
        if view.until and not until:
            until = [button("Pause for a week", ids.action("pause", view.until))]
        buttons = [*until, button("Pause until I resume", ids.action("pause"))]
        builder.actions(ids.block(ids.ME), buttons, "_pause until monday_ works with any day.")
        if view.ahead:
            builder.small(
                "A pause begins when you tap, not on a later day. Type _pause until monday_, with any day, when you go."
            )
        else:
            builder.small("Or name a day: _pause until monday_.")
    _leave(builder, view)


def _back_on(builder: Builder, view: DmReplyView) -> None:
    if view.until is None:
        _rest(builder, view)
        return
    day = formatting.day(view.until, view.coming.today)
    builder.say(f"I can be quiet until {day}, and go on from there. Nothing is lost, and no admin sees it.")
    buttons = [button(f"Pause until {day}", ids.action("pause", view.until))]
    if view.coming.state is ComingState.PAUSED:
        builder.say("Until you choose, your pause stays as it is.")
        buttons.append(button("Resume", ids.action("resume")))
    builder.actions(ids.block(ids.ME), buttons, f"_pause until {view.until.isoformat()}_ does the same.")
    if view.ahead:
        builder.small("A pause begins when you tap, not on a later day. The button stays here until you go.")


def _out(builder: Builder, view: DmReplyView) -> None:
    if view.coming.left:
        builder.say(coming_text(view.coming))
        put_instead(builder, view.coming)
        return
    if view.coming.idle:
        builder.say("No track of yours is running, so nothing comes by itself. `/learn tracks` shows what there is.")
        return
    if view.coming.state is ComingState.PAUSED:
        _paused_already(builder)
    else:
        builder.say(
            "You can pause or leave, in one tap. Nothing asks why. A pause loses nothing, and no admin sees it."
        )
        builder.actions(ids.block(ids.ME), [_pause()], "_pause_ does the same.")
    _leave(builder, view)


def _reminders(builder: Builder, view: DmReplyView) -> None:
    builder.say(
        "I bring up an open lesson twice at most, then I am quiet. *I've read it* below it, or *Not today* in its menu "
        "(⋯), spares you the rest; a pause stops everything."
    )
    if not (view.coming.idle or view.coming.state is ComingState.PAUSED):
        builder.actions(ids.block(ids.ME), moment_buttons(view.coming), "_pause_ stops everything.")


def _data(builder: Builder, view: DmReplyView) -> None:
    builder.say(KEPT).say(DELETING)
    own = [button("A copy for me", ids.action("export")), button("Forget me", ids.action("forget_me"))]
    builder.actions(ids.block(ids.ME, 3), own, "`/learn export` and `/learn forget-me` do the same.")
    builder.small("No admin here is shown your answers, your pauses or what you look up.")
    put_talk(builder, view)
    _leave(builder, view)


def _why(builder: Builder, view: DmReplyView) -> None:
    if view.assigned_by:
        has = "has" if len(view.assigned_by) == 1 else "have"
        who = f"{formatting.mentions(view.assigned_by)} {has} chosen this for you: a minute a day on social media."
        must = " Whether you are expected to take it, they can tell you; I keep nobody in."
    else:
        who = "No admin has given you a track: what comes from me, you have started yourself."
        must = ""
    builder.say(f"{who}{must}" if view.tracks else "You have no track at the moment, so nothing comes by itself.")
    pause = [] if view.coming.idle or view.coming.state is ComingState.PAUSED else [_pause()]
    who_sees = button("Who sees what", ids.action("who"))
    put_talk(builder, view, *pause, who_sees, spoken="You can pause, read who sees what, or ask to talk to someone.")
    _leave(builder, view)


def _pause() -> Block:
    return button("Pause all messages", ids.action("pause"))


def _paused_already(builder: Builder) -> None:
    builder.say("You're paused already: nothing comes by itself, and no admin sees it.")
    builder.actions(ids.block(ids.ME), [button("Resume", ids.action("resume"))], "_resume_ starts them again.")


def _leave(builder: Builder, view: DmReplyView) -> None:
    put_leave(builder, [t for t in view.tracks if t.running], 2)


OUT: dict[Said | Meaning, Callable[[Builder, DmReplyView], None]] = {
    Said.PAUSED: _paused,
    Meaning.REST: _rest,
    Said.BACK_ON: _back_on,
    Meaning.OUT: _out,
    Meaning.DATA: _data,
    Meaning.WHY: _why,
    Meaning.REMINDERS: _reminders,
}
