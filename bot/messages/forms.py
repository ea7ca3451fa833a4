"""Dialogs: the learner's settings, an assignment and the look at it before it goes, the menu, and short texts."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Sequence
from datetime import date, time

from bot.domain.content import Track
from bot.domain.timing import EARLIEST, LAST_FOR_ADMINS
from bot.domain.views import ComingView, OrderView, PlanView, SettingsView
from bot.limits import SELECT_OPTIONS
from bot.messages import ids, wording
from bot.messages.coming import IDLE, coming_text, main_buttons, put_instead
from bot.messages.draft import Block, Draft, Message, Modal, button, menu, option, plain_text
from bot.messages.home import plan_text
from bot.messages.mrkdwn import escape

NAME = "Missing Link"
SETTINGS, ASSIGN, CONFIRM = "settings", "assign", "confirm"
"""Callback ids: what a submitted dialog is."""
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
"""Fields, of which each has its own block."""
USUAL, NOBODY, YES = "usual", "none", "yes"
RUNNING, PAUSED, PAUSED_UNTIL = "running", "paused", "until"
FEW = 10
HALF_HOURS = tuple(time(hour, minute) for hour in range(5, 23) for minute in (0, 30))


def shown(message: Message) -> Modal:
    """A short answer as a dialog, where there is no conversation to put it into."""
    return Modal(NAME, message.blocks)


def menu_dialog(coming: ComingView) -> Modal:
    """What `/learn` alone opens."""
    draft = Draft().say(coming_text(coming))
    draft.actions(ids.block(ids.ME), main_buttons(coming))
    draft.actions(
        ids.block(ids.ME, 2),
        [
            *([] if coming.state == "nothing" else [button("How far I am", ids.action("progress"))]),
            button("Who sees what", ids.action("who")),
            *([] if coming.state in IDLE else [button("Leave a track", ids.action("leaving"))]),
        ],
    )
    draft.small("A word you don't know? Type it to me, or `/jargon FOMO`. Nobody is told what you look up.")
    return draft.modal(NAME)


def settings_dialog(view: SettingsView) -> Modal:
    """The learner's own choices, each as it stands."""
    draft = Draft()
    usual = option(f"As planned for you ({wording.hour(view.usual_at)})", USUAL)
    draft.ask(
        HOUR,
        "Hour, on your own clock",
        _select([usual, *_hours(HALF_HOURS, view.at)], wording.hour(view.at) if view.at else USUAL),
    )
    draft.ask(DAYS, "Days", _days(view.days))
    draft.ask(
        ZONE,
        "Time zone",
        _typed(zone_option(view.tz, view.profile_tz)),
        hint="Type the largest city near you, such as New York.",
    )
    draft.ask(COUNTRY, "No messages on public holidays in", _typed(country_option(view.country, view)))
    shows = option("Show the title of a lesson in the notification", YES)
    draft.ask(
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
    draft.ask(PAUSE, "Messages", menu("radio_buttons", PAUSE, states, initial_option=state))
    until = {"initial_date": view.until.isoformat()} if view.until else {}
    draft.ask(
        UNTIL,
        "Paused until",
        {"type": "datepicker", **until},
        optional=True,
        hint="Only for the third choice above: on that day they come again.",
    )
    return draft.modal("Your settings", callback_id=SETTINGS, submit="Save", close="Cancel")


def settings_saved(coming: ComingView, plan: PlanView) -> Modal:
    """What holds from now on."""
    draft = Draft().say(f"Saved. {plan_text(plan)}").say(coming_text(coming))
    put_instead(draft, coming)
    return draft.modal("Your settings")


def assign_dialog(tracks: Sequence[Track]) -> Modal:
    """Who gets which track, from when, at what hour."""
    draft = Draft()
    draft.ask(PEOPLE, "People", {"type": "multi_users_select", "placeholder": plain_text("Names")})
    options = [option(track.title, track.id) for track in tracks[:SELECT_OPTIONS]]
    draft.ask(TRACK, "Track", _select(options, options[0]["value"] if len(options) == 1 else ""))
    draft.ask(
        FROM, "First day", {"type": "datepicker"}, optional=True, hint="Left empty: today, or the next learning day."
    )
    hours = [h for h in HALF_HOURS if EARLIEST <= h <= LAST_FOR_ADMINS]
    draft.ask(AT, "Hour, on each person's own clock", _select(_hours(hours), ""), optional=True,
              hint="Left empty: the usual one. An hour that people choose for themselves stays.")  # fmt: skip
    draft.ask(ON, "Days", _days(None), optional=True, hint="Left empty: the working days of each person's country.")
    anew = option("Start again from 1 for those who already have it", YES)
    draft.ask(ANEW, "Again", menu("checkboxes", ANEW, [anew]), optional=True)
    return draft.modal("Assign a track", callback_id=ASSIGN, submit="Next", close="Cancel")


def confirm_dialog(view: OrderView) -> Modal:
    """An assignment in words, before it goes; nothing to send where nothing would change."""
    had = () if view.restart else view.had_it
    new = tuple(person for person in view.people if person not in {*had, *view.left})
    draft = Draft()
    if new:
        draft.say(
            f"{wording.count(len(new), 'person gets', 'people get')} *{escape(view.track)}*: {wording.mentions(new)}."
        )
        draft.say(f"{_begun(when_text(view.first_day, view.at, view.days, view.today))}.")
    if view.restart and view.had_it:
        draft.say(f"For {wording.mentions(view.had_it, FEW)} it starts again from 1. Their answers stay theirs.")
    if had:
        draft.say(f"Already has it, and stays as it is: {wording.mentions(had, FEW)}.")
    if view.left:
        draft.say(f"Not taking part, and only they can come back: {wording.mentions(view.left, FEW)}.")
    if not new and not had:
        return draft.modal("Nobody to assign", close="Back")
    if not new:
        draft.say("If you go on, I'll message you a summary, in which you can move the start or start again.")
        return draft.modal("Nobody new", callback_id=CONFIRM, submit="Go on", close="Back", about=view.order_id)
    if view.first_day:
        draft.small(wording.NOT_THAT_DAY)
    draft.small("People who are new here get a welcome first. I'll message you a summary, with *Undo*.")
    return draft.modal("Assign this?", callback_id=CONFIRM, submit="Assign", close="Back", about=view.order_id)


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def when_text(first_day: date | None, at: time | None, days: frozenset[int] | None, today: date | None) -> str:
    """From when and at what hour, as an assignment has it."""
    since = f"from {wording.day(first_day, today)} " if first_day else "from the next learning day "
    hour = f"at {wording.hour(at)} their time" if at else "at the usual hour of each"
    return f"{since}{hour}{f', {wording.on_weekdays(days)}' if days else ''}"


def zone_option(tz: str | None, profile_tz: str) -> Block:
    """A time zone to choose; None is the one of the Slack profile, by its name of today."""
    return option(wording.zone(tz), tz) if tz else option(f"My Slack profile's: {wording.zone(profile_tz)}", USUAL)


def country_option(country: str | None, view: SettingsView) -> Block:
    """A country to choose; None is the one of the zone, "" is none."""
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
    return [option(wording.hour(at), wording.hour(at)) for at in every]


def _days(chosen: frozenset[int] | None) -> Block:
    options = [option(day_name[day], str(day)) for day in range(len(day_name))]
    more = {"initial_options": [o for o in options if int(o["value"]) in chosen]} if chosen else {}
    return menu("checkboxes", "", options, **more)


def jargon_dialog(messages: Sequence[Message], hidden: int) -> Modal:
    """The known words of a message, for the person who asked."""
    blocks: list[Block] = []
    for message in messages:
        blocks += [*message.blocks, {"type": "divider"}]
    draft = Draft()
    if hidden:
        draft.small(f"{wording.count(hidden, 'more word')} in that message I know as well. `/jargon` explains each.")
    draft.small("Nobody is told that you asked, and the message isn't kept.")
    return Modal("The jargon, explained", (*blocks, *draft.message().blocks))


def no_jargon(nearest: Sequence[str]) -> Modal:
    """A message without a known word."""
    examples = wording.listed([f"_{escape(name)}_" for name in nearest])
    draft = Draft().say("I have no entry yet for the words in that message.")
    draft.small(f"`/jargon` explains one word at a time, such as {examples}.")
    return draft.modal("The jargon, explained")
