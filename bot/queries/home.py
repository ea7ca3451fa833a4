"""The content of a person's App Home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from bot.domain import agenda
from bot.domain.content import Catalogue, Lesson, Term
from bot.domain.local_time import local
from bot.domain.people import HoldKind
from bot.domain.workdays import countries, is_holiday
from bot.planning.learner_facts import LearnerFacts
from bot.queries.alerts import attention
from bot.queries.completion import counts
from bot.queries.reports import progress
from bot.queries.standing import card_lines, not_asked
from bot.queries.strategy import has_prompts, page_of, ready_prompts
from bot.queries.talk_contacts import known_to
from bot.store import askings
from bot.view_models import ComingState, ComingView, HomeView, PlanView, TermLine, TitleLine


def home(state: LearnerFacts) -> HomeView:
    """Return the whole Home, read in one transaction."""
    session, ctx, workspace_id, learner_id = state.session, state.ctx, state.workspace_id, state.learner_id
    admin = learner_id in state.admins
    talk_to, talk_since = known_to(state)
    page = page_of(state) if has_prompts(state) else None
    return HomeView(
        coming=coming(state),
        plan=plan(state),
        progress=tuple(progress(state)),
        met=_met(state.situation.done, state.catalogue),
        talk_to=talk_to,
        talk_since=talk_since,
        counts=tuple(counts(session, ctx, workspace_id)) if admin else None,
        attention=attention(session, ctx, workspace_id, learner_id, state.today) if admin else None,
        behind=lessons_behind(state.situation.done, state.catalogue),
        on_page=sum(len(part.entries) for part in page.parts) if page is not None else 0,
        to_write=ready_prompts(page) if page is not None else (),
        cards=card_lines(state) if state.learner.askings else (),
        not_asked=not_asked(state) if state.learner.askings else (),
    )


def lessons_behind(done: Mapping[str, int], catalogue: Catalogue) -> tuple[TitleLine, ...]:
    """Return the lessons that the learner has done, latest first."""
    latest = sorted(done, key=lambda item_id: -done[item_id])
    lessons = (catalogue.items.get(item_id) for item_id in latest)
    return tuple(TitleLine(lesson.id, lesson.title) for lesson in lessons if isinstance(lesson, Lesson))


def plan(state: LearnerFacts) -> PlanView:
    """Return the hour, days and zone of the learner's messages."""
    hours = state.hours
    return PlanView(hours.at, hours.days, hours.tz, countries().get(hours.country, ""))


def coming(state: LearnerFacts) -> ComingView:
    """Return the item that comes next, or why none does."""
    return replace(_coming(state), today=state.today)


def _coming(state: LearnerFacts) -> ComingView:
    day, at = state.learner.next_due_on, state.hours.at
    waiting = state.situation.open
    pause = state.holds.get(HoldKind.PERSON)
    review_on = day if _review_on(state, day) else None
    if waiting is None and _nothing_runs(state) and (day is None or pause or review_on):
        # checked before the pause: a learner without items left doesn't wait for its end
        until = pause.until if pause else None
        left = tracks_left(state)
        return ComingView(
            state=_why_nothing(state, left),
            title="",
            day=until,
            at=at,
            left=left,
            paused=pause is not None,
            review_on=review_on,
        )
    title = askings.asked_item(state.session, waiting).title if waiting else ""
    if pause is not None:
        return ComingView(state=ComingState.PAUSED, title=title, day=pause.until, at=at)
    if state.away_until is not None:
        return ComingView(state=ComingState.AWAY, title=title, day=day, at=at)
    resting = _resting(state)
    if waiting is None and day is None and resting and HoldKind.SILENCE not in state.holds:
        return ComingView(state=ComingState.RESTING, title="", day=None, at=at, resting=resting)
    if HoldKind.SILENCE in state.holds or (waiting is None and day is None):
        return ComingView(state=ComingState.QUIET, title=title, day=None, at=at)
    if waiting is not None or day is None:
        return ComingView(state=ComingState.WAITING, title=title, day=day, at=at)
    return _next(state, day)


def _resting(state: LearnerFacts) -> tuple[str, ...]:
    running = agenda.active(state.situation, state.catalogue)
    return tuple(track.title for _, track in running if track.id in state.situation.resting)


def _next(state: LearnerFacts, day: date) -> ComingView:
    decided = agenda.decide(state.situation, state.catalogue, state.hours, day)
    title = state.catalogue.items[decided.item_id].title if isinstance(decided, agenda.NewItem) else ""
    first = _first_lesson(state, day) if isinstance(decided, agenda.Welcome) else None
    due = state.learner.next_due_at
    # a welcome comes from 07:00 on, independent of the learner's hour
    hour = local(due, state.hours.tz).time() if due else state.hours.at
    return ComingView(
        state=ComingState.NEXT,
        title=title,
        day=day,
        at=hour,
        holiday=_holiday_before(state, day),
        quiet=_quiet_before(state, day),
        first=first,
    )


def _review_on(state: LearnerFacts, day: date | None) -> bool:
    """Return True if a review comes alone on that day."""
    if day is None:
        return False
    return isinstance(agenda.decide(state.situation, state.catalogue, state.hours, day), agenda.LoneReviews)


def _nothing_runs(state: LearnerFacts) -> bool:
    return agenda.next_item(state.situation, state.catalogue, None) is None


def tracks_left(state: LearnerFacts) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of tracks to come back to. A self-started track that was left isn't shown."""
    tracks = state.catalogue.tracks
    left = [e.track_id for e in state.situation.enrolments if e.left_at and e.assigned_by]
    return tuple((track_id, tracks[track_id].title) for track_id in left if track_id in tracks)


def _why_nothing(state: LearnerFacts, left: Sequence[object]) -> ComingState:
    if left:
        return ComingState.LEFT
    finished = any(e.left_at is None for e in state.situation.enrolments)
    return ComingState.FINISHED if finished else ComingState.NOTHING


def _first_lesson(state: LearnerFacts, welcomed_on: date) -> date | None:
    """Return the local date of the first lesson after a welcome."""
    first_days = [e.first_day for e, _ in agenda.active(state.situation, state.catalogue)]
    first = max(min(first_days), welcomed_on + timedelta(days=1))
    return next(state.hours.learning_days(first), None)


def _holiday_before(state: LearnerFacts, day: date) -> date | None:
    """Return the first public holiday before `day` that a message skips; None if there is none."""
    hours = state.hours
    days_back = (day - timedelta(days=n) for n in range(1, (day - state.today).days + 1))
    between = [d for d in takewhile(lambda d: not hours.taught_on(d), days_back) if is_holiday(hours.country, d)]
    moved = [d for d in between if d.weekday() in hours.days and _something_on(state, d)]
    return moved[-1] if moved else None


def _quiet_before(state: LearnerFacts, day: date) -> tuple[date, date] | None:
    """Return the next quiet days before `day` that a message skips; None if there are none."""
    spans = sorted((s for s in state.hours.quiet if state.today <= s.last < day), key=lambda s: s.first)
    return (spans[0].first, spans[0].last) if spans else None


def _something_on(state: LearnerFacts, day: date) -> bool:
    decided = agenda.decide(state.situation, state.catalogue, state.hours, day)
    return decided is not None and not state.away_on(day)


def _met(done: Mapping[str, int], catalogue: Catalogue) -> tuple[TermLine, ...]:
    """Return the terms of items done: their own explainers, and those that a lesson taught."""
    behind = [catalogue.items[item_id] for item_id in done if item_id in catalogue.items]
    taught = {name for item in behind if isinstance(item, Lesson) for name in item.terms}
    met = [t for t in catalogue.terms if t.id in taught or t in behind]
    return tuple(TermLine(t.id, t.term) for t in sorted(met, key=lambda t: t.term.casefold()) if isinstance(t, Term))
