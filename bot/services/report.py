"""Figures: a learner's own, and what admins may see of others."""

from __future__ import annotations

from collections import defaultdict

from bot.domain import agenda
from bot.domain.content import Catalogue
from bot.domain.people import Enrolment, Learner
from bot.domain.views import StatusLine, TrackCount, TrackProgress
from bot.services.house import House
from bot.store import enrolments, learners
from bot.store.database import Session


def progress(session: Session, house: House, learner: Learner) -> list[TrackProgress]:
    """How far a learner is in each of their tracks; for themselves alone. One they started and left shows nowhere."""
    catalogue = house.catalogue_of(learner.workspace_id)
    done = enrolments.done(session, learner.workspace_id, learner.learner_id)
    found = []
    for enrolment in enrolments.of(session, learner.workspace_id, learner.learner_id):
        track = catalogue.tracks.get(enrolment.track_id)
        own, out = enrolment.assigned_by is None, enrolment.left_at is not None
        if enrolment.removed_at is None and track is not None and not (own and out):
            left = agenda.remaining(track, enrolment, done)
            finished = enrolment.finished_at is not None
            behind = len(track.items) if finished else len(track.items) - len(left)
            found.append(TrackProgress(track.id, track.title, behind, len(track.items), finished, out, own))
    return found


def status(
    session: Session, house: House, workspace_id: str, *, learner_id: str | None = None, track_id: str | None = None
) -> tuple[list[TrackCount], list[StatusLine]]:
    """What an admin may see: counts by track, then people. Paused, silent and waiting look alike."""
    catalogue = house.catalogue_of(workspace_id)
    enrolled = [
        e
        for e in enrolments.assigned(session, workspace_id, track_id)
        if learner_id is None or e.learner_id == learner_id
    ]
    people = sorted({e.learner_id for e in enrolled})
    done = enrolments.done_by_all(session, workspace_id, people)
    lost = learners.unreachable_among(session, workspace_id, people)
    lines = [
        StatusLine(e.learner_id, e.track_id, _state(e, catalogue, done[e.learner_id]), e.learner_id in lost)
        for e in enrolled
    ]
    return _counts(lines, catalogue), lines


def _state(enrolment: Enrolment, catalogue: Catalogue, done: dict[str, int]) -> str:
    if enrolment.left_at is not None:
        return "left"
    if enrolment.finished_at is not None:
        return "finished"
    track = catalogue.tracks.get(enrolment.track_id)
    begun = track is not None and any(done.get(item, 0) > enrolment.after_step for item in track.items)
    return "started" if begun else "assigned"


def _counts(lines: list[StatusLine], catalogue: Catalogue) -> list[TrackCount]:
    by_track: dict[str, list[StatusLine]] = defaultdict(list)
    for line in lines:
        by_track[line.track_id].append(line)
    return [
        TrackCount(
            track_id,
            catalogue.tracks[track_id].title if track_id in catalogue.tracks else track_id,
            len(those),
            sum(line.state in {"started", "finished"} for line in those),
            sum(line.state == "finished" for line in those),
            sum(line.state == "left" for line in those),
        )
        for track_id, those in sorted(by_track.items())
    ]
