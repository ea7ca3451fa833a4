"""Figures: a learner's own, and what admins may see of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.content import Catalogue
from bot.domain.people import Done, Enrolment
from bot.planning.learner_state import LearnerState
from bot.store import enrolments, learners
from bot.store.database import Session
from bot.view_models import StatusLine, TrackCount, TrackProgress

STATES = ("assigned", "started", "finished", "left")
"""In the order in which an admin reads them."""
Week = tuple[datetime, datetime]
InWeek = tuple[bool, bool]
"""Whether a week brought somebody's start, and their finish."""


def progress(state: LearnerState) -> list[TrackProgress]:
    """How far a learner is in each of their tracks; for themselves alone. One they started and left shows nowhere."""
    found = []
    for enrolment in state.enrolments:
        track = state.catalogue.tracks.get(enrolment.track_id)
        own, out = enrolment.assigned_by is None, enrolment.left_at is not None
        if enrolment.removed_at is None and track is not None and not (own and out):
            left = agenda.remaining(track, enrolment, state.done)
            finished = enrolment.finished_at is not None
            behind = len(track.items) if finished else len(track.items) - len(left)
            found.append(TrackProgress(track.id, track.title, behind, len(track.items), finished, out, own))
    return found


def status(
    session: Session,
    ctx: AppContext,
    workspace_id: str,
    *,
    learner_id: str | None = None,
    track_id: str | None = None,
    week: Week | None = None,
) -> tuple[list[TrackCount], list[StatusLine]]:
    """What an admin may see: counts by track, then people, those first who haven't begun.

    Paused, silent and waiting look alike. `week`: the admin's own, for how many started and finished in it.
    """
    catalogue = ctx.catalogue_of(workspace_id)
    enrolled = [
        e
        for e in enrolments.assigned(session, workspace_id, track_id)
        if learner_id is None or e.learner_id == learner_id
    ]
    people = sorted({e.learner_id for e in enrolled})
    done = enrolments.done_rows(session, workspace_id, people)
    lost = learners.unreachable_among(session, workspace_id, people)
    found = [_line(e, catalogue, done[e.learner_id], e.learner_id in lost, week) for e in enrolled]
    lines = sorted((line for line, _ in found), key=lambda x: (x.track_id, STATES.index(x.state), x.learner_id))
    return _counts(found, catalogue, week), lines


def _line(
    enrolment: Enrolment, catalogue: Catalogue, done: dict[str, Done], unreachable: bool, week: Week | None
) -> tuple[StatusLine, InWeek]:
    track = catalogue.tracks.get(enrolment.track_id)
    items = [done[i] for i in track.items if i in done] if track else []
    counted = [d for d in items if d.step > enrolment.after_step]
    state = _state(enrolment, begun=bool(counted))
    line = StatusLine(enrolment.learner_id, enrolment.track_id, state, unreachable)
    return line, _in_week(enrolment, state, counted, week) if week else (False, False)


def _state(enrolment: Enrolment, *, begun: bool) -> str:
    if enrolment.left_at is not None:
        return "left"
    if enrolment.finished_at is not None:
        return "finished"
    return "started" if begun else "assigned"


def _in_week(enrolment: Enrolment, state: str, counted: Sequence[Done], week: Week) -> InWeek:
    """Whether this week brought *started*, and *finished*: what two looks at the status, a week apart, would show.

    Started: the earliest of what is behind them since the track began was this week. Finished: it is, since this week,
    and its last item too, so that a lesson taken out of a track by somebody else is nobody's week. Rows from before the
    time was kept count in no week.
    """
    times = [d.at for d in counted if d.at is not None]
    if state not in {"started", "finished"} or not times or len(times) < len(counted):
        return False, False
    first, last = week
    ended = enrolment.finished_at
    return first <= min(times) < last, ended is not None and first <= ended < last and first <= max(times) < last


def _counts(found: Sequence[tuple[StatusLine, InWeek]], catalogue: Catalogue, week: Week | None) -> list[TrackCount]:
    by_track: dict[str, list[tuple[StatusLine, InWeek]]] = defaultdict(list)
    for line, when in found:
        by_track[line.track_id].append((line, when))
    return [
        TrackCount(
            track_id,
            catalogue.tracks[track_id].title if track_id in catalogue.tracks else track_id,
            len(those),
            sum(line.state in {"started", "finished"} for line, _ in those),
            sum(line.state == "finished" for line, _ in those),
            sum(line.state == "left" for line, _ in those),
            (sum(when[0] for _, when in those), sum(when[1] for _, when in those)) if week else None,
        )
        for track_id, those in sorted(by_track.items())
    ]
