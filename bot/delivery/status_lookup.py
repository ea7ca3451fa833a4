"""Status look-ups after a gap in Slack's events: due learners may have set a holiday status meanwhile."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.actions.profiles import changed, is_news
from bot.context import AppContext, SlackPort
from bot.delivery.attempt_results import AttemptResults
from bot.domain.delivery import Delivery
from bot.errors import SlackError

log = logging.getLogger(__name__)
PROFILE = "users.info"
DAY = timedelta(days=1)
"""The time after a gap in which learners are looked up. After it, events tell of new statuses again."""


class StatusLookup:
    """A look-up of each learner once after a gap, just before their first unasked message.

    A start ends a gap. If the rate limit is reached, the message goes out without a look-up.
    """

    def __init__(self, ctx: AppContext, slack: SlackPort, results: AttemptResults) -> None:
        self._ctx, self._slack, self._results = ctx, slack, results
        self._asked = set[tuple[str, str]]()
        self.gap_is_over()

    def gap_is_over(self) -> None:
        """Note that events come again; those during the gap are lost."""
        self._over_real = self._ctx.clock.real()
        self._asked.clear()

    def read(self, delivery: Delivery) -> None:
        """Look up the status of a delivery's learner, if that is due."""
        person = (delivery.workspace_id, delivery.learner_id)
        if not delivery.unasked or person in self._asked or self._ctx.clock.real() > self._over_real + DAY:
            return
        with self._ctx.db.write() as session:
            if self._results.wait_for(session, delivery.workspace_id, PROFILE):
                return
        self._asked.add(person)
        try:
            profile = self._slack.profile(*person)
        except SlackError as error:
            log.info("profile of %s: %s", delivery.learner_id, error)
            return
        at = self._ctx.clock.business()
        with self._ctx.db.read() as session:
            news = profile is not None and is_news(session, self._ctx, profile, at)
        if profile is not None and news:
            with self._ctx.db.write() as session:
                changed(session, self._ctx, profile, at)
