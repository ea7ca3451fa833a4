"""How DMs are read after a gap in what Slack tells: page by page, at the pace of the method."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from bot.domain.intents import TypedWords, WordsPage
from bot.slack.handlers.deps import Deps
from bot.slack.inbound.missed_messages import LOOK_SECONDS, MissedMessages
from bot.store import learners, requests
from tests import rows
from tests.helpers import TEAM, FakeClock, FakeSlack

PEOPLE = [f"U{n}" for n in range(8)]
LOOK = timedelta(seconds=LOOK_SECONDS)


class Slow(FakeSlack):
    """Takes its time to answer. `broken`: whose history brings something that can't be dealt with."""

    def __init__(self, clock: FakeClock, takes: timedelta = timedelta(0), broken: str = "") -> None:
        super().__init__()
        self._clock, self._takes, self._broken = clock, takes, broken
        self.asked: list[str] = []

    def words_since(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> WordsPage:
        self.asked.append(channel_id)
        self._clock.real_at += self._takes
        ts = "no number" if channel_id == f"D{self._broken}" else f"{self._clock.real_at.timestamp() - 120:.6f}"
        return WordsPage((TypedWords(channel_id[1:], ts, "pause"),), "")


started: list[Sender] = []


@pytest.fixture(autouse=True)
def nothing_goes_on_once_the_database_is_closed(ctx: AppContext) -> Iterator[None]:
    yield
    while started:
        started.pop().stop()


def listening(ctx: AppContext, slack: Slow) -> MissedMessages:
    """All have tapped something lately, and then nobody listened for five minutes."""
    started.append(Sender(ctx, slack, Timeouts(), threads=1))
    deps = Deps(ctx=ctx, slack=slack, screens=slack, sender=started[-1])
    for person in PEOPLE:
        slack.add(person)
        with ctx.db.write() as session:
            learner = learners.remember(session, slack.profiles[person])
            learners.update(session, learner, channel_id=f"D{person}")
            requests.first_time(session, TEAM, f"tap:{person}:1.2:next", ctx.clock.real() - timedelta(hours=1))
    missed = MissedMessages(deps, lambda: True)
    missed.look()
    return missed


def paused(ctx: AppContext) -> list[str]:
    with ctx.db.read() as session:
        return [person for person in PEOPLE if "person" in rows.holds_of(session, TEAM, person)]


def test_a_slow_reading_is_no_gap_that_has_all_read_again(ctx: AppContext, clock: FakeClock) -> None:
    slack = Slow(clock, timedelta(seconds=20))
    missed = listening(ctx, slack)
    clock.real_at += timedelta(minutes=5)
    for _ in range(3 * len(PEOPLE)):
        missed.look()
        clock.real_at += LOOK
    assert sorted(slack.asked) == sorted(f"D{person}" for person in PEOPLE)
    assert paused(ctx) == PEOPLE


def test_what_cant_be_dealt_with_keeps_nobody_elses_words_waiting(ctx: AppContext, clock: FakeClock) -> None:
    slack = Slow(clock, broken=PEOPLE[3])
    missed = listening(ctx, slack)
    clock.real_at += timedelta(minutes=5)
    with pytest.raises(ValueError, match="no number"):
        missed.look()
    missed.look()
    assert paused(ctx) == [person for person in PEOPLE if person != PEOPLE[3]]


def test_a_database_that_is_away_for_a_moment_loses_no_words(
    ctx: AppContext, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = Slow(clock)
    missed = listening(ctx, slack)
    clock.real_at += timedelta(minutes=5)
    with monkeypatch.context() as away:
        away.setattr("bot.slack.inbound.dm_backlog.open_request", gone)
        missed.look()
        assert paused(ctx) == []
    missed.look()
    assert paused(ctx) == PEOPLE
    assert len(slack.asked) == len(PEOPLE), "what was read is kept"


def gone(*_: object) -> None:
    raise OperationalError("SELECT 1", {}, psycopg.OperationalError("the connection is closed"))
