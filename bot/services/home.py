"""What a person's App Home shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile

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
from bot.services.talk import known_to
from bot.store import askings
from bot.store.database import Session


def home(session: Session, house: House, learner: Learner) -> HomeView:
    """Everything on it, read in one look."""
    workspace_id, learner_id = learner.workspace_id, learner.learner_id
    standing = look(session, house, workspace_id, learner_id, lock=False)
    assert standing is not None
    now = house.clock.business()
    admin = learner_id in house.admins_of(workspace_id)
    talk_to, talk_since = known_to(session, house, learner)
    return HomeView(
        coming(session, standing, now),
        plan(standing),
        tuple(progress(session, house, learner)),
        _met(standing.situation.done, standing.catalogue),
        talk_to,
        talk_since,
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
    pause = standing.holds.get(HoldKind.PERSON)
    if waiting is None and _nothing_runs(standing) and (day is None or pause):
        # before the pause: whoever has nothing to go on with doesn't wait for its end
        until = pause.until if pause else None
        left = tracks_left(standing)
        return ComingView(_why_nothing(standing, left), "", until, at, left=left, paused=pause is not None)
    title = askings.wording(session, waiting.workspace_id, waiting.content_hash).title if waiting else ""
    if pause is not None:
        return ComingView("paused", title, pause.until, at)
    if standing.away_until is not None:
        return ComingView("away", title, day, at)
    if HoldKind.SILENCE in standing.holds or (waiting is None and day is None):
        return ComingView("quiet", title, None, at)
    if waiting is not None or day is None:
        return ComingView("waiting", title, day, at)
    return _next(standing, day, now)


def _next(standing: Standing, day: date, now: datetime) -> ComingView:
    decided = agenda.decide(standing.situation, standing.catalogue, standing.hours, day)
    title = standing.catalogue.items[decided.item_id].title if isinstance(decided, agenda.NewItem) else ""
    first = _first_lesson(standing, day) if isinstance(decided, agenda.Welcome) else None
    due = standing.learner.next_due_at
    # a welcome comes from 07:00 on, whatever the hour of what follows it
    hour = local(due, standing.hours.tz).time() if due else standing.hours.at
    return ComingView("next", title, day, hour, _holiday_before(standing, day, now), first=first)


def _nothing_runs(standing: Standing) -> bool:
    return agenda.next_item(standing.situation, standing.catalogue, None) is None


def tracks_left(standing: Standing) -> tuple[tuple[str, str], ...]:
    """(id, title) of what a learner can come back to. A track they started by themselves and left shows nowhere."""
    tracks = standing.catalogue.tracks
    left = [e.track_id for e in standing.situation.enrolments if e.left_at and e.assigned_by]
    return tuple((track_id, tracks[track_id].title) for track_id in left if track_id in tracks)


def _why_nothing(standing: Standing, left: Sequence[object]) -> str:
    if left:
        return "left"
    return "finished" if any(e.left_at is None for e in standing.situation.enrolments) else "nothing"


def _first_lesson(standing: Standing, welcomed_on: date) -> date | None:
    """The day of the first lesson after a welcome."""
    first_days = [e.first_day for e, _ in agenda.active(standing.situation, standing.catalogue)]
    first = max(min(first_days), welcomed_on + timedelta(days=1))
    return next(standing.hours.learning_days(first), None)


def _holiday_before(standing: Standing, day: date, now: datetime) -> date | None:
    """The first public holiday but for which a message would have come between the last learning day and `day`."""
    hours = standing.hours
    days_back = (day - timedelta(days=n) for n in range(1, (day - hours.today(now)).days + 1))
    between = [d for d in takewhile(lambda d: not hours.taught_on(d), days_back) if is_holiday(hours.country, d)]
    moved = [d for d in between if d.weekday() in hours.days and _something_on(standing, d)]
    return moved[-1] if moved else None


def _something_on(standing: Standing, day: date) -> bool:
    decided = agenda.decide(standing.situation, standing.catalogue, standing.hours, day)
    return decided is not None and not standing.away_on(day)


def _met(done: Mapping[str, int], catalogue: Catalogue) -> tuple[TermLine, ...]:
    """The terms of items behind the learner: their own explainers, and those a lesson taught."""
    behind = [catalogue.items[item_id] for item_id in done if item_id in catalogue.items]
    taught = {name for item in behind if isinstance(item, Lesson) for name in item.terms}
    met = [t for t in catalogue.terms if t.id in taught or t in behind]
    return tuple(TermLine(t.id, t.term) for t in sorted(met, key=lambda t: t.term.casefold()) if isinstance(t, Term))
