"""Looks at who is in the groups of rules: every hour, one group after the other."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.actions.rules import look_after, not_listed
from bot.context import AppContext, SlackPort
from bot.domain.rules import EVERY, GroupRule
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.store import rules

log = logging.getLogger(__name__)
BATCH = 20
AGAIN = timedelta(minutes=5)
MOST_PEOPLE = 10_000
"""The most members of a group of whom a rule takes notice."""


class RuleChecks:
    """May be run as often as one likes."""

    def __init__(self, ctx: AppContext, slack: SlackPort) -> None:
        self._ctx, self._slack = ctx, slack

    def check(self) -> None:
        """Look at the groups that are due, and store an order for those who are new in each."""
        with self._ctx.db.read() as session:
            due = rules.due(session, self._ctx.clock.business(), BATCH)
        for rule in due:
            self._check(rule)

    def _check(self, rule: GroupRule) -> None:
        try:
            members = self._slack.members(rule.workspace_id, rule.source, MOST_PEOPLE)
        except SlackError as error:
            log.warning("rule %s: the members of %s %s: %s", rule.rule_id, rule.kind, rule.source_id, error)
            refused = isinstance(error, SlackRefusedError)
            busy = timedelta(seconds=error.retry_after_seconds) if isinstance(error, SlackBusyError) else AGAIN
            with self._ctx.db.write() as session:
                code = error.code if isinstance(error, SlackRefusedError) else None
                not_listed(session, self._ctx, rule, code, EVERY if refused else busy)
            return
        with self._ctx.db.write() as session:
            look_after(session, self._ctx, rule, members)
