"""The progress of a programme: how many had a track, began and finished it, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from statistics import median

from bot.context import AppContext
from bot.domain.local_time import instant, local
from bot.queries.reports import state_of
from bot.store import enrolments, learners, paused_tracks, progress
from bot.store.database import Session
from bot.store.progress import Span
from bot.view_models import CompletionLine, MonthCount, TrackCount, TrackReport

Latest = tuple[date | None, datetime | None, datetime | None]
"""The latest first day, beginning and end."""
FEWEST_FOR_A_MEDIAN = 10
"""The people who have finished, below whom no typical time is told: it would be somebody's."""
MOST_MONTHS = 6
ZONE = "UTC"
"""The zone of months: one for all readers, so that two admins don't compare different numbers."""
LONGEST_MONTH = 31
LOOKED_AT = 12
"""The months before the latest in which anything was done that are looked at; those without anything aren't shown."""


def counts(session: Session, ctx: AppContext, workspace_id: str, track_id: str | None = None) -> list[TrackCount]:
    """Return the counts of each track."""
    tracks = ctx.catalogue_of(workspace_id).tracks
    paused = {each.track_id for each in paused_tracks.running(session, workspace_id)}
    return [
        TrackCount(
            track_id=each.track_id,
            title=tracks[each.track_id].title if each.track_id in tracks else each.track_id,
            assigned=each.assigned,
            started=each.started,
            finished=each.finished,
            left=each.left,
            paused=each.track_id in paused,
        )
        for each in progress.totals(session, workspace_id, track_id)
    ]


def completion(session: Session, ctx: AppContext, workspace_id: str, track_id: str | None = None) -> list[TrackReport]:
    """Return each track's counts, with those of the latest months that have any."""
    spans = _spans(progress.latest(session, workspace_id, track_id))
    by_month = progress.months(session, workspace_id, spans, track_id) if spans else {}
    taken = progress.days_taken(session, workspace_id, track_id)
    found = []
    for count in counts(session, ctx, workspace_id, track_id):
        numbers = zip(spans, by_month.get(count.track_id, []), strict=True)
        shown = [MonthCount(span.month, *month) for span, month in numbers if any(month)]
        days = _median(taken.get(count.track_id, Counter()))
        found.append(TrackReport(count, tuple(shown[-MOST_MONTHS:]), days))
    return found


def by_person(session: Session, workspace_id: str, tz: str, track_id: str | None = None) -> list[CompletionLine]:
    """Return when each person began and finished, by track and person. `tz`: the zone of the dates.

    A date is told only to whom it happened after they were told that it would be.
    """
    told = learners.told_of_figures(session, workspace_id)
    found = []
    for each in enrolments.assigned(session, workspace_id, track_id):
        since = told.get(each.learner_id)

        def day(at: datetime | None, since: datetime | None = since) -> date | None:
            return local(at, tz).date() if at is not None and since is not None and at >= since else None

        line = CompletionLine(
            learner_id=each.learner_id,
            track_id=each.track_id,
            state=state_of(each),
            first_day=each.first_day,
            started_on=day(each.started_at),
            finished_on=day(each.finished_at) if each.left_at is None else None,
        )
        found.append(line)
    return found


def _spans(latest: Iterable[Latest]) -> list[Span]:
    """Return the months up to the latest in which anything was done, or is to begin; earliest first."""
    days = _days(latest)
    if not days:
        return []
    months = [max(days).replace(day=1)]
    while len(months) < LOOKED_AT:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return [_span(month) for month in reversed(months)]


def _days(latest: Iterable[Latest]) -> list[date]:
    found = []
    for first, *instants in latest:
        found += [first] if first is not None else []
        found += [local(at, ZONE).date() for at in instants if at is not None]
    return found


def _span(month: date) -> Span:
    after = (month + timedelta(days=LONGEST_MONTH)).replace(day=1)
    return Span(month, instant(month, time.min, ZONE), instant(after, time.min, ZONE), after)


def _median(taken: Counter[int]) -> float | None:
    """Return the median number of days from the first item to the last; None below ten who have finished."""
    return median(taken.elements()) if taken.total() >= FEWEST_FOR_A_MEDIAN else None
