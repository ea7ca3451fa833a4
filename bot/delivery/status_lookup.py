"""Status look-ups after a gap in Slack's events: due learners may have set a holiday status meanwhile."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.actions.profiles import changed, is_news
from bot.context import AppContext, ProfilePort
from bot.domain.delivery import Delivery
from bot.errors import SlackBusyError, SlackError

log = logging.getLogger(__name__)
DAY = timedelta(days=1)
"""The time after a gap in which learners are looked up. After it, events tell of new statuses again."""


class StatusLookup:
    """A look-up of each learner once after a gap, just before their first unasked message.

    A start ends a gap. If the rate limit is reached, the message goes out without a look-up.
    """

    def __init__(self, ctx: AppContext, profiles: ProfilePort) -> None:
        self._ctx, self._profiles = ctx, profiles
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
        self._asked.add(person)
        try:
            profile = self._profiles.profile(*person)
        except SlackBusyError:
            # the message goes out without it; their next one tries again
            self._asked.discard(person)
            return
        except SlackError as error:
            log.info("profile of %s: %s", delivery.learner_id, error)
            return
        if profile is None:
            return
        at = self._ctx.clock.business()
        with self._ctx.db.read() as session:
            news = is_news(session, self._ctx, profile, at)
        if news:
            with self._ctx.db.write() as session:
                changed(session, self._ctx, profile, at)
