"""Dialogs: the learner's settings, an assignment and its confirmation, the menu, and short texts."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Sequence
from datetime import time

from bot.domain.allowed_times import admins_may_set
from bot.domain.audience import PeopleSource
from bot.domain.content import Track
from bot.limits import SELECT_OPTIONS
from bot.messages import formatting, ids
from bot.messages.brief import MEETING
from bot.messages.builder import Block, Builder, Message, Modal, button, menu, option, plain_text
from bot.messages.home import plan_text
from bot.messages.mrkdwn import escape
from bot.messages.next_up import coming_text, main_buttons, put_instead
from bot.messages.order_look import named, say_look
from bot.messages.standing import progress_button
from bot.view_models import ComingState, ComingView, OrderView, PlanView, SettingsView

NAME = "Missing Link"
SETTINGS, ASSIGN, CONFIRM = "settings", "assign", "confirm"
"""Callback ids, which name a submitted dialog."""
HOUR, DAYS, ZONE, COUNTRY, TITLE, PAUSE, UNTIL = (
    "f_hour",
    "f_days",
    "f_zone",
    "f_country",
    "f_title",
    "f_pause",
    "f_until",
)
PEOPLE, TRACK, FROM, AT, ON, ANEW = "f_people", "f_track", "f_from", "f_at", "f_on", "f_anew"
PASTED, THEN = "f_pasted", "f_then"
"""Ids of the fields, each of which has its own block."""
USUAL, NOBODY, YES = "usual", "none", "yes"
RUNNING, PAUSED, PAUSED_UNTIL = "running", "paused", "until"
HALF_HOURS = tuple(time(hour, minute) for hour in range(5, 23) for minute in (0, 30))


def shown(message: Message) -> Modal:
    """Return a short answer as a dialog, for places without a conversation."""
    return Modal(title=NAME, blocks=message.plainly().blocks)


def menu_dialog(coming: ComingView) -> Modal:
    """Draw the menu that `/learn` opens."""
    builder = Builder().say(coming_text(coming))
    builder.actions(ids.block(ids.ME), main_buttons(coming))
    builder.actions(
        ids.block(ids.ME, 2),
        [
            *([] if coming.state is ComingState.NOTHING else [progress_button()]),
            button(MEETING, ids.action("meeting")),
            button("Who sees what", ids.action("who")),
            *([] if coming.idle else [button("Leave a track", ids.action("leaving"))]),
        ],
    )
    builder.small("A word you don't know? Type it to me, or `/jargon FOMO`. Nobody is told what you look up.")
    return builder.modal(NAME)


def settings_dialog(view: SettingsView) -> Modal:
    """Draw the learner's settings with their present values."""
    builder = Builder()
    usual = option(f"As planned for you ({formatting.hour(view.usual_at)})", USUAL)
    builder.ask(
        HOUR,
        "Hour, on your own clock",
        _select([usual, *_hours(HALF_HOURS, view.at)], formatting.hour(view.at) if view.at else USUAL),
    )
    builder.ask(DAYS, "Days", _days(view.days))
    builder.ask(
        ZONE,
        "Time zone",
        _typed(zone_option(view.tz, view.profile_tz)),
        hint="Type the largest city near you, such as New York.",
    )
    builder.ask(COUNTRY, "No messages on public holidays in", _typed(country_option(view.country, view)))
    shows = option("Show the title of a lesson in the notification", YES)
    builder.ask(
        TITLE,
        "Notifications",
        menu("checkboxes", TITLE, [shows], **({"initial_options": [shows]} if view.titled else {})),
        optional=True,
        hint="Otherwise it shows neutral words, which is safe when others see your screen.",
    )
    states = [
        option("Come as set above", RUNNING),
        option("Paused until I resume", PAUSED),
        option("Paused until the day below", PAUSED_UNTIL),
    ]
    state = states[0] if not view.paused else states[2] if view.until else states[1]
    builder.ask(PAUSE, "Messages", menu("radio_buttons", PAUSE, states, initial_option=state))
    until = {"initial_date": view.until.isoformat()} if view.until else {}
    builder.ask(
        UNTIL,
        "Paused until",
        {"type": "datepicker", **until},
        optional=True,
        hint="Only for the third choice above: on that day they come again.",
    )
    return builder.modal("Your settings", callback_id=SETTINGS, submit="Save", close="Cancel")


def settings_saved(coming: ComingView, plan: PlanView) -> Modal:
    """Draw the settings after they were saved."""
    builder = Builder().say(f"Saved. {plan_text(plan)}").say(coming_text(coming))
    put_instead(builder, coming)
    return builder.modal("Your settings")


def assign_dialog(tracks: Sequence[Track]) -> Modal:
    """Draw the form of an assignment: people, track, what comes after it, first day, hour and days."""
    builder = Builder()
    people = {"type": "multi_users_select", "placeholder": plain_text("Names")}
    builder.ask(PEOPLE, "People", people, optional=True)
    # in a field for formatted text, Slack offers groups and channels as one types
    others = {"type": "rich_text_input", "placeholder": plain_text("@leadership, #board, or member IDs")}
    builder.ask(PASTED, "And groups, channels, a pasted list", others, optional=True,
              hint="Type @ for a group, # for a channel, or paste member IDs such as U012AB3CD U034EF5GH.")  # fmt: skip
    options = [option(track.title, track.id) for track in tracks[:SELECT_OPTIONS]]
    builder.ask(TRACK, "Track", _select(options, options[0]["value"] if len(options) == 1 else ""))
    if len(options) > 1:
        after = menu("multi_static_select", THEN, options, placeholder=plain_text("Nothing"))
        builder.ask(THEN, "Then, one after the other", after, optional=True,
                  hint="Each comes once the one before it is finished, in the order of this list.")  # fmt: skip
    builder.ask(
        FROM, "First day", {"type": "datepicker"}, optional=True, hint="Left empty: today, or the next learning day."
    )
    hours = [h for h in HALF_HOURS if admins_may_set(h)]
    builder.ask(AT, "Hour, on each person's own clock", _select(_hours(hours), ""), optional=True,
              hint="Left empty: the usual one. An hour that people choose for themselves stays.")  # fmt: skip
    builder.ask(ON, "Days", _days(None), optional=True, hint="Left empty: the working days of each person's country.")
    anew = option("Start again from 1 for those who already have it", YES)
    builder.ask(ANEW, "Again", menu("checkboxes", ANEW, [anew]), optional=True)
    return builder.modal("Assign a track", callback_id=ASSIGN, submit="Next", close="Cancel")


def asking_slack(sources: Sequence[PeopleSource]) -> Modal:
    """Draw that Slack is asked who is in some groups and channels; the assignment in words takes its place."""
    builder = Builder().say(f"I'm asking Slack who is in {named(sources)}. One moment.")
    return builder.small("If this stays, close it and type `/track` again: nothing was done.").modal("Assign a track")


def confirm_dialog(view: OrderView) -> Modal:
    """Draw an assignment in words before it goes; without a button if nothing would change."""
    builder = Builder()
    say_look(builder, view)
    if not view.new and (view.restart or not view.had_it):
        return builder.modal("Nobody to assign", close="Back")
    if not view.new:
        builder.say("If you go on, I'll message you a summary, in which you can move the start or start again.")
        return builder.modal("Nobody new", callback_id=CONFIRM, submit="Go on", close="Back", about=view.order_id)
    if view.first_day:
        builder.small(formatting.NOT_THAT_DAY)
    builder.small("I'll message you a summary, with *Undo*.")
    return builder.modal("Assign this?", callback_id=CONFIRM, submit="Assign", close="Back", about=view.order_id)


def zone_option(tz: str | None, profile_tz: str) -> Block:
    """Return a time zone as an option; None means the zone of the Slack profile, by its present name."""
    return (
        option(formatting.zone(tz), tz) if tz else option(f"My Slack profile's: {formatting.zone(profile_tz)}", USUAL)
    )


def country_option(country: str | None, view: SettingsView) -> Block:
    """Return a country as an option; None means the zone's country, "" none."""
    if country is None:
        name = view.countries.get(view.zone_country)
        return option(f"My time zone's: {name or 'none'}", USUAL)
    return option(view.countries.get(country, country), country) if country else option("No country", NOBODY)


def _select(options: list[Block], chosen: str) -> Block:
    first = next((o for o in options if o["value"] == chosen), options[0] if chosen else None)
    more = {"initial_option": first} if first else {}
    return menu("static_select", "", options, placeholder=plain_text("Choose"), **more)


def _typed(chosen: Block) -> Block:
    return {
        "type": "external_select",
        "placeholder": plain_text("Type to search"),
        "min_query_length": 0,
        "initial_option": chosen,
    }


def _hours(hours: Sequence[time], own: time | None = None) -> list[Block]:
    every = sorted({*hours, *([own] if own else [])})
    return [option(formatting.hour(at), formatting.hour(at)) for at in every]


def _days(chosen: frozenset[int] | None) -> Block:
    options = [option(day_name[day], str(day)) for day in range(len(day_name))]
    more = {"initial_options": [o for o in options if int(o["value"]) in chosen]} if chosen else {}
    return menu("checkboxes", "", options, **more)


def jargon_dialog(messages: Sequence[Message], hidden: int) -> Modal:
    """Draw the terms that were found in a message, for the person who asked."""
    blocks: list[Block] = []
    for message in messages:
        blocks += [*message.blocks, {"type": "divider"}]
    builder = Builder()
    if hidden:
        builder.small(
            f"{formatting.count(hidden, 'more word')} in that message I know as well. `/jargon` explains each."
        )
    builder.small("Nobody is told that you asked, and the message isn't kept.")
    return Modal(title="The jargon, explained", blocks=(*blocks, *builder.message().blocks))


def no_jargon(nearest: Sequence[str]) -> Modal:
    """Draw that no known term was found in a message."""
    examples = formatting.listed([f"_{escape(name)}_" for name in nearest])
    builder = Builder().say("I have no entry yet for the words in that message.")
    builder.small(f"`/jargon` explains one word at a time, such as {examples}.")
    return builder.modal("The jargon, explained")
