"""The aftermath of a request: what is left to do once it is acknowledged, as its transaction knew it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.delivery import Delivery
from bot.planning.learner_state import LearnerState
from bot.queries.message_view import known_views
from bot.store.database import Session
from bot.view_models import View


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """The work that is left after the acknowledgement. Without a transaction that knew, everything is looked up."""

    views: Sequence[tuple[Delivery, View]] | None = None
    """The person's messages that show less than the database has, as they are now; None: look them up."""
    stirred: bool = False
    """Something became due at once."""
    home: bool = True
    """Their Home was opened before, or may have been."""


def aftermath_of(session: Session, state: LearnerState) -> Aftermath:
    """Return what a transaction leaves to do, at its end."""
    return Aftermath(views=known_views(state), stirred=session.stirred, home=state.learner.home_hash is not None)
