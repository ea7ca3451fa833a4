"""What follows when somebody's tracks change: what is open, what the welcome says, and when the next message is due."""

from __future__ import annotations

from datetime import datetime

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.people import Learner
from bot.planning.learner_state import tidy
from bot.planning.next_due import update_next_due
from bot.store import askings, deliveries, enrolments
from bot.store.database import Session


def apply_track_changes(session: Session, ctx: AppContext, learner: Learner, at: datetime, *changed: str) -> None:
    """Bring all of that up to date.

    Args:
        session: the caller's transaction.
        house: the running bot.
        learner: whose tracks changed.
        at: business time.
        changed: the ids of those tracks; what earlier messages say of them may be another thing now.
    """
    state = tidy(session, ctx, learner.workspace_id, learner.learner_id, at)
    assert state is not None
    welcome = deliveries.welcome(session, learner.workspace_id, learner.learner_id)
    if welcome is not None and not state.learner.welcome_done:
        deliveries.touch(session, welcome, ctx.clock.real())
        for enrolment, _ in agenda.active(state.situation, state.catalogue):
            enrolments.update(session, enrolment, announced=True)
    tell_anew(session, ctx, learner, *changed)
    update_next_due(session, ctx, learner.workspace_id, learner.learner_id, at)


def tell_anew(session: Session, ctx: AppContext, learner: Learner, *changed: str) -> None:
    """Let the messages of skipped items, and closing ones, say what holds now that these tracks have changed."""
    tracks = ctx.catalogue_of(learner.workspace_id).tracks
    items = {item for track_id in changed if track_id in tracks for item in tracks[track_id].items}
    for asking in askings.skipped(session, learner.workspace_id, learner.learner_id):
        if asking.item_id in items:
            for delivery in deliveries.of_asking(session, asking.workspace_id, asking.asking_id):
                if delivery.ts is not None:
                    deliveries.touch(session, delivery, ctx.clock.real())
    for closing in deliveries.closings(session, learner.workspace_id, learner.learner_id):
        deliveries.touch(session, closing, ctx.clock.real())
