"""Admins' orders, claimed like deliveries and worked off at the pace of users.info."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest

from bot.actions.orders import submit
from bot.context import AppContext, SlackPort
from bot.delivery.attempt_results import AttemptResults
from bot.delivery.background_jobs import BackgroundJobs
from bot.delivery.profile_lookup import ProfileLookup
from bot.domain.orders import Order, OrderVerb
from bot.domain.people import Hold, HoldKind, Profile
from bot.domain.rate_limit import RateLimits
from bot.slack.outbound.web_api import WebApi
from bot.store import learners, orders
from localslack import LocalSlack
from localslack.rate_limits import Meter
from tests.helpers import ADMIN, MAYA, TEAM, FakeClock, FakeSlack

LEASE = timedelta(seconds=70)


class Counting(FakeSlack):
    """Counts who was looked up."""

    def __init__(self, crash_at: int = 0) -> None:
        super().__init__()
        self.looked_up: list[str] = []
        self.crash_at = crash_at

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        self.looked_up.append(person_id)
        if len(self.looked_up) == self.crash_at:
            raise SystemExit("killed")
        return super().profile(workspace_id, person_id)


def ordered(ctx: AppContext, slack: FakeSlack, number: int, name: str = "order", first: int = 0) -> Order:
    people = [f"U{n:04}" for n in range(first, first + number)]
    for person in (*people, ADMIN):
        slack.add(person)
    order = Order(
        workspace_id=TEAM,
        order_id=name,
        admin_id=ADMIN,
        verb=OrderVerb.ASSIGN,
        track_id="abc",
        people={"ids": people},
        created_at=ctx.clock.business(),
    )
    with ctx.db.write() as session:
        submit(session, ctx, order)
        stored = orders.get(session, TEAM, name)
        assert stored is not None
        orders.update(session, stored, state="stored", open_real=ctx.clock.real())
    return stored


def worker(
    ctx: AppContext,
    slack: SlackPort,
    limits: RateLimits = RateLimits(share=1000),  # noqa: B008
    stopping: Event | None = None,
) -> BackgroundJobs:
    results = AttemptResults(ctx, timedelta(seconds=30), limits)
    profiles = ProfileLookup(ctx, slack, results)
    return BackgroundJobs(ctx, slack, profiles, results.tally, lease=LEASE, stopping=stopping or Event())


def state(ctx: AppContext, name: str = "order") -> tuple[str, int]:
    with ctx.db.read() as session:
        order = orders.get(session, TEAM, name)
        assert order is not None
        return order.state, len(orders.effects(session, order))


def test_of_two_workers_one_does_an_order_and_nobody_is_looked_up_twice(ctx: AppContext) -> None:
    slack = Counting()
    ordered(ctx, slack, 30)
    together = Barrier(2)

    def work() -> None:
        mine = worker(ctx, slack)
        together.wait()
        mine.work_off()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state(ctx) == ("done", 30)
    assert len(slack.looked_up) == len(set(slack.looked_up)) == 31


def test_an_order_whose_worker_crashed_goes_on_where_it_was_once_its_lease_is_over(
    ctx: AppContext, clock: FakeClock
) -> None:
    slack = Counting(crash_at=11)
    ordered(ctx, slack, 30)
    with pytest.raises(SystemExit):
        worker(ctx, slack).work_off()
    assert state(ctx)[1] == 9
    worker(ctx, slack).work_off()
    assert state(ctx)[1] == 9, "it is claimed"
    clock.real_at += LEASE
    worker(ctx, slack).work_off()
    assert state(ctx) == ("done", 30)
    assert len(slack.looked_up) == 32, "only the one on which it crashed was looked up again"


class Meanwhile(Counting):
    """While somebody is looked up, the clock goes on, and once something else happens."""

    def __init__(self, clock: FakeClock, each: timedelta) -> None:
        super().__init__()
        self._clock, self._each = clock, each
        self.at: dict[int, Callable[[], object]] = {}

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        found = super().profile(workspace_id, person_id)
        self._clock.real_at += self._each
        self.at.pop(len(self.looked_up), list)()
        return found


def test_an_order_behind_a_long_one_is_free_for_others_who_then_have_it(ctx: AppContext, clock: FakeClock) -> None:
    slack = Meanwhile(clock, timedelta(seconds=10))
    ordered(ctx, slack, 20)
    ordered(ctx, slack, 20, "another", first=20)
    before = len(slack.looked_up)

    def the_other_begins() -> None:
        slack.crash_at = 20
        with pytest.raises(SystemExit):
            worker(ctx, slack).work_off()

    # by now the first worker has been at the first order for longer than a lease
    slack.at[15] = the_other_begins
    worker(ctx, slack).work_off()
    assert (state(ctx), state(ctx, "another")) == (("done", 20), ("stored", 4)), "the other one is another's"
    assert len(slack.looked_up) - before == 1 + 20 + 5


def test_a_worker_that_fell_asleep_past_its_lease_leaves_the_order_to_whoever_took_it(
    ctx: AppContext, clock: FakeClock
) -> None:
    slack = Meanwhile(clock, timedelta(0))
    ordered(ctx, slack, 30)

    def asleep() -> None:
        clock.real_at += LEASE
        worker(ctx, slack).work_off()

    slack.at[11] = asleep
    worker(ctx, slack).work_off()
    assert state(ctx) == ("done", 30)
    assert len(slack.looked_up) == 32, "only the one over whom it fell asleep was looked up again"


def test_an_order_of_many_goes_on_at_the_pace_of_users_info(ctx: AppContext, clock: FakeClock) -> None:
    slack = Counting()
    ordered(ctx, slack, 300)
    mine = worker(ctx, slack, RateLimits())
    for minute in range(5):
        before = len(slack.looked_up)
        until = clock.real_at + timedelta(minutes=1)
        while clock.real_at < until:
            mine.work_off()
            clock.real_at += timedelta(seconds=1)
        assert len(slack.looked_up) - before <= 100, f"more than Slack allows in minute {minute}"
    assert state(ctx) == ("done", 300)
    assert len(slack.looked_up) == 301


def test_a_bot_that_stops_leaves_the_rest_of_an_order_to_the_next_at_once(ctx: AppContext) -> None:
    slack, stopping = Counting(), Event()
    ordered(ctx, slack, 30)
    found = slack.profile

    def profile(workspace_id: str, person_id: str) -> Profile | None:
        if len(slack.looked_up) == 11:
            stopping.set()
        return found(workspace_id, person_id)

    slack.profile = profile  # type: ignore[method-assign]
    mine = worker(ctx, slack, stopping=stopping)
    mine.work_off()
    name, done = state(ctx)
    assert name == "stored"
    assert 0 < done < 30
    mine.work_off()
    assert state(ctx) == (name, done), "it begins nothing more"
    worker(ctx, slack).work_off()
    assert state(ctx) == ("done", 30)


@pytest.mark.parametrize("transport", ["socket"])
def test_two_workers_and_an_order_of_300_stay_within_slacks_own_tiers(
    ctx: AppContext, clock: FakeClock, slack: LocalSlack
) -> None:
    stored = ordered(ctx, FakeSlack(), 300)
    world = slack.world
    for person in (p for p in stored.ids if p not in world.users):
        world.users[person] = replace(world.users[MAYA], id=person, handle=person.lower(), shown=False)
    web_api = WebApi(lambda _: world.bot_token, f"{slack.url}/api/", 20)
    two = [worker(ctx, web_api, RateLimits()) for _ in range(2)]
    world.enforces_rate_limits = True
    for _ in range(5):
        world.meter = Meter()
        for _ in range(60):
            for one in two:
                one.work_off()
            clock.real_at += timedelta(seconds=1)
    assert state(ctx) == ("done", 300)
    asked = [arguments["user"] for method, arguments, _ in world.calls if method == "users.info"]
    assert len(asked) == len(set(asked)) == 301
    assert world.refusals == []


def test_who_cant_be_reached_is_looked_up_at_that_pace_too(ctx: AppContext, clock: FakeClock) -> None:
    slack = Counting()
    ordered(ctx, slack, 120)
    mine = worker(ctx, slack)
    mine.work_off()
    for person in [p for p in slack.profiles if p != ADMIN]:
        slack.add(person, deleted=True)
    with ctx.db.write() as session:
        for person in [p for p in slack.profiles if p != ADMIN]:
            found = learners.get(session, TEAM, person)
            assert found is not None
            learners.later_hold(
                session,
                Hold(
                    workspace_id=found.workspace_id,
                    learner_id=found.learner_id,
                    kind=HoldKind.UNREACHABLE,
                    since=clock.at,
                ),
            )
    slack.looked_up.clear()
    slow = worker(ctx, slack, RateLimits())
    assert not slow.probe()
    assert len(slack.looked_up) <= 100
    while not slow.probe():
        clock.real_at += timedelta(seconds=1)
    assert len(slack.looked_up) == len(set(slack.looked_up)) == 120
