"""Answers to people who want messages at another hour, on other days, or in another zone."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, button, menu, option, plain_text
from bot.messages.next_up import coming_text, put_instead
from bot.messages.welcome import HOURS
from bot.view_models import DmReplyView


def _hour(builder: Builder, view: DmReplyView) -> None:
    if view.hour is None:
        builder.say(f"The hour is yours to choose, on your own clock. {coming_text(view.coming)}")
        builder.actions(ids.block(ids.ME), [_hours(), _settings()], "You can choose another hour, or type one: _8:30_.")
        put_instead(builder, view.coming, 2)
        return
    at = formatting.hour(view.hour)
    builder.say(f"Shall I write at *{at}* on your clock from now on?")
    yes = button(f"Yes, at {at}", ids.action("set_hour", at.replace(":", "-")), style="primary")
    builder.actions(ids.block(ids.ME), [yes, _hours(), _settings()], "One press does it; until then nothing changes.")


def _hour_set(builder: Builder, view: DmReplyView) -> None:
    if view.hour is None:
        _hour(builder, view)
        return
    builder.say(
        f"From now on I write at *{formatting.hour(view.hour)}* on your clock. {coming_text(view.coming)}".strip()
    )


def _days(builder: Builder, view: DmReplyView) -> None:
    builder.say(
        f"The days are yours to choose: one a week, or any others. Now they are {formatting.weekdays(view.days)}."
        if view.days
        else "The days are yours to choose: one a week, or any others."
    )
    builder.small("For more than one on a day, type _next_ as often as you like.")
    _open_settings(builder)


def _zone(builder: Builder, view: DmReplyView) -> None:
    where = f" Now it is {formatting.zone(view.tz)}." if view.tz else ""
    builder.say(f"I go by the time zone of your Slack profile, unless you choose another.{where}")
    _open_settings(builder)


def _holidays(builder: Builder, view: DmReplyView) -> None:
    where = f": now {view.country}" if view.country else ""
    builder.say(f"I leave out public holidays, by the country of your time zone or the one you choose{where}.")
    _open_settings(builder)


def _chosen(builder: Builder, _view: DmReplyView) -> None:
    builder.say("Hour, days, time zone, holidays and notifications are yours to choose.")
    _open_settings(builder)


def _later(builder: Builder, view: DmReplyView) -> None:
    at = f" at {formatting.hour(view.when.time())}" if view.when else ""
    builder.say(f"It comes again{at}, here. If this hour is wrong for you every day, choose another:")
    builder.actions(ids.block(ids.ME), [_hours(), _settings()], "You can choose another hour, or type one: _8:30_.")


def _not_today(builder: Builder, _view: DmReplyView) -> None:
    builder.say("Not today, then. It comes again on your next learning day.")


def _hours() -> Block:
    options = [option(formatting.hour(h), formatting.hour(h)) for h in HOURS]
    return menu("static_select", ids.action("set_hour"), options, placeholder=plain_text("Another hour"))


def _settings() -> Block:
    return button("Settings", ids.action("settings"))


def _open_settings(builder: Builder) -> None:
    builder.actions(ids.block(ids.ME), [_settings()], "`/learn settings` opens them.")


TIMES: dict[Said | Meaning, Callable[[Builder, DmReplyView], None]] = {
    Meaning.HOUR: _hour,
    Said.HOUR_SET: _hour_set,
    Meaning.DAYS: _days,
    Meaning.ZONE: _zone,
    Meaning.HOLIDAYS: _holidays,
    Meaning.SETTINGS: _chosen,
    Meaning.LATER: _later,
    Meaning.NOT_TODAY: _not_today,
}
