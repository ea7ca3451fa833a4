"""The announcement of a track at the head of an item, stored with the asking so that it stays the same."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain import agenda
from bot.domain.content import Track
from bot.domain.people import Enrolment
from bot.view_models import Announcement

AGAIN, ON, ANEW = "again", "on", "anew"


def preface(track: Track, enrolment: Enrolment, done: Mapping[str, int]) -> str:
    """Return the track's id, and for a known track whether it goes on or begins again, and for whom.

    Args:
        track: the track whose next item comes.
        enrolment: its enrolment before that.
        done: the latest step at which each item was done.
    """
    if not enrolment.last_asking:
        return track.id
    if agenda.remaining(track, enrolment, done) != track.items:
        return f"{track.id}|{ON}"
    return f"{track.id}|{ANEW}|{enrolment.assigned_by or ''}" if enrolment.after_step else f"{track.id}|{AGAIN}"


def announcement(kept: str, tracks: Mapping[str, Track], learner_id: str) -> Announcement | None:
    """Return the stored announcement as a view model; None if there is none, or the track is gone."""
    track_id, _, rest = kept.partition("|")
    how, _, asked_by = rest.partition("|")
    if track_id not in tracks:
        return None
    return Announcement(tracks[track_id].title, how, asked_by, by_oneself=asked_by == learner_id)
