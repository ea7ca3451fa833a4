"""Words typed while no connection was open: Socket Mode doesn't bring them again, so the DMs are read once afterwards.

Over HTTP Slack delivers an event again by itself, up to three times; nothing is read there.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

from sqlalchemy.exc import InterfaceError, OperationalError

from bot.domain.intents import TypedWords, WordsPage
from bot.domain.pacing import HISTORY
from bot.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.logs import WORK, Trouble
from bot.slack import homes
from bot.slack.deeds.words import Missed, hear_missed, wants_on
from bot.slack.desk import Caller, Desk, said_id
from bot.slack.spelling import as_typed
from bot.slack.visit import Visit, enter, met
from bot.store import deliveries, records
from bot.store.failures import classify

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""How often it is noted that a connection hears Slack, and whether a gap is over."""
GAP = timedelta(minutes=1)
RECENT = timedelta(days=14)
"""Only who had a message, or tapped, within so long is asked about."""
SOON = timedelta(hours=1)
"""What is older than this isn't answered any more: one line asks to say it again."""


@dataclass
class _Dm:
    """A DM that is being read, page by page, the newest first."""

    workspace_id: str
    person_id: str
    channel_id: str
    since: datetime
    cursor: str = ""
    whole: bool = False
    said: list[TypedWords] = field(default_factory=list)

    def take(self, page: WordsPage) -> None:
        """Add a page."""
        self.said += (word for word in page.words if word.person_id == self.person_id)
        self.cursor, self.whole = page.cursor, not page.cursor

    def begin_anew(self) -> None:
        """As if nothing had been read."""
        self.cursor, self.whole, self.said = "", False, []


class MissedWords:
    """Looks every few seconds whether Slack is heard. After a gap in all processes, one of them reads the DMs.

    What is still to be read is kept in memory: a process that ends meanwhile leaves the rest unread.
    """

    def __init__(self, desk: Desk, connected: Callable[[], bool], gap: timedelta = GAP) -> None:
        self._desk, self._connected, self._gap = desk, connected, gap
        self._to_read: deque[_Dm] = deque()
        self._one = Lock()
        self._trouble = Trouble()

    def look(self) -> None:
        """Note that Slack is heard; read what was typed in a gap that is over, at the pace of the method."""
        try:
            with self._one:
                self._look()
        except Exception as error:
            known = classify(error, self._desk.house.db.url)
            if known is None:
                raise
            # ticks say that the database is away
            log.info("whether Slack was heard can't be noted: %s", known)

    def _look(self) -> None:
        if not self._connected():
            return
        now = self._desk.house.clock.wall()
        with self._desk.house.db.read() as session:
            here = [(w.workspace_id, records.heard(session, w.workspace_id)) for w in records.workspaces(session)]
        for workspace_id, last in here:
            # a clock that was set back leaves an instant ahead: no gap
            over = last is not None and now - last > self._gap
            if last is not None and not over and timedelta(0) <= now - last < self._gap / 8:
                continue
            with self._desk.house.db.write() as session:
                mine = records.hear(session, workspace_id, last, now)
            if over:
                # statuses that were set meanwhile were told to nobody either
                self._desk.courier.gap_is_over()
            if over and mine and last is not None:
                self._plan(workspace_id, last, now)
        self._read()

    def _plan(self, workspace_id: str, since: datetime, now: datetime) -> None:
        at = self._desk.house.clock.business()
        with self._desk.house.db.read() as session:
            found = deliveries.talked_with(session, workspace_id, at - RECENT, self._desk.house.clock.real() - RECENT)
        known = {dm.channel_id for dm in self._to_read}
        self._to_read.extend(_Dm(workspace_id, who, dm, since) for who, dm in found if dm not in known)
        gap = round((now - since).total_seconds())
        WORK.info("Slack wasn't heard for a while; what was typed is read", extra={"seconds": gap, "dms": len(found)})

    def _read(self) -> None:
        """Read on. Not for longer than until the next look, which notes that Slack is heard: else this were a gap."""
        until = self._desk.house.clock.real() + timedelta(seconds=LOOK_SECONDS)
        while self._to_read and self._desk.house.clock.real() < until:
            dm = self._to_read[0]
            try:
                if not dm.whole and not self._read_page(dm):
                    return
                acted = dm.whole and self._take(dm)
            except (OperationalError, InterfaceError):
                # the database is away, which is nobody's fault: the next look goes on with this one
                raise
            except Exception:
                # with this one something is wrong that won't change: the others are read all the same
                self._to_read.popleft()
                raise
            if dm.whole:
                self._to_read.popleft()
            if acted:
                self._follow(dm)

    def _read_page(self, dm: _Dm) -> bool:
        """Read one page; False when there is no turn, or no answer: then the next look goes on."""
        if self._desk.courier.wait_for(dm.workspace_id, HISTORY):
            return False
        try:
            page = self._desk.slack.words_since(dm.workspace_id, dm.channel_id, dm.since, dm.cursor)
        except SlackRefusedError as error:
            if error.code == "invalid_cursor":
                dm.begin_anew()
                return True
            log.warning("what was typed to a DM while nobody listened can't be read: %s", error)
            dm.begin_anew()
            dm.whole = True
            return True
        except SlackError as error:
            if isinstance(error, SlackBusyError):
                self._desk.courier.busy(dm.workspace_id, HISTORY, error.retry_after)
            if self._trouble.is_news(str(error)):
                log.warning("what was typed while nobody listened can't be read yet: %s", error)
            # one DM that never gets an answer doesn't keep the others waiting
            self._to_read.rotate(-1)
            return False
        if self._trouble.over():
            log.info("what was typed while nobody listened is read")
        dm.take(page)
        return True

    def _take(self, dm: _Dm) -> bool:
        """Deal with all that was typed, in the order of typing, a transaction each; False when nothing was new."""
        said = sorted(dm.said, key=lambda word: float(word.ts))
        fresh, asked = False, False
        for number, word in enumerate(said, 1):
            with self._desk.house.db.write() as session:
                caller = Caller(dm.workspace_id, dm.person_id, said_id(dm.channel_id, word.ts))
                known = met(session, caller)
                if known is None or known.foreign:
                    return False
                if records.had_effect(session, caller.workspace_id, caller.request_id):
                    continue
                tapped = records.last_tap(session, caller.workspace_id, caller.person_id)
                visit = enter(self._desk, session, caller)
                if not visit.fresh:
                    continue
                typed = datetime.fromtimestamp(float(word.ts), UTC)
                missed = Missed(
                    as_typed(word.text),
                    overtaken=(tapped is not None and tapped > typed) or self._goes_on(visit, dm, said[number:]),
                    old=self._desk.house.clock.wall() - typed >= SOON,
                )
                again = hear_missed(
                    session, visit.house, visit.learner, missed, visit.at, caller.request_id, ask=not asked
                )
                fresh, asked = True, asked or again
        return fresh

    def _goes_on(self, visit: Visit, dm: _Dm, later: list[TypedWords]) -> bool:
        """Whether they have typed since, and been heard, that they want to go on."""
        return any(
            records.had_effect(visit.session, dm.workspace_id, said_id(dm.channel_id, word.ts))
            and wants_on(visit.session, visit.house, visit.learner, as_typed(word.text), visit.at)
            for word in later
        )

    def _follow(self, dm: _Dm) -> None:
        self._desk.courier.hurry(dm.workspace_id, dm.person_id)
        self._desk.courier.refresh(dm.workspace_id, dm.person_id)
        homes.freshen(self._desk, dm.workspace_id, dm.person_id)
