"""Each workspace has its limit, whoever sends for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.context import AppContext
from bot.delivery import claims
from bot.delivery.claims import Clocks
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.people import Learner
from bot.domain.rate_limit import POST, RateLimit, RateLimits
from bot.domain.workspaces import Workspace
from bot.store import deliveries, delivery_queue, learners, rate_limits, workspaces
from tests.helpers import TEAM, FakeClock

SECOND = timedelta(seconds=1)
OTHER = "T0OTHER"


def fill(ctx: AppContext, workspace_id: str, count: int, first: int = 0) -> None:
    """So many messages, each to somebody else, the first due longest ago."""
    at = ctx.clock.business()
    with ctx.db.write() as session:
        workspaces.save(session, Workspace(workspace_id, "Test", "UBOT"))
        for n in range(first, first + count):
            learners.add(session, Learner(workspace_id=workspace_id, learner_id=f"U{n:03}", name="", tz="UTC"))
            due = at - timedelta(minutes=10) + timedelta(seconds=n)
            made = Delivery(
                workspace_id=workspace_id,
                delivery_id=f"d{n:03}",
                learner_id=f"U{n:03}",
                slot=Slot.ASKED,
                state=State.DUE,
                due_at=due,
                caused_by="x",
                claimable_at=due,
            )
            assert deliveries.add(session, made)


@pytest.fixture
def now(clock: FakeClock) -> Clocks:
    return Clocks(clock.at, clock.real_at, timedelta(minutes=2))


def claimed(ctx: AppContext, now: Clocks, limit: RateLimit, most: int = 100) -> list[tuple[str, str, float]]:
    """Who has a turn, and after how many seconds."""
    with ctx.db.read() as session:
        workspaces = delivery_queue.due_in(session, now.business, now.real)
    with ctx.db.write() as session:
        given = claims.claim(session, workspaces, now, RateLimits(limit), most)
    return [(t.delivery.workspace_id, t.delivery.delivery_id, t.wait.total_seconds()) for t in given]


def test_the_oldest_go_first_and_a_pace_is_kept(ctx: AppContext, now: Clocks) -> None:
    fill(ctx, TEAM, 20)
    limit = RateLimit(120, burst=2)
    assert claimed(ctx, now, limit) == [
        (TEAM, "d000", 0), (TEAM, "d001", 0), (TEAM, "d002", 0.5), (TEAM, "d003", 1.0),
    ]  # fmt: skip
    assert claimed(ctx, now, limit) == []
    later = Clocks(now.business, now.real + SECOND, now.lease)
    assert [(d, wait) for _, d, wait in claimed(ctx, later, limit)] == [("d004", 0.5), ("d005", 1.0)]


def test_a_workspace_with_much_to_send_keeps_no_other_waiting(ctx: AppContext, now: Clocks) -> None:
    fill(ctx, TEAM, 60)
    fill(ctx, OTHER, 3)
    first = claimed(ctx, now, RateLimit(6000, burst=50), most=8)
    assert sorted(workspace for workspace, _, _ in first) == [TEAM] * 4 + [OTHER] * 3


def test_not_now_holds_one_workspace_for_all_and_no_other(ctx: AppContext, now: Clocks) -> None:
    fill(ctx, TEAM, 5)
    fill(ctx, OTHER, 5)
    limit = RateLimit(600, burst=5)
    with ctx.db.write() as session:
        claims.hold(session, TEAM, POST, now.real + timedelta(seconds=30), limit)
    assert {workspace for workspace, _, _ in claimed(ctx, now, limit)} == {OTHER}
    later = Clocks(now.business, now.real + timedelta(seconds=30), now.lease)
    assert {workspace for workspace, _, _ in claimed(ctx, later, limit)} == {TEAM}


def test_who_has_just_tapped_goes_first_and_the_others_wait_for_it(ctx: AppContext, now: Clocks) -> None:
    fill(ctx, TEAM, 10)
    limit = RateLimit(60)
    assert len(claimed(ctx, now, limit, most=1)) == 1
    with ctx.db.write() as session:
        asked = claims.claim_asked(session, TEAM, "U009", now, limit, 8)
        assert [d.delivery_id for d in asked] == ["d009"]
        assert rate_limits.arrival(session, TEAM, POST, now.real) == now.real + 2 * SECOND
    with ctx.db.write() as session:
        claims.hold(session, TEAM, POST, now.real + timedelta(minutes=1), limit)
        assert claims.claim_asked(session, TEAM, "U008", now, limit, 8) == []


def test_a_tier_is_shared_and_says_how_long_to_wait(ctx: AppContext, now: Clocks) -> None:
    fill(ctx, TEAM, 1)
    waits = []
    for _ in range(12):
        with ctx.db.write() as session:
            waits.append(claims.wait_for(session, TEAM, "chat.update", now.real, RateLimits().of("chat.update")))
    assert waits[:10] == [timedelta(0)] * 10
    assert waits[10] == waits[11] == timedelta(minutes=1) / 37.5
