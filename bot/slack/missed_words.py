"""Words typed while no connection was open: Socket Mode doesn't bring them again, so the DMs are read once afterwards.

Over HTTP Slack delivers an event again by itself, up to three times; nothing is read there.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from bot.domain.intents import TypedWords
from bot.domain.pacing import HISTORY
from bot.errors import SlackError
from bot.logs import WORK
from bot.slack.deeds.words import hear, hear_late
from bot.slack.desk import Caller, Desk, said_id
from bot.slack.spelling import as_typed
from bot.slack.visit import enter, met
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


@dataclass(frozen=True)
class _Dm:
    workspace_id: str
    person_id: str
    channel_id: str
    since: datetime


class MissedWords:
    """Looks every few seconds whether Slack is heard. After a gap in all processes, one of them reads the DMs.

    What is still to be read is kept in memory: a process that ends meanwhile leaves the rest unread.
    """

    def __init__(self, desk: Desk, connected: Callable[[], bool], gap: timedelta = GAP) -> None:
        self._desk, self._connected, self._gap = desk, connected, gap
        self._to_read: deque[_Dm] = deque()
        self._one = Lock()

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
        self._to_read.extend(_Dm(workspace_id, person_id, channel_id, since) for person_id, channel_id in found)
        gap = round((now - since).total_seconds())
        WORK.info("Slack wasn't heard for a while; what was typed is read", extra={"seconds": gap, "dms": len(found)})

    def _read(self) -> None:
        while self._to_read:
            dm = self._to_read[0]
            if self._desk.courier.wait_for(dm.workspace_id, HISTORY):
                return
            self._to_read.popleft()
            try:
                said = self._desk.slack.words_since(dm.workspace_id, dm.channel_id, dm.since)
            except SlackError as error:
                log.warning("what was typed to a DM while nobody listened can't be read: %s", error)
                continue
            mine = [word for word in said if word.person_id == dm.person_id]
            if mine:
                self._take(dm, sorted(mine, key=lambda word: float(word.ts)))

    def _take(self, dm: _Dm, said: list[TypedWords]) -> None:
        now = self._desk.house.clock.wall()
        for number, word in enumerate(said, 1):
            caller = Caller(dm.workspace_id, dm.person_id, said_id(dm.channel_id, word.ts))
            typed = datetime.fromtimestamp(float(word.ts), UTC)
            with self._desk.house.db.write() as session:
                known = met(session, caller)
                if known is None or known.foreign:
                    return
                if records.had_effect(session, caller.workspace_id, caller.request_id):
                    continue
                tapped = records.last_tap(session, caller.workspace_id, caller.person_id)
                visit = enter(self._desk, session, caller)
                if not visit.fresh:
                    continue
                text = as_typed(word.text)
                if now - typed < SOON:
                    hear(session, visit.house, visit.learner, text, visit.at, caller.request_id)
                else:
                    newer = tapped is not None and tapped > typed
                    hear_late(
                        session,
                        visit.house,
                        visit.learner,
                        text,
                        visit.at,
                        caller.request_id,
                        tapped_since=newer,
                        last=number == len(said),
                    )
        self._desk.courier.hurry(dm.workspace_id, dm.person_id)
