"""Tidying of a learner's state: items that no track contains any more, and tracks that have ended."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import agenda
from bot.domain.delivery import Asking, Slot
from bot.domain.delivery_subject import Closing
from bot.domain.people import Enrolment
from bot.domain.rider import Comfort, Moment
from bot.planning.learner_state import LearnerState
from bot.planning.open_item import skip


def tidy(state: LearnerState, caused_by: str | None = None) -> None:
    """Skip an open item that no track contains any more, and finish tracks that have nothing left.

    `caused_by`: the id of the tap that may have finished a track, whose closing message then comes at once.
    """
    waiting = state.open
    obsolete = waiting is not None and not _brought(state, waiting)
    ended = [
        (enrolment, track)
        for enrolment, track in agenda.active(state.situation, state.catalogue)
        if not agenda.remaining(track, enrolment, state.situation.done)
    ]
    if waiting is not None and obsolete:
        skip(state, waiting)
    for enrolment, _ in ended:
        state.change_enrolment(enrolment, finished_at=state.at, closed=caused_by is not None)
    if caused_by is not None:
        for _, track in ended:
            comfort = Comfort(track.id, Moment.END)
            state.add(
                Slot.CLOSING, caused_by=f"{caused_by}:{track.id}", about=closing_about(state, track.id), rider=comfort
            )


def closing_about(state: LearnerState, track_id: str) -> Closing:
    """Return the subject of a closing message: the track, and the new hour if the old one belonged to it."""
    defaults = state.ctx.defaults_of(state.workspace_id)
    had = agenda.hours(state.learner, _as_it_was_open(state, track_id), defaults).at
    if state.idle or had == state.hours.at:
        return Closing(track_id)
    return Closing(track_id, new_hour=state.hours.at)


def _brought(state: LearnerState, asking: Asking) -> bool:
    return asking.item_id in state.catalogue.items and any(
        asking.item_id in agenda.remaining(track, enrolment, state.situation.done)
        for enrolment, track in agenda.active(state.situation, state.catalogue)
    )


def _as_it_was_open(state: LearnerState, track_id: str) -> tuple[Enrolment, ...]:
    """Return the enrolments that weren't removed, with this track as if it hadn't ended."""
    return tuple(replace(e, finished_at=None) if e.track_id == track_id else e for e in state.situation.enrolments)
