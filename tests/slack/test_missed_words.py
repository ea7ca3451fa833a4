"""How DMs are read after a gap in what Slack tells: page by page, at the pace of the method."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.domain.intents import TypedWords, WordsPage
from bot.schedule import Courier, Patience
from bot.services.house import House
from bot.slack.desk import Desk
from bot.slack.missed_words import LOOK_SECONDS, MissedWords
from bot.store import learners, records
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


started: list[Courier] = []


@pytest.fixture(autouse=True)
def nothing_goes_on_once_the_database_is_closed(house: House) -> Iterator[None]:
    yield
    while started:
        started.pop().stop()


def listening(house: House, slack: Slow) -> MissedWords:
    """All have tapped something lately, and then nobody listened for five minutes."""
    started.append(Courier(house, slack, Patience(), threads=1))
    desk = Desk(house, slack, slack, started[-1])
    for person in PEOPLE:
        slack.add(person)
        with house.db.write() as session:
            learner = learners.remember(session, slack.profiles[person])
            learners.update(session, learner, channel_id=f"D{person}")
            records.first_time(session, TEAM, f"tap:{person}:1.2:next", house.clock.real() - timedelta(hours=1))
    missed = MissedWords(desk, lambda: True)
    missed.look()
    return missed


def paused(house: House) -> list[str]:
    with house.db.read() as session:
        return [person for person in PEOPLE if "person" in learners.holds(session, TEAM, person)]


def test_a_slow_reading_is_no_gap_that_has_all_read_again(house: House, clock: FakeClock) -> None:
    slack = Slow(clock, timedelta(seconds=20))
    missed = listening(house, slack)
    clock.real_at += timedelta(minutes=5)
    for _ in range(3 * len(PEOPLE)):
        missed.look()
        clock.real_at += LOOK
    assert sorted(slack.asked) == sorted(f"D{person}" for person in PEOPLE)
    assert paused(house) == PEOPLE


def test_what_cant_be_dealt_with_keeps_nobody_elses_words_waiting(house: House, clock: FakeClock) -> None:
    slack = Slow(clock, broken=PEOPLE[3])
    missed = listening(house, slack)
    clock.real_at += timedelta(minutes=5)
    with pytest.raises(ValueError, match="no number"):
        missed.look()
    missed.look()
    assert paused(house) == [person for person in PEOPLE if person != PEOPLE[3]]


def test_a_database_that_is_away_for_a_moment_loses_no_words(
    house: House, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = Slow(clock)
    missed = listening(house, slack)
    clock.real_at += timedelta(minutes=5)
    with monkeypatch.context() as away:
        away.setattr("bot.slack.reading_back.enter", gone)
        missed.look()
        assert paused(house) == []
    missed.look()
    assert paused(house) == PEOPLE
    assert len(slack.asked) == len(PEOPLE), "what was read is kept"


def gone(*_: object) -> None:
    raise OperationalError("SELECT 1", {}, psycopg.OperationalError("the connection is closed"))
