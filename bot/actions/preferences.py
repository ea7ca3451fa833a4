"""A learner's preferences: hour, days, zone, holidays, the title in notifications, a pause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

from bot.domain import agenda
from bot.domain.delivery import Delivery
from bot.domain.people import HoldKind
from bot.domain.workdays import countries
from bot.planning.holds import pause, resume
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due, zone_changed
from bot.view_models import SettingsView


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """A learner's preferences. None: no choice. `country`: "" for no holidays at all."""

    at: time | None
    days: frozenset[int] | None
    tz: str | None
    country: str | None
    titled: bool
    paused: bool = False
    until: date | None = None
    """The local date on which a pause ends by itself."""


def preferences(state: LearnerState) -> Preferences:
    """Return the learner's present choices."""
    learner, hold = state.learner, state.holds.get(HoldKind.PERSON)
    return Preferences(
        at=learner.own_at,
        days=learner.own_days,
        tz=learner.own_tz,
        country=learner.own_country,
        titled=learner.titled,
        paused=hold is not None,
        until=hold.until if hold else None,
    )


def save_preferences(state: LearnerState, chosen: Preferences) -> None:
    """Store the choices, and plan the next message by them. A pause begins or ends only if its choice changed."""
    before, zone = preferences(state), state.learner.zone
    if chosen == before:
        return
    state.change_learner(
        own_at=chosen.at,
        own_days=chosen.days,
        own_tz=chosen.tz,
        own_country=chosen.country,
        titled=chosen.titled,
    )
    if state.learner.zone != zone:
        zone_changed(state)
    if (chosen.at, chosen.days, chosen.country, chosen.tz) != (before.at, before.days, before.country, before.tz):
        _retime(state)
    if chosen.paused and (chosen.until != before.until or not before.paused):
        pause(state, chosen.until)
    elif before.paused and not chosen.paused:
        resume(state)


def choose_hour(state: LearnerState, hour: time, on: Delivery) -> None:
    """Set the local hour of messages; today's only if it hasn't come. `on`: the welcome."""
    state.change_learner(own_at=hour, welcome_done=True)
    _retime(state)
    state.touch(on)


def _retime(state: LearnerState) -> None:
    today = state.today
    if state.learner.next_due_on == today and state.hours.taught_on(today):
        # today's message hasn't come: it comes at the new hour, or now if that has passed
        state.change_learner(next_due_at=state.hours.due(today))
    else:
        update_next_due(state)


def settings_of(state: LearnerState) -> SettingsView:
    """Return the learner's choices, beside the defaults."""
    learner, chosen = state.learner, preferences(state)
    unchosen = replace(learner, own_at=None, own_days=None, own_country=None)
    usual = agenda.hours(unchosen, state.situation.enrolments, state.ctx.defaults_of(state.workspace_id))
    return SettingsView(
        at=chosen.at,
        usual_at=usual.at,
        days=state.hours.days,
        usual_days=usual.days,
        tz=chosen.tz,
        profile_tz=learner.tz,
        country=chosen.country,
        zone_country=unchosen.country,
        countries=countries(),
        titled=chosen.titled,
        paused=chosen.paused,
        until=chosen.until,
    )
