"""Answers to whoever would have messages at another hour, on other days, or somewhere else."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.views import SaidView
from bot.messages import ids, wording
from bot.messages.coming import coming_text, put_instead
from bot.messages.draft import Block, Draft, button, menu, option, plain_text
from bot.messages.welcome import HOURS


def _hour(draft: Draft, view: SaidView) -> None:
    if view.hour is None:
        draft.say(f"The hour is yours to choose, on your own clock. {coming_text(view.coming)}")
        draft.actions(ids.block(ids.ME), [_hours(), _settings()], "You can choose another hour, or type one: _8:30_.")
        put_instead(draft, view.coming, 2)
        return
    at = wording.hour(view.hour)
    draft.say(f"Shall I write at *{at}* on your clock from now on?")
    yes = button(f"Yes, at {at}", ids.action("set_hour", at.replace(":", "-")), style="primary")
    draft.actions(ids.block(ids.ME), [yes, _hours(), _settings()], "One press does it; until then nothing changes.")


def _hour_set(draft: Draft, view: SaidView) -> None:
    if view.hour is None:
        _hour(draft, view)
        return
    draft.say(f"From now on I write at *{wording.hour(view.hour)}* on your clock. {coming_text(view.coming)}".strip())


def _days(draft: Draft, view: SaidView) -> None:
    draft.say(
        f"The days are yours to choose: one a week, or any others. Now they are {wording.weekdays(view.days)}."
        if view.days
        else "The days are yours to choose: one a week, or any others."
    )
    draft.small("For more than one on a day, type _next_ as often as you like.")
    _open_settings(draft)


def _zone(draft: Draft, view: SaidView) -> None:
    where = f" Now it is {wording.zone(view.tz)}." if view.tz else ""
    draft.say(f"I go by the time zone of your Slack profile, unless you choose another.{where}")
    _open_settings(draft)


def _holidays(draft: Draft, view: SaidView) -> None:
    where = f": now {view.country}" if view.country else ""
    draft.say(f"I leave out public holidays, by the country of your time zone or the one you choose{where}.")
    _open_settings(draft)


def _chosen(draft: Draft, _view: SaidView) -> None:
    draft.say("Hour, days, time zone, holidays and notifications are yours to choose.")
    _open_settings(draft)


def _later(draft: Draft, view: SaidView) -> None:
    at = f" at {wording.hour(view.when.time())}" if view.when else ""
    draft.say(f"It comes again{at}, here. If this hour is wrong for you every day, choose another:")
    draft.actions(ids.block(ids.ME), [_hours(), _settings()], "You can choose another hour, or type one: _8:30_.")


def _not_today(draft: Draft, _view: SaidView) -> None:
    draft.say("Not today, then. It comes again on your next learning day.")


def _hours() -> Block:
    options = [option(wording.hour(h), wording.hour(h)) for h in HOURS]
    return menu("static_select", ids.action("set_hour"), options, placeholder=plain_text("Another hour"))


def _settings() -> Block:
    return button("Settings", ids.action("settings"))


def _open_settings(draft: Draft) -> None:
    draft.actions(ids.block(ids.ME), [_settings()], "`/learn settings` opens them.")


TIMES: dict[str, Callable[[Draft, SaidView], None]] = {
    "hour": _hour,
    "hour_set": _hour_set,
    "days": _days,
    "zone": _zone,
    "holidays": _holidays,
    "settings": _chosen,
    "later": _later,
    "not_today": _not_today,
}
