"""The work that a request leaves for its follow-up, once it is acknowledged, as its transaction knew it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.delivery import Delivery
from bot.planning.learner_state import LearnerState
from bot.queries.message_view import known_views
from bot.store.database import Session
from bot.view_models import View


@dataclass(frozen=True, kw_only=True)
class FollowUpWork:
    """The work that is left after the acknowledgement. Without a transaction that knew, everything is looked up."""

    views: Sequence[tuple[Delivery, View]] | None = None
    """The person's messages that show less than the database has, as they are now; None: look them up."""
    due_at_once: bool = False
    """Something became due at once."""
    home: bool = True
    """Their Home was opened before, or may have been."""
    lessons: bool = False
    """Other lessons are to be served than before."""


def work_left_by(session: Session, state: LearnerState) -> FollowUpWork:
    """Return what a transaction leaves to do, at its end."""
    return FollowUpWork(
        views=known_views(state),
        due_at_once=session.due_at_once,
        home=state.learner.home_hash is not None,
        lessons=session.lessons_changed,
    )
