"""What else is to do between the bot and Slack: admins' orders, and seeing whether what was held can go on."""

from __future__ import annotations

import logging
from collections import Counter

from bot.errors import SlackError
from bot.logs import WORK
from bot.schedule.tally import Tally
from bot.services.house import House, Slack
from bot.services.orders import work_off
from bot.services.profiles import changed
from bot.store import askings, learners, orders, records
from bot.store.failures import why
from bot.store.orders import Order

log = logging.getLogger(__name__)
BATCH = 50


class Errands:
    """Each may be run as often as one likes."""

    def __init__(self, house: House, slack: Slack, tally: Tally) -> None:
        self._house, self._slack, self._tally = house, slack, tally

    def work_off(self) -> list[tuple[str, str]]:
        """Work off what admins asked for; (workspace, admin) of those whose order it was."""
        with self._house.db.read() as session:
            waiting = orders.unfinished(session, self._house.clock.real(), BATCH)
        for order in waiting:
            try:
                work_off(self._house, self._slack, order)
            except SlackError as error:
                log.warning("order %s waits: %s", order.order_id, error)
            except Exception as error:
                reason = why(error, self._house.db.url)
                log.exception("order %s stopped halfway; it goes on with the next tick", order.order_id, **reason)
            else:
                self._tell(order)
        return sorted({(order.workspace_id, order.admin_id) for order in waiting})

    def _tell(self, order: Order) -> None:
        with self._house.db.read() as session:
            found = Counter(effect.outcome for effect in orders.effects(session, order).values())
        self._tally.count("orders")
        what = "taken back" if order.undo == "doing" else "worked off"
        counts = {outcome: count for outcome, count in sorted(found.items()) if outcome}
        about = {"order": order.order_id, "verb": order.verb, "track": order.track_id, "people": len(order.ids)}
        WORK.info("an order was %s", what, extra={**about, **counts})

    def probe(self) -> None:
        """See whether people who couldn't be reached can be reached again."""
        with self._house.db.read() as session:
            lost = learners.unreachable(session)
        for workspace_id, learner_id in lost:
            try:
                profile = self._slack.profile(workspace_id, learner_id)
            except SlackError as error:
                log.warning("profile of %s: %s", learner_id, error)
                continue
            if profile is not None:
                with self._house.db.write() as session:
                    changed(session, self._house, profile, self._house.clock.business())

    def try_held_workspaces(self) -> None:
        """Let workspaces go on whose token works again."""
        with self._house.db.read() as session:
            held = [w.workspace_id for w in records.workspaces(session) if w.held]
        for workspace_id in held:
            if self._slack.works(workspace_id):
                with self._house.db.write() as session:
                    records.hold_workspace(session, workspace_id, None)
                    askings.owe_all_again(session, workspace_id)
