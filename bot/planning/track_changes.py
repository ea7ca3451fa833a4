"""The consequences of a change of somebody's tracks: the open item, the welcome, and the next due instant."""

from __future__ import annotations

from bot.domain import agenda
from bot.planning.learner_state import LearnerState
from bot.planning.next_due import update_next_due
from bot.planning.tidy import tidy
from bot.store import askings, deliveries


def apply_track_changes(state: LearnerState, *changed: str) -> None:
    """Apply the consequences.

    `changed`: the ids of the tracks, since earlier messages may now say something else of them.
    """
    for track_id in changed:
        state.note_start(track_id)
    tidy(state)
    welcome = state.welcome
    if welcome is not None and not state.learner.welcome_done:
        state.touch(welcome)
        for enrolment, _ in agenda.active(state.situation, state.catalogue):
            state.change_enrolment(enrolment, announced=True)
    tell_anew(state, *changed)
    update_next_due(state)


def tell_anew(state: LearnerState, *changed: str) -> None:
    """Let closing messages and messages of skipped items show the present state of these tracks."""
    tracks = state.catalogue.tracks
    items = {item for track_id in changed if track_id in tracks for item in tracks[track_id].items}
    for asking in askings.skipped(state.session, state.workspace_id, state.learner_id):
        if asking.item_id in items:
            for delivery in state.messages_of(asking):
                if delivery.ts is not None:
                    state.touch(delivery)
    for closing in deliveries.closings(state.session, state.workspace_id, state.learner_id):
        state.touch(closing)
