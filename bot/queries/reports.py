"""Reports: a learner's own progress, and what admins may see of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.content import Catalogue
from bot.domain.people import Done, Enrolment
from bot.planning.learner_facts import LearnerFacts
from bot.store import enrolments, learners
from bot.store.database import Session
from bot.view_models import EnrolmentState, StatusLine, TrackCount, TrackProgress

SHOWN = tuple(EnrolmentState)
"""The states in the order in which admins see them."""
Week = tuple[datetime, datetime]
InWeek = tuple[bool, bool]
"""True, by position, if somebody started and if they finished in a week."""


def progress(state: LearnerFacts) -> list[TrackProgress]:
    """Return a learner's progress in each of their tracks, for themselves alone. A self-started track that was left
    isn't shown.
    """
    found = []
    for enrolment in state.enrolments:
        track = state.catalogue.tracks.get(enrolment.track_id)
        own, out = enrolment.assigned_by is None, enrolment.left_at is not None
        if enrolment.removed_at is None and track is not None and not (own and out):
            left = agenda.remaining(track, enrolment, state.done)
            finished = enrolment.finished_at is not None
            behind = len(track.items) if finished else len(track.items) - len(left)
            found.append(
                TrackProgress(
                    track_id=track.id,
                    title=track.title,
                    done=behind,
                    total=len(track.items),
                    finished=finished,
                    left=out,
                    own=own,
                )
            )
    return found


def status(
    session: Session,
    ctx: AppContext,
    workspace_id: str,
    *,
    learner_id: str | None = None,
    track_id: str | None = None,
    week: Week | None = None,
    paused: Collection[str] = (),
) -> tuple[list[TrackCount], list[StatusLine]]:
    """Return what an admin may see: counts by track, then people, those who haven't begun first.

    Paused, silent and waiting look alike. `week`: the admin's own, to count who started and finished in it. `paused`:
    the tracks that are paused for everybody.
    """
    catalogue = ctx.catalogue_of(workspace_id)
    enrolled = [
        e
        for e in enrolments.assigned(session, workspace_id, track_id)
        if learner_id is None or e.learner_id == learner_id
    ]
    people = sorted({e.learner_id for e in enrolled})
    done = enrolments.done_rows(session, workspace_id, people) if week else {}
    lost = learners.unreachable_among(session, workspace_id, people)
    found = [_line(e, catalogue, done.get(e.learner_id, {}), e.learner_id in lost, week) for e in enrolled]
    lines = sorted((line for line, _ in found), key=lambda x: (x.track_id, SHOWN.index(x.state), x.learner_id))
    return _counts(found, catalogue, week, paused), lines


def not_begun(session: Session, workspace_id: str, track_id: str, today: date) -> list[str]:
    """Return who hasn't begun a track that has come to them: not whoever has a later first day, or another one before.

    `today`: the admin's local date.
    """
    active = [each for each in enrolments.assigned(session, workspace_id) if each.active]
    running = {(each.learner_id, each.track_id) for each in active}
    return [
        each.learner_id
        for each in active
        if each.track_id == track_id
        and each.started_at is None
        and each.first_day <= today
        and (each.learner_id, each.after_track) not in running
    ]


def _line(
    enrolment: Enrolment, catalogue: Catalogue, done: dict[str, Done], unreachable: bool, week: Week | None
) -> tuple[StatusLine, InWeek]:
    track = catalogue.tracks.get(enrolment.track_id)
    items = [done[i] for i in track.items if i in done] if track else []
    counted = [d for d in items if d.step > enrolment.after_step]
    state = state_of(enrolment)
    line = StatusLine(enrolment.learner_id, enrolment.track_id, state, unreachable)
    return line, _in_week(enrolment, state, counted, week) if week else (False, False)


def state_of(enrolment: Enrolment) -> EnrolmentState:
    """Return all that an admin sees of an enrolment."""
    if enrolment.left_at is not None:
        return EnrolmentState.LEFT
    if enrolment.finished_at is not None:
        return EnrolmentState.FINISHED
    return EnrolmentState.STARTED if enrolment.started_at is not None else EnrolmentState.ASSIGNED


def _in_week(enrolment: Enrolment, state: EnrolmentState, counted: Sequence[Done], week: Week) -> InWeek:
    """Return whether somebody *started* and *finished* this week: the difference between two statuses, a week apart.

    Started: the earliest item done since the track began was this week. Finished: it is since this week, and so is its
    last item, so that a lesson removed from a track by somebody else finishes it in nobody's week. Rows older than the
    column count in no week.
    """
    times = [d.at for d in counted if d.at is not None]
    if state not in {EnrolmentState.STARTED, EnrolmentState.FINISHED} or not times or len(times) < len(counted):
        return False, False
    first, last = week
    ended = enrolment.finished_at
    return first <= min(times) < last, ended is not None and first <= ended < last and first <= max(times) < last


def _counts(
    found: Sequence[tuple[StatusLine, InWeek]], catalogue: Catalogue, week: Week | None, paused: Collection[str]
) -> list[TrackCount]:
    by_track: dict[str, list[tuple[StatusLine, InWeek]]] = defaultdict(list)
    for line, when in found:
        by_track[line.track_id].append((line, when))
    return [
        TrackCount(
            track_id=track_id,
            title=catalogue.tracks[track_id].title if track_id in catalogue.tracks else track_id,
            assigned=len(those),
            started=sum(line.state in {EnrolmentState.STARTED, EnrolmentState.FINISHED} for line, _ in those),
            finished=sum(line.state is EnrolmentState.FINISHED for line, _ in those),
            left=sum(line.state is EnrolmentState.LEFT for line, _ in those),
            paused=track_id in paused,
            week=(sum(when[0] for _, when in those), sum(when[1] for _, when in those)) if week else None,
        )
        for track_id, those in sorted(by_track.items())
    ]
