"""The progress of a programme: how many had a track, began and finished it, month by month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from statistics import median

from bot.context import AppContext
from bot.domain.content import Track
from bot.domain.local_time import local
from bot.domain.people import Done, Enrolment
from bot.queries.reports import status
from bot.store import enrolments
from bot.store.database import Session
from bot.view_models import MonthCount, TrackReport

FEWEST_FOR_A_MEDIAN = 10
"""The people who have finished, below whom no typical time is told: it would be somebody's."""
MOST_MONTHS = 6


def completion(
    session: Session, ctx: AppContext, workspace_id: str, tz: str, track_id: str | None = None
) -> list[TrackReport]:
    """Return each track's counts, with those of the latest months that have any. `tz`: the zone of the months."""
    counts, _ = status(session, ctx, workspace_id, track_id=track_id)
    tracks = ctx.catalogue_of(workspace_id).tracks
    by_track: dict[str, list[Enrolment]] = defaultdict(list)
    for enrolment in enrolments.assigned(session, workspace_id, track_id):
        by_track[enrolment.track_id].append(enrolment)
    people = sorted({e.learner_id for each in by_track.values() for e in each})
    done = enrolments.done_rows(session, workspace_id, people)
    found = []
    for count in counts:
        theirs = by_track[count.track_id]
        began = {e.learner_id: _began(e, tracks.get(e.track_id), done[e.learner_id]) for e in theirs}
        found.append(TrackReport(count, _months(theirs, began, tz), _median_days(theirs, began)))
    return found


def _began(enrolment: Enrolment, track: Track | None, done: dict[str, Done]) -> datetime | None:
    """Return when somebody did the first item since their track began; None if they haven't, or it isn't known."""
    items = [done[i] for i in track.items if i in done] if track is not None else []
    counted = [d for d in items if d.step > enrolment.after_step]
    times = [d.at for d in counted if d.at is not None]
    return min(times) if times and len(times) == len(counted) else None


def _months(theirs: Sequence[Enrolment], began: dict[str, datetime | None], tz: str) -> tuple[MonthCount, ...]:
    def month(at: datetime) -> date:
        return local(at, tz).date().replace(day=1)

    given = Counter(e.first_day.replace(day=1) for e in theirs)
    started = Counter(month(at) for at in began.values() if at is not None)
    finished = Counter(month(e.finished_at) for e in theirs if e.finished_at is not None)
    months = sorted({*given, *started, *finished})[-MOST_MONTHS:]
    return tuple(MonthCount(m, given[m], started[m], finished[m]) for m in months)


def _median_days(theirs: Sequence[Enrolment], began: dict[str, datetime | None]) -> float | None:
    """Return the median number of days from the first item to the last; None below ten who have finished."""
    days = [
        (e.finished_at - first).days + 1
        for e in theirs
        if e.finished_at is not None and (first := began[e.learner_id]) is not None
    ]
    return median(days) if len(days) >= FEWEST_FOR_A_MEDIAN else None
