"""Profiles from Slack, and the consequences of their changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.context import AppContext, ProfilePort
from bot.domain.people import HoldKind, Learner, Profile
from bot.errors import SlackError
from bot.planning.holds import bring_again, follow_status
from bot.planning.learner_state import load
from bot.planning.next_due import update_next_due, zone_changed
from bot.planning.plan_day import catch_up
from bot.store import learners
from bot.store.database import Session


def meet(
    ctx: AppContext, slack: ProfilePort, workspace_id: str, person_id: str, *, anew: bool = False
) -> Learner | None:
    """Return a person as stored; fetch and store the profile of one never seen. None: Slack knows no such person.

    `anew`: fetch known profiles too, since an event may have been lost.

    Raises:
        SlackError: Slack couldn't be asked.
    """
    with ctx.db.read() as session:
        known = learners.get(session, workspace_id, person_id)
    if known is not None and known.name and known.teachable and not anew:
        return known
    try:
        profile = slack.profile(workspace_id, person_id)
    except SlackError:
        if anew and known is not None and known.name and known.teachable:
            return known
        raise
    if profile is None:
        return known if anew else None
    with ctx.db.write() as session:
        at = ctx.clock.business()
        if known is None:
            learners.remember(session, profile)
            state = load(session, ctx, workspace_id, person_id, at)
            assert state is not None
            follow_status(state, profile.away_until(ctx.away_emoji, at))
            return state.learner
        changed(session, ctx, profile, at)
        return learners.get(session, workspace_id, person_id)


def is_news(session: Session, ctx: AppContext, profile: Profile, at: datetime) -> bool:
    """Return True if a profile differs from what is stored, or ends a hold. It takes one read, since an event comes for
    each status of every member, and stores nobody.
    """
    found = learners.with_holds(session, profile.workspace_id, profile.person_id)
    if found is None:
        return False
    learner, holds = found
    told = _completed(profile, learner)
    if told is None:
        return False
    same = ("name", "tz", "deleted", "bot", "foreign")
    if any(getattr(learner, name) != getattr(told, name) for name in same):
        return True
    away = holds.get(HoldKind.AWAY)
    return (
        told.locale not in {"", learner.locale}
        or told.teachable == (HoldKind.UNREACHABLE in holds)
        or told.away_until(ctx.away_emoji, at) != (away.ends_at if away is not None else None)
    )


def _completed(profile: Profile, known: Learner) -> Profile | None:
    """Return the profile, with the stored membership if Slack sent none: a guess neither admits nor excludes anybody.
    None for somebody with no profile stored, whom Slack is asked about later.
    """
    if not profile.presumed:
        return profile
    return replace(profile, foreign=known.foreign) if known.name else None


def changed(session: Session, ctx: AppContext, profile: Profile, at: datetime) -> None:
    """Store a profile's changes. Only people the bot has met are stored."""
    state = load(session, ctx, profile.workspace_id, profile.person_id, at)
    told = _completed(profile, state.learner) if state is not None else None
    if state is None or told is None:
        return
    zone = state.learner.zone
    catch_up(state)
    state.change_learner(**learners.profile_columns(told, state.learner))
    if not state.learner.teachable:
        state.hold(HoldKind.UNREACHABLE)
        update_next_due(state, planned=True)
    elif state.release(HoldKind.UNREACHABLE):
        bring_again(state)
        update_next_due(state, planned=True)
    elif state.learner.zone != zone:
        zone_changed(state)
    follow_status(state, told.away_until(ctx.away_emoji, at))
