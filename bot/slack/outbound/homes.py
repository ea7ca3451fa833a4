"""App Homes: published when they are opened, and after their owner's own taps and words; never on a schedule."""

from __future__ import annotations

import logging

from bot.errors import SlackError, SlackRefusedError
from bot.messages.home import home_view
from bot.planning.learner_state import load
from bot.queries.home import home
from bot.slack.handlers.deps import Deps
from bot.store import learners

log = logging.getLogger(__name__)
TRIES = 3


def home_opened(deps: Deps, workspace_id: str, person_id: str, known: str | None) -> None:
    """Publish the Home of somebody who opened it. `known`: the hash of the view that Slack shows, None before the
    first.
    """
    with deps.ctx.db.write() as session:
        learner = learners.get(session, workspace_id, person_id, lock=True)
        if learner is None:
            return
        learners.update(session, learner, home_hash=known or "")
    refresh_home(deps, workspace_id, person_id)


def refresh_home(deps: Deps, workspace_id: str, person_id: str) -> None:
    """Publish a Home anew that its owner has opened before."""
    for left in reversed(range(TRIES)):
        with deps.ctx.db.read() as session:
            state = load(session, deps.ctx, workspace_id, person_id, lock=False)
            if state is None or state.learner.home_hash is None:
                return
            learner, view = state.learner, home_view(home(state))
        # another publication came first and may be newer, so the Home is read again. The last try names no hash, since
        # one lost in a crash would conflict for ever
        known = learner.home_hash if left else None
        try:
            fresh = deps.screens.publish_home(workspace_id, person_id, view, known or None)
        except SlackRefusedError as error:
            if error.code == "hash_conflict" and left:
                continue
            log.warning("the Home of %s isn't up to date: %s", person_id, error)
            return
        except SlackError as error:
            log.warning("the Home of %s isn't up to date: %s", person_id, error)
            return
        with deps.ctx.db.write() as session:
            learners.update(session, learner, home_hash=fresh)
        return
