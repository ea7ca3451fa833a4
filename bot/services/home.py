"""What a person's App Home shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import agenda
from bot.domain.content import Catalogue, Lesson, Term
from bot.domain.people import HoldKind, Learner
from bot.domain.timing import local
from bot.domain.views import ComingView, HomeView, PlanView, TermLine, TitleLine
from bot.domain.workdays import countries, is_holiday
from bot.services.attention import attention
from bot.services.house import House
from bot.services.report import progress, status
from bot.services.standing import Standing, look
from bot.services.talk import who_is_told
from bot.store import askings, talks
from bot.store.database import Session


def home(session: Session, house: House, learner: Learner) -> HomeView:
    """Everything on it, read in one look."""
    workspace_id, learner_id = learner.workspace_id, learner.learner_id
    standing = look(session, house, workspace_id, learner_id, lock=False)
    assert standing is not None
    now = house.clock.business()
    admin = learner_id in house.admins_of(workspace_id)
    wish = talks.open_of(session, workspace_id, learner_id)
    return HomeView(
        coming(session, standing, now),
        plan(standing),
        tuple(progress(session, house, learner)),
        _met(standing.situation.done, standing.catalogue),
        wish.admins if wish else who_is_told(session, house, learner),
        talk_asked=wish is not None,
        counts=tuple(status(session, house, workspace_id)[0]) if admin else None,
        attention=attention(session, house, workspace_id, learner_id, standing.hours.today(now)) if admin else None,
        behind=lessons_behind(standing.situation.done, standing.catalogue),
    )


def lessons_behind(done: Mapping[str, int], catalogue: Catalogue) -> tuple[TitleLine, ...]:
    """The lessons behind the learner, the latest first."""
    latest = sorted(done, key=lambda item_id: -done[item_id])
    lessons = (catalogue.items.get(item_id) for item_id in latest)
    return tuple(TitleLine(lesson.id, lesson.title) for lesson in lessons if isinstance(lesson, Lesson))


def plan(standing: Standing) -> PlanView:
    """When messages come."""
    hours = standing.hours
    return PlanView(hours.at, hours.days, hours.tz, countries().get(hours.country, ""))


def coming(session: Session, standing: Standing, now: datetime) -> ComingView:
    """The item that comes next, or why none does."""
    return replace(_coming(session, standing, now), today=standing.hours.today(now))


def _coming(session: Session, standing: Standing, now: datetime) -> ComingView:
    day, at = standing.learner.next_due_on, standing.hours.at
    waiting = standing.situation.open
    title = askings.wording(session, waiting.workspace_id, waiting.content_hash).title if waiting else ""
    if (pause := standing.holds.get(HoldKind.PERSON)) is not None:
        return ComingView("paused", title, pause.until, at)
    if standing.away_until is not None and (waiting is not None or day is not None):
        return ComingView("away", title, day, at)
    if HoldKind.SILENCE in standing.holds:
        return ComingView("quiet", title, None, at)
    if waiting is not None:
        return ComingView("waiting", title, day, at)
    if day is None:
        return ComingView(_why_nothing(standing), "", None, at)
    due = standing.learner.next_due_at
    # a welcome comes from 07:00 on, whatever the hour of what follows it
    hour = local(due, standing.hours.tz).time() if due else at
    return ComingView("next", _title(standing, day), day, hour, _holiday_before(standing, day, now))


def _why_nothing(standing: Standing) -> str:
    mine = standing.situation.enrolments
    if any(e.left_at and e.assigned_by for e in mine):
        return "left"
    return "finished" if any(e.left_at is None for e in mine) else "nothing"


def _holiday_before(standing: Standing, day: date, now: datetime) -> date | None:
    """The first holiday from today on to `day` that is on a weekday of learning."""
    hours = standing.hours
    today = hours.today(now)
    between = (today + timedelta(days=n) for n in range((day - today).days))
    return next((d for d in between if d.weekday() in hours.days and is_holiday(hours.country, d)), None)


def _title(standing: Standing, day: date) -> str:
    decided = agenda.decide(standing.situation, standing.catalogue, standing.hours, day)
    return standing.catalogue.items[decided.item_id].title if isinstance(decided, agenda.NewItem) else ""


def _met(done: Mapping[str, int], catalogue: Catalogue) -> tuple[TermLine, ...]:
    """The terms of items behind the learner: their own explainers, and those a lesson taught."""
    behind = [catalogue.items[item_id] for item_id in done if item_id in catalogue.items]
    taught = {name for item in behind if isinstance(item, Lesson) for name in item.terms}
    met = [t for t in catalogue.terms if t.id in taught or t in behind]
    return tuple(TermLine(t.id, t.term) for t in sorted(met, key=lambda t: t.term.casefold()) if isinstance(t, Term))
