"""What the head of an item says of its track, where it says something: kept with the asking, so that it stays so."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain import agenda
from bot.domain.content import Track
from bot.domain.people import Enrolment
from bot.view_models import Announcement

AGAIN, ON, ANEW = "again", "on", "anew"


def preface(track: Track, enrolment: Enrolment, done: Mapping[str, int]) -> str:
    """The track's id, and where it isn't new to them: whether it goes on, or begins anew, and at whose wish.

    Args:
        track: whose next item comes.
        enrolment: as it was before that.
        done: the latest step at which each item was done.
    """
    if not enrolment.last_asking:
        return track.id
    if agenda.remaining(track, enrolment, done) != track.items:
        return f"{track.id}|{ON}"
    return f"{track.id}|{ANEW}|{enrolment.assigned_by or ''}" if enrolment.after_step else f"{track.id}|{AGAIN}"


def announcement(kept: str, tracks: Mapping[str, Track], learner_id: str) -> Announcement | None:
    """What was kept, as it is shown; None where nothing was, or the track is gone."""
    track_id, _, rest = kept.partition("|")
    how, _, asked_by = rest.partition("|")
    if track_id not in tracks:
        return None
    return Announcement(tracks[track_id].title, how, asked_by, by_oneself=asked_by == learner_id)
