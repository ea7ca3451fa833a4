"""Short answers to commands and taps, which only one person sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.domain.content import Track
from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.mrkdwn import escape
from bot.messages.next_up import coming_text, main_buttons, moment_buttons, put_instead
from bot.messages.privacy import UNSEEN, WHO_SEES_WHAT, who_sees
from bot.messages.standing import NO_TRACK
from bot.messages.ticks import TITLE
from bot.view_models import ComingState, ComingView, OfferState, TrackProgress

LEARN_USAGE = (
    "`/learn next`: your next lesson, now\n"
    "`/learn review`: questions due to come back, now\n"
    "`/learn progress`: how far you are, and what comes back\n"
    "`/learn brief reach`: terms and questions to take into a meeting\n"
    "`/learn pause`, or `/learn pause until monday`: stops the messages\n"
    "`/learn resume`: starts them again\n"
    "`/learn tracks`: the tracks you can take\n"
    "`/learn start speak-the-language`: start one yourself\n"
    "`/learn leave`: take yourself out of a track\n"
    "`/learn settings`: hour, days, time zone, holidays, notifications\n"
    "`/learn strategy`: your strategy page, as it stands\n"
    "`/learn export`: a copy of what I store about you\n"
    "`/learn forget-me`: erases everything about you, once you confirm\n"
    "`/jargon FOMO`: explains a word"
)
AWAY = (
    "While your Slack status shows a holiday (:palm_tree:, say) with an end, lessons wait until then. "
    "Home says so, and can send them anyway."
)


def day_has_come() -> Message:
    """Draw that the offered end of a pause has passed, or is too far ahead."""
    return words(
        "That day has come, or is too far off, so nothing changes. Type _pause until monday_, with any other day."
    )


def who_sees_what(admins: Sequence[str]) -> Message:
    """Draw the privacy promise."""
    return words(who_sees(admins))


MOST_IN_FULL, MOST_LISTED = 12, 90
"""The most tracks of a list with a button each, and the most of the lines below them."""


def words(*paragraphs: str) -> Message:
    """Draw plain paragraphs of the bot's own words, already mrkdwn."""
    builder = Builder()
    for paragraph in paragraphs:
        if paragraph:
            builder.say(paragraph)
    return builder.message()


def learn_help(coming: ComingView, *, admin: bool = False) -> Message:
    """Draw what learners can type, and what admins see."""
    builder = Builder()
    builder.say("One message comes at your hour: a minute's reading and a question. You can type:")
    builder.say(LEARN_USAGE)
    if admin:
        builder.say("As an admin you also have `/track`: it opens a form; `/track help` lists the rest.")
    builder.say(AWAY)
    builder.say(WHO_SEES_WHAT)
    leave = [] if coming.idle else [button("Leave a track", ids.action("leaving"))]
    builder.actions(ids.block(ids.ME), [*main_buttons(coming, helps=False), *leave])
    return builder.message()


def unknown_verb(command: str, word: str, near: str, usage: str) -> Message:
    """Draw that a command doesn't know a word."""
    hint = f" Did you mean `{command} {near}`?" if near else ""
    return words(f"`{command}` doesn't know “{escape(word[:40])}”.{hint}", usage)


def problem(text: str, near: Sequence[str] = ()) -> Message:
    """Draw what is wrong with a command, and the nearest that would be right."""
    hint = f"Did you mean {formatting.listed([f'`{n}`' for n in near])}?" if near else ""
    return words(text, hint)


def not_an_admin() -> Message:
    """Draw a kind refusal of an admin's command."""
    return words(
        "`/track` is for admins, so I can't do that for you. "
        "Your own side of it is `/learn`; `/learn tracks` shows what you can start by yourself."
    )


def open_tracks(tracks: Sequence[Track], mine: Sequence[TrackProgress]) -> Message:
    """Draw the tracks that a learner has or may start; where there are many, those still to start are a line each."""
    builder = Builder()
    have = {p.track_id: p for p in mine}
    many = len(tracks) > MOST_IN_FULL
    in_full = sorted(tracks, key=lambda track: track.id not in have)[:MOST_IN_FULL] if many else tracks
    for track in in_full:
        length = formatting.count(len(track.items), "item")
        builder.say(f"*{escape(track.title)}*, {length}, a minute each\n{escape(track.summary)}")
        state = have.get(track.id)
        if state is not None and state.left:
            back = button("Come back", ids.action("come_back", track.id))
            builder.small("You've left it.").actions(
                ids.block(track.id), [back], f"`/learn start {track.id}` comes back."
            )
        elif state is None:
            builder.actions(
                ids.block(track.id), [button("Start", ids.action("begin", track.id))], f"`/learn start {track.id}`"
            )
        else:
            builder.small("Finished." if state.finished else f"You are at {state.done} of {state.total}.")
    if many:
        rest = [track for track in tracks if track not in in_full][:MOST_LISTED]
        lines = [f"*{escape(track.title)}*: `/learn start {track.id}`" for track in rest]
        builder.line().say("\n".join(lines))
    if not tracks:
        builder.say("There is nothing to start by yourself yet. `/jargon` explains a word whenever you meet one.")
    elif any(t.id not in have for t in tracks):
        builder.small(UNSEEN)
    return builder.message()


def which_track(coming: ComingView) -> Message:
    """Draw the question which track to start; tracks that were left come first."""
    if not coming.left:
        return words("Which track? For example `/learn start speak-the-language`.")
    builder = Builder().say(coming_text(coming))
    put_instead(builder, coming)
    return builder.small("For another track: `/learn start speak-the-language`, for example.").message()


def start_offer(track: Track, state: OfferState, when: str, *, waiting: bool = False) -> Message:
    """Draw what starting a track means, before it is started. `waiting`: an item is open."""
    if state is OfferState.CLOSED:
        return words(
            f"*{escape(track.title)}* can't be started by yourself here. `/learn tracks` shows those that can."
        )
    if state is OfferState.ASSIGNED_FINISHED:
        return words(
            f"You have finished *{escape(track.title)}*. Whoever assigned it can start it over for you; "
            "`/learn tracks` shows what else there is."
        )
    builder = Builder()
    if state is OfferState.LEFT:
        builder.say(f"You've left *{escape(track.title)}*. *Come back* goes on where you stopped.")
        builder.actions(ids.block(track.id), [button("Come back", ids.action("come_back", track.id), style="primary")])
        return builder.message()
    running = "Show the open one" if waiting else "Next one now"
    verb = {OfferState.FINISHED: "Start it again", OfferState.RUNNING: running}.get(state, "Start")
    if state is OfferState.RUNNING:
        builder.say(f"*{escape(track.title)}* is running already.")
    else:
        builder.say(
            f"*{escape(track.title)}*, {formatting.count(len(track.items), 'item')}, a minute each. "
            f"{escape(track.summary)}\nThe first comes now, then one message {when}. "
            "`/learn pause` stops it."
        )
        builder.say(UNSEEN)
        builder.say(WHO_SEES_WHAT)
    builder.actions(ids.block(track.id), [button(verb, ids.action("begin"), style="primary")])
    return builder.message()


def nothing_to_bring(coming: ComingView) -> Message:
    """Draw that there is nothing to bring: nothing was assigned, or all is finished or left."""
    builder = Builder()
    if coming.state is ComingState.NOTHING and not coming.paused:
        builder.say(NO_TRACK)
    else:
        builder.say(f"{'' if coming.idle else 'Nothing is open right now. '}{coming_text(coming)}")
    builder.actions(ids.block(ids.ME), moment_buttons(coming), "`/learn help` says what else there is.")
    return builder.message()


def coming(*, paused: bool = False) -> Message:
    """Draw that an item is on its way to the DM."""
    return words(f"It is on its way, in your messages with me.{' Otherwise you stay paused.' if paused else ''}")


def nothing_to_tick() -> Message:
    """Draw that no words of a track are left that could be skipped."""
    return words("No words of this track are left to skip.")


def started(track_id: str) -> Message:
    """Draw that a track's first item is on its way, and that what is known can be skipped."""
    builder = Builder().say("It is on its way, in your messages with me.")
    skip = button(TITLE, ids.action("ticks"))
    return builder.actions(ids.block(track_id), [skip], "You can say what you know already.").message()


def waiting(title: str, link: str | None) -> Message:
    """Draw that an item is open already."""
    where = f"<{link}|Go to it>." if link else "It is in your messages with me."
    return words(f"*{escape(title)}* is still open. {where}")


def hour_set(at: time, coming: ComingView) -> Message:
    """Draw that the hour was set from a button below an answer to typed words."""
    builder = Builder().say(f"From now on I'll write at {formatting.hour(at)} on your clock. {coming_text(coming)}")
    put_instead(builder, coming)
    return builder.message()


def not_yet() -> Message:
    """Draw that an item can't be read again because it hasn't come yet."""
    return words("That one is still ahead of you: it comes in its turn. `/learn next` brings the next one now.")


def passed_on(told: Sequence[str]) -> Message:
    """Draw that these admins were given the learner's name."""
    if not told:
        return words("Nobody is set up here to take that yet.")
    return words(f"{formatting.mentions(told)} now {'has' if len(told) == 1 else 'have'} your name, and nothing else.")


def preview_only() -> Message:
    """Draw the answer to a tap in a preview."""
    return words("This is a preview: nothing is recorded.")


def old_button() -> Message:
    """Draw the answer to a tap that no longer means anything."""
    return words(
        "That button has expired; nothing was changed. `/learn next` brings your open lesson, or the next one."
    )


def went_wrong(reference: str) -> Message:
    """Draw an apology with a reference to the operator's log."""
    return words(
        "Something went wrong at my end; it wasn't you. Please try again in a minute. "
        f"If it keeps happening, give whoever runs me this reference: `{reference}`."
    )


def not_from_here() -> Message:
    """Draw a refusal for somebody of another workspace."""
    return words(
        "Missing Link is for the people of this workspace, so there is nothing I can do for you here. "
        "Whoever looks after your own company's Slack can install it there."
    )


def not_installed() -> Message:
    """Draw a refusal for somebody of a workspace that this bot doesn't serve."""
    return words(
        "Missing Link isn't installed in this workspace, so nothing was done. Whoever looks after your company's Slack "
        "can install it."
    )


def try_again() -> Message:
    """Draw that Slack no longer opened a dialog, since the bot was too slow."""
    return words("I was too slow and Slack timed out. Please try again; nothing is lost.")
