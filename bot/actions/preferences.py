"""What a learner chooses for themselves: hour, days, zone, holidays, the title in notifications, a pause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.delivery import Delivery
from bot.domain.people import HoldKind, Learner
from bot.domain.workdays import countries
from bot.planning.holds import pause, resume
from bot.planning.learner_state import load
from bot.planning.next_due import update_next_due, zone_changed
from bot.store import deliveries, learners
from bot.store.database import Session
from bot.view_models import SettingsView


@dataclass(frozen=True)
class Preferences:
    """None means: as it is without a choice. `country`: "" for no holidays at all."""

    at: time | None
    days: frozenset[int] | None
    tz: str | None
    country: str | None
    titled: bool
    paused: bool = False
    until: date | None = None
    """The local date on which a pause ends by itself."""


def preferences(session: Session, learner: Learner) -> Preferences:
    """What the learner has chosen so far."""
    hold = learners.holds(session, learner.workspace_id, learner.learner_id).get(HoldKind.PERSON)
    return Preferences(
        learner.own_at,
        learner.own_days,
        learner.own_tz,
        learner.own_country,
        learner.titled,
        hold is not None,
        hold.until if hold else None,
    )


def save_preferences(session: Session, ctx: AppContext, learner: Learner, chosen: Preferences, at: datetime) -> None:
    """Keep what was chosen, and let the next message follow it; a pause begins or ends only where that changed."""
    before = preferences(session, learner)
    if chosen == before:
        return
    learners.update(
        session,
        learner,
        own_at=chosen.at,
        own_days=chosen.days,
        own_tz=chosen.tz,
        own_country=chosen.country,
        titled=chosen.titled,
    )
    if (chosen.tz or learner.tz) != learner.zone:
        zone_changed(session, ctx, learner.workspace_id, learner.learner_id, at)
    if (chosen.at, chosen.days, chosen.country, chosen.tz) != (before.at, before.days, before.country, before.tz):
        _retime(session, ctx, learner, at)
    if chosen.paused and (chosen.until != before.until or not before.paused):
        pause(session, ctx, learner, at, chosen.until)
    elif before.paused and not chosen.paused:
        resume(session, ctx, learner, at)


def choose_hour(session: Session, ctx: AppContext, learner: Learner, hour: time, at: datetime, on: Delivery) -> None:
    """From now on messages come at `hour`, local; today's only if it hasn't come. `on`: the welcome."""
    learners.update(session, learner, own_at=hour, welcome_done=True)
    _retime(session, ctx, learner, at)
    deliveries.touch(session, on, ctx.clock.real())


def _retime(session: Session, ctx: AppContext, learner: Learner, at: datetime) -> None:
    state = load(session, ctx, learner.workspace_id, learner.learner_id)
    if state is None:
        return
    today = state.hours.today(at)
    if state.learner.next_due_on == today and state.hours.taught_on(today):
        # today's hasn't come: at the new hour, and where that has passed, now, as a missed hour is caught up
        learners.update(session, learner, next_due_at=state.hours.due(today))
    else:
        update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at)


def settings_of(session: Session, ctx: AppContext, learner: Learner) -> SettingsView:
    """The learner's choices beside what holds without them."""
    state = load(session, ctx, learner.workspace_id, learner.learner_id, lock=False)
    assert state is not None
    chosen = preferences(session, learner)
    unchosen = replace(learner, own_at=None, own_days=None, own_country=None)
    usual = agenda.hours(unchosen, state.situation.enrolments, ctx.defaults_of(learner.workspace_id))
    return SettingsView(
        chosen.at,
        usual.at,
        state.hours.days,
        usual.days,
        chosen.tz,
        learner.tz,
        chosen.country,
        unchosen.country,
        countries(),
        chosen.titled,
        chosen.paused,
        chosen.until,
    )
