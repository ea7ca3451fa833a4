"""Look-ups of profiles, no faster than Slack's tier for `users.info` allows: an order of hundreds would use up
everybody's.
"""

from __future__ import annotations

from bot.context import AppContext, ProfilePort
from bot.delivery.attempt_results import AttemptResults
from bot.domain.people import Profile
from bot.errors import SlackBusyError

METHOD = "users.info"


class ProfileLookup:
    """Slack's profiles within the rate limit that all processes share."""

    def __init__(self, ctx: AppContext, slack: ProfilePort, results: AttemptResults) -> None:
        self._ctx, self._slack, self._results = ctx, slack, results

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        """See `bot.context.ProfilePort`.

        Raises:
            SlackBusyError: it isn't its turn, or Slack says so.
        """
        with self._ctx.db.write() as session:
            wait = self._results.wait_for(session, workspace_id, METHOD)
        if wait:
            raise SlackBusyError(wait.total_seconds())
        try:
            return self._slack.profile(workspace_id, person_id)
        except SlackBusyError as error:
            with self._ctx.db.write() as session:
                self._results.busy(session, workspace_id, METHOD, error.retry_after_seconds)
            raise
