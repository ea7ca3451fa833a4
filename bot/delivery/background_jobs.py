"""Background jobs between the bot and Slack: admins' orders, and probes of people and workspaces that were held."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from functools import partial
from threading import Event

from bot.actions.orders import execute
from bot.actions.profiles import changed
from bot.context import AppContext, SlackPort
from bot.delivery.profile_lookup import ProfileLookup
from bot.delivery.tick_counts import TickCounts
from bot.domain.orders import Order, UndoState
from bot.domain.rate_limit import LONGEST_WAIT
from bot.errors import SlackBusyError, SlackError
from bot.logs import WORK
from bot.store import askings, learners, orders, workspaces
from bot.store.database_errors import why

log = logging.getLogger(__name__)
BATCH = 50
RETRY = timedelta(seconds=5)


class _Claim:
    """An order that this worker has, as long as nobody else found its lease over."""

    def __init__(self, ctx: AppContext, order: Order) -> None:
        self._ctx, self._order = ctx, order

    def hold(self, lasting: timedelta) -> bool:
        """Nobody finds the order for so long, from now on; False when it is somebody else's, or done."""
        with self._ctx.db.write() as session:
            renewed = orders.renew(session, self._order, self._ctx.clock.real() + min(lasting, LONGEST_WAIT))
        self._order = renewed or self._order
        return renewed is not None


class BackgroundJobs:
    """Each may be run as often as one likes."""

    def __init__(
        self,
        ctx: AppContext,
        slack: SlackPort,
        profiles: ProfileLookup,
        tally: TickCounts,
        *,
        lease: timedelta,
        stopping: Event,
    ) -> None:
        """`lease`: longer than any one person of an order takes, in real time. `stopping`: set once nothing more is to
        be begun.
        """
        self._ctx, self._slack, self._profiles, self._tally, self._lease = ctx, slack, profiles, tally, lease
        self._stopping = stopping
        self._to_probe: list[tuple[str, str]] | None = None

    def work_off(self) -> list[tuple[str, str]]:
        """Work off what admins asked for, each order by whoever claimed it; (workspace, admin) of each."""
        asked = set[tuple[str, str]]()
        for _ in range(BATCH):
            if self._stopping.is_set():
                break
            with self._ctx.db.read() as session:
                if not orders.unfinished(session, self._ctx.clock.real(), 1):
                    break
            with self._ctx.db.write() as session:
                order = orders.claim(session, self._ctx.clock.real(), self._lease)
            if order is None:
                break
            self._work_off(order)
            asked.add((order.workspace_id, order.admin_id))
        return sorted(asked)

    def _work_off(self, order: Order) -> None:
        claim = _Claim(self._ctx, order)
        try:
            finished = execute(self._ctx, self._profiles, order, partial(self._goes_on, claim))
        except SlackBusyError as error:
            claim.hold(timedelta(seconds=error.retry_after_seconds))
            log.info("order %s goes on in %g s, at the pace of users.info", order.order_id, error.retry_after_seconds)
        except SlackError as error:
            claim.hold(RETRY)
            log.warning("order %s waits: %s", order.order_id, error)
        except Exception as error:
            reason = why(error, self._ctx.db.url)
            log.exception("order %s stopped halfway; it goes on when its lease ends", order.order_id, **reason)
        else:
            if finished:
                self._tell(order)
            elif self._stopping.is_set():
                log.info("order %s goes on at the next start", order.order_id)
            else:
                log.info("order %s is somebody else's: the lease ran out", order.order_id)

    def _goes_on(self, claim: _Claim) -> bool:
        """Return True while an order is this worker's; a worker that stops leaves it to whoever comes next, at once."""
        if self._stopping.is_set():
            claim.hold(timedelta(0))
            return False
        return claim.hold(self._lease)

    def _tell(self, order: Order) -> None:
        with self._ctx.db.read() as session:
            found = Counter(effect.outcome for effect in orders.effects(session, order).values())
        self._tally.count("orders")
        what = "taken back" if order.undo is UndoState.DOING else "worked off"
        counts = {outcome.value: count for outcome, count in sorted(found.items())}
        about = {"order": order.order_id, "verb": order.verb.value, "track": order.track_id, "people": len(order.ids)}
        WORK.info("an order was %s", what, extra={**about, **counts})

    def probe(self) -> bool:
        """See whether people who couldn't be reached can be again; False while some are still to be asked for."""
        if self._to_probe is None:
            with self._ctx.db.read() as session:
                self._to_probe = learners.unreachable(session)
        while self._to_probe:
            workspace_id, learner_id = self._to_probe[-1]
            try:
                profile = self._profiles.profile(workspace_id, learner_id)
            except SlackBusyError:
                # the next tick goes on, at the pace of users.info
                return False
            except SlackError as error:
                log.warning("profile of %s: %s", learner_id, error)
                profile = None
            self._to_probe.pop()
            if profile is not None:
                with self._ctx.db.write() as session:
                    changed(session, self._ctx, profile, self._ctx.clock.business())
        self._to_probe = None
        return True

    def try_held_workspaces(self) -> None:
        """Let workspaces go on whose token works again."""
        with self._ctx.db.read() as session:
            held = [w.workspace_id for w in workspaces.known(session) if w.held]
        for workspace_id in held:
            if self._slack.works(workspace_id):
                with self._ctx.db.write() as session:
                    workspaces.hold(session, workspace_id, None)
                    askings.owe_all_again(session, workspace_id)
