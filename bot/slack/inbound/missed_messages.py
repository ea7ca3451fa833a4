"""Messages typed while no connection was open: Socket Mode doesn't repeat them, so the DMs are read once afterwards.

Over HTTP Slack delivers an event again by itself, up to three times; nothing is read there.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.rate_limit import HISTORY
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.logs import WORK, RepeatedFailure
from bot.slack.handlers.deps import Deps
from bot.slack.inbound.dm_backlog import DmBacklog, process_dm
from bot.slack.outbound import homes
from bot.store import learners, unread_dms, workspaces
from bot.store.database_errors import classify

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""The interval, in seconds, at which hearing Slack is recorded and the end of a gap is looked for."""
GAP = timedelta(minutes=1)
LEASE = timedelta(minutes=3)
"""The lease of a DM (real time), longer than a page takes: a DM waits so long whose reader was killed."""
TRIES = 3
"""The number of calls in a row without an answer after which other DMs come first."""


class MissedMessages:
    """A look every few seconds whether Slack is heard. After a gap in all processes, each DM is read by one.

    Which are still to be read is stored with the instant at which Slack was heard again. What was read of a DM is not:
    whoever takes it up after a restart begins with it anew.
    """

    def __init__(
        self, deps: Deps, connected: Callable[[], bool], gap: timedelta = GAP, lease: timedelta = LEASE
    ) -> None:
        self._deps, self._connected, self._gap, self._lease = deps, connected, gap, lease
        self._in_hand: dict[str, DmBacklog] = {}
        """The DM that is being read here, by workspace."""
        self._one = Lock()
        self._stopping = False
        self._trouble = RepeatedFailure()

    def look(self) -> None:
        """Record that Slack is heard; read what was typed in a gap that is over, within the method's rate limit."""
        self._where_the_database_is(self._look)

    def stop(self) -> None:
        """Stop reading, and release the DM in hand at once."""
        self._stopping = True
        self._where_the_database_is(self._let_go)

    def _where_the_database_is(self, do: Callable[[], None]) -> None:
        try:
            with self._one:
                do()
        except Exception as error:
            known = classify(error, self._deps.ctx.db.url)
            if known is None:
                raise
            # the tick logs that the database is away, so nothing is logged here
            log.info("what was typed while nobody listened is left as it is: %s", known)

    def _let_go(self) -> None:
        while self._in_hand:
            _, dm = self._in_hand.popitem()
            with self._deps.ctx.db.write() as session:
                unread_dms.renew(session, dm.claim, self._deps.ctx.clock.real())

    def _look(self) -> None:
        if self._stopping:
            return
        if not self._connected():
            # the pages read aren't kept until Slack is back; the row stays, and whoever is connected reads the DM anew
            self._let_go()
            return
        with self._deps.ctx.db.read() as session:
            here = [(w, workspaces.heard(session, w.workspace_id)) for w in workspaces.known(session)]
        now = self._deps.ctx.clock.wall()
        for workspace, last in here:
            # a clock that was set back leaves an instant ahead, which is no gap
            over = last is not None and now - last > self._gap
            if last is None or over or not timedelta(0) <= now - last < self._gap / 8:
                self._hear(workspace.workspace_id, last, now, over=over)
        going = [workspace.workspace_id for workspace, _ in here if workspace.held is None]
        for held in self._in_hand.keys() - set(going):
            del self._in_hand[held]
        self._read(going)

    def _hear(self, workspace_id: str, last: datetime | None, now: datetime, *, over: bool) -> None:
        """Record that Slack is heard, and in the same transaction the DMs to be read after a gap."""
        clock, people = self._deps.ctx.clock, list[str]()
        if over:
            with self._deps.ctx.db.read() as session:
                people = unread_dms.talked_with(session, workspace_id, clock.business(), clock.real())
        with self._deps.ctx.db.write() as session:
            mine = workspaces.hear(session, workspace_id, last, now)
            if mine and over and last is not None:
                unread_dms.plan(session, workspace_id, people, last, clock.real())
        if over:
            # status events of the gap are lost too, so due learners are looked up
            self._deps.sender.gap_is_over()
        if mine and over and last is not None:
            about = {"seconds": round((now - last).total_seconds()), "dms": len(people)}
            WORK.info("Slack wasn't heard for a while; what was typed is read", extra=about)

    def _read(self, workspaces: list[str]) -> None:
        """Read on until the next look, which records that Slack is heard: a longer reading would count as a gap."""
        until = self._deps.ctx.clock.real() + timedelta(seconds=LOOK_SECONDS)
        going = deque(workspaces)
        while going and not self._stopping and self._deps.ctx.clock.real() < until:
            workspace_id = going.popleft()
            if self._read_on(workspace_id):
                going.append(workspace_id)

    def _read_on(self, workspace_id: str) -> bool:
        """Read a page, and process a DM once it is read; return False if there is nothing more to do now."""
        dm = self._in_hand[workspace_id] if self._holds_on(workspace_id) else self._take_up(workspace_id)
        if dm is None:
            return False
        try:
            if not dm.whole and not self._read_page(dm):
                return False
            done = dm.whole and process_dm(self._deps, dm)
        except (OperationalError, InterfaceError, PoolTimeoutError):
            # the database is away, so the next look goes on with this DM
            raise
        except Exception:
            # this DM fails for good, so the others are read without it
            self._dealt_with(dm)
            raise
        if done:
            self._dealt_with(dm)
            if dm.acted:
                self._follow(dm)
        return True

    def _holds_on(self, workspace_id: str) -> bool:
        """Return True if this process still has the lease of the DM in hand."""
        dm = self._in_hand.get(workspace_id)
        if dm is None:
            return False
        with self._deps.ctx.db.write() as session:
            claim = unread_dms.renew(session, dm.claim, self._deps.ctx.clock.real() + self._lease)
        if claim is None:
            del self._in_hand[workspace_id]
            return False
        dm.claim = claim
        return True

    def _take_up(self, workspace_id: str) -> DmBacklog | None:
        """Claim the next DM; return None if none waits. One whose person has no DM any more is done."""
        db, real = self._deps.ctx.db, self._deps.ctx.clock.real()
        while True:
            with db.read() as session:
                if not unread_dms.any_open(session, workspace_id, real):
                    return None
            with db.write() as session:
                claim = unread_dms.claim(session, workspace_id, real, self._lease)
                if claim is None:
                    return None
                learner = learners.get(session, workspace_id, claim.learner_id)
                if learner is None or learner.channel_id is None:
                    unread_dms.dealt_with(session, claim)
                    continue
            dm = self._in_hand[workspace_id] = DmBacklog.take_up(claim, learner.channel_id)
            return dm

    def _dealt_with(self, dm: DmBacklog) -> None:
        with self._deps.ctx.db.write() as session:
            unread_dms.dealt_with(session, dm.claim)
        del self._in_hand[dm.claim.workspace_id]

    def _read_page(self, dm: DmBacklog) -> bool:
        """Read one page; return False without a free call or an answer, so that a later look goes on."""
        workspace_id = dm.claim.workspace_id
        if self._deps.sender.wait_for(workspace_id, HISTORY):
            return False
        try:
            page = self._deps.slack.words_since(workspace_id, dm.channel_id, dm.since, dm.cursor)
        except SlackRefusedError as error:
            return self._refused(dm, error)
        except SlackError as error:
            self._no_answer(dm, error)
            return False
        if self._trouble.over():
            log.info("what was typed while nobody listened is read")
        dm.take(page)
        return True

    def _refused(self, dm: DmBacklog, error: SlackRefusedError) -> bool:
        """Give up this DM, unless no DM can be read; return True to go on."""
        dm.begin_anew()
        if error.code == "invalid_cursor":
            return True
        log.warning("what was typed to a DM while nobody listened can't be read: %s", error)
        # a revoked token is replaced some day, so the DM is kept
        dm.whole = self._deps.slack.works(dm.claim.workspace_id)
        return dm.whole

    def _no_answer(self, dm: DmBacklog, error: SlackError) -> None:
        if self._trouble.is_news(str(error)):
            log.warning("what was typed while nobody listened can't be read yet: %s", error)
        if isinstance(error, SlackBusyError):
            # the rate limit is no failure of this DM
            self._deps.sender.busy(dm.claim.workspace_id, HISTORY, error.retry_after_seconds)
            return
        dm.unanswered += 1
        if dm.unanswered >= TRIES:
            # a DM without an answer goes behind the others, so that it doesn't block them
            with self._deps.ctx.db.write() as session:
                unread_dms.put_behind(session, dm.claim, self._deps.ctx.clock.real())
            del self._in_hand[dm.claim.workspace_id]

    def _follow(self, dm: DmBacklog) -> None:
        workspace_id, person_id = dm.claim.workspace_id, dm.claim.learner_id
        self._deps.sender.hurry(workspace_id, person_id)
        self._deps.sender.refresh(workspace_id, person_id)
        homes.refresh_home(self._deps, workspace_id, person_id)
