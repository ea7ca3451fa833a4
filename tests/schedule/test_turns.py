"""Each workspace has its pace, whoever sends for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery import Delivery, Slot, State
from bot.domain.pacing import POST, Pace, Paces
from bot.domain.people import Learner
from bot.schedule import turns
from bot.schedule.turns import Now
from bot.services.house import House
from bot.store import deliveries, learners, paces, records
from tests.helpers import TEAM, FakeClock

SECOND = timedelta(seconds=1)
OTHER = "T0OTHER"


def fill(house: House, workspace_id: str, count: int, first: int = 0) -> None:
    """So many messages, each to somebody else, the first due longest ago."""
    at = house.clock.business()
    with house.db.write() as session:
        records.save_workspace(session, records.Workspace(workspace_id, "Test", "UBOT"))
        for n in range(first, first + count):
            learners.add(session, Learner(workspace_id, f"U{n:03}", "", "UTC"))
            due = at - timedelta(minutes=10) + timedelta(seconds=n)
            made = Delivery(workspace_id, f"d{n:03}", f"U{n:03}", Slot.ASKED, State.DUE, due, cause="x",
                            claimable_at=due)  # fmt: skip
            assert deliveries.add(session, made)


@pytest.fixture
def now(clock: FakeClock) -> Now:
    return Now(clock.at, clock.real_at, timedelta(minutes=2))


def claimed(house: House, now: Now, pace: Pace, most: int = 100) -> list[tuple[str, str, float]]:
    """Who has a turn, and after how many seconds."""
    with house.db.read() as session:
        workspaces = deliveries.due_in(session, now.business, now.real)
    with house.db.write() as session:
        given = turns.claim(session, workspaces, now, pace, most)
    return [(t.delivery.workspace_id, t.delivery.delivery_id, t.wait.total_seconds()) for t in given]


def test_the_oldest_go_first_and_a_pace_is_kept(house: House, now: Now) -> None:
    fill(house, TEAM, 20)
    pace = Pace(120, burst=2)
    assert claimed(house, now, pace) == [
        (TEAM, "d000", 0), (TEAM, "d001", 0), (TEAM, "d002", 0.5), (TEAM, "d003", 1.0),
    ]  # fmt: skip
    assert claimed(house, now, pace) == []
    later = Now(now.business, now.real + SECOND, now.lease)
    assert [(d, wait) for _, d, wait in claimed(house, later, pace)] == [("d004", 0.5), ("d005", 1.0)]


def test_a_workspace_with_much_to_send_keeps_no_other_waiting(house: House, now: Now) -> None:
    fill(house, TEAM, 60)
    fill(house, OTHER, 3)
    first = claimed(house, now, Pace(6000, burst=50), most=8)
    assert sorted(workspace for workspace, _, _ in first) == [TEAM] * 4 + [OTHER] * 3


def test_not_now_holds_one_workspace_for_all_and_no_other(house: House, now: Now) -> None:
    fill(house, TEAM, 5)
    fill(house, OTHER, 5)
    pace = Pace(600, burst=5)
    with house.db.write() as session:
        turns.hold(session, TEAM, POST, now.real + timedelta(seconds=30), pace)
    assert {workspace for workspace, _, _ in claimed(house, now, pace)} == {OTHER}
    later = Now(now.business, now.real + timedelta(seconds=30), now.lease)
    assert {workspace for workspace, _, _ in claimed(house, later, pace)} == {TEAM}


def test_who_has_just_tapped_goes_first_and_the_others_wait_for_it(house: House, now: Now) -> None:
    fill(house, TEAM, 10)
    pace = Pace(60)
    assert len(claimed(house, now, pace, most=1)) == 1
    with house.db.write() as session:
        asked = turns.claim_asked(session, TEAM, "U009", now, pace, 8)
        assert [d.delivery_id for d in asked] == ["d009"]
        assert paces.arrival(session, TEAM, POST, now.real) == now.real + 2 * SECOND
    with house.db.write() as session:
        turns.hold(session, TEAM, POST, now.real + timedelta(minutes=1), pace)
        assert turns.claim_asked(session, TEAM, "U008", now, pace, 8) == []


def test_a_tier_is_shared_and_says_how_long_to_wait(house: House, now: Now) -> None:
    fill(house, TEAM, 1)
    waits = []
    for _ in range(12):
        with house.db.write() as session:
            waits.append(turns.wait_for(session, TEAM, "chat.update", now.real, Paces().of("chat.update")))
    assert waits[:10] == [timedelta(0)] * 10
    assert waits[10] == waits[11] == timedelta(minutes=1) / 37.5
