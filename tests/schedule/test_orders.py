"""Admins' orders, claimed like deliveries and worked off at the pace of users.info."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from bot.domain.pacing import Paces
from bot.domain.people import HoldKind, Profile
from bot.schedule.errands import Errands
from bot.schedule.register import Register
from bot.services.house import House
from bot.services.orders import place
from bot.store import learners, orders
from bot.store.orders import Order
from tests.helpers import ADMIN, TEAM, FakeClock, FakeSlack

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


def ordered(house: House, slack: FakeSlack, number: int) -> Order:
    people = [f"U{n:04}" for n in range(number)]
    for person in (*people, ADMIN):
        slack.add(person)
    order = Order(TEAM, "order", ADMIN, "assign", "abc", {"ids": people}, house.clock.business())
    with house.db.write() as session:
        place(session, house, order)
        stored = orders.get(session, TEAM, "order")
        assert stored is not None
        orders.update(session, stored, state="stored", open_real=house.clock.real())
    return stored


def worker(house: House, slack: FakeSlack, paces: Paces = Paces(share=1000)) -> Errands:  # noqa: B008
    return Errands(house, slack, Register(house, timedelta(seconds=30), paces), LEASE)


def state(house: House) -> tuple[str, int]:
    with house.db.read() as session:
        order = orders.get(session, TEAM, "order")
        assert order is not None
        return order.state, len(orders.effects(session, order))


def test_of_two_workers_one_does_an_order_and_nobody_is_looked_up_twice(house: House) -> None:
    slack = Counting()
    ordered(house, slack, 30)
    together = Barrier(2)

    def work() -> None:
        mine = worker(house, slack)
        together.wait()
        mine.work_off()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state(house) == ("done", 30)
    assert len(slack.looked_up) == len(set(slack.looked_up)) == 31


def test_an_order_whose_worker_crashed_goes_on_where_it_was_once_its_lease_is_over(
    house: House, clock: FakeClock
) -> None:
    slack = Counting(crash_at=11)
    ordered(house, slack, 30)
    with pytest.raises(SystemExit):
        worker(house, slack).work_off()
    assert state(house)[1] == 9
    worker(house, slack).work_off()
    assert state(house)[1] == 9, "it is claimed"
    clock.real_at += LEASE
    worker(house, slack).work_off()
    assert state(house) == ("done", 30)
    assert len(slack.looked_up) == 32, "only the one on which it crashed was looked up again"


def test_an_order_of_many_goes_on_at_the_pace_of_users_info(house: House, clock: FakeClock) -> None:
    slack = Counting()
    ordered(house, slack, 300)
    mine = worker(house, slack, Paces())
    for minute in range(5):
        before = len(slack.looked_up)
        until = clock.real_at + timedelta(minutes=1)
        while clock.real_at < until:
            mine.work_off()
            clock.real_at += timedelta(seconds=1)
        assert len(slack.looked_up) - before <= 100, f"more than Slack allows in minute {minute}"
    assert state(house) == ("done", 300)
    assert len(slack.looked_up) == 301


def test_who_cant_be_reached_is_looked_up_at_that_pace_too(house: House, clock: FakeClock) -> None:
    slack = Counting()
    ordered(house, slack, 120)
    mine = worker(house, slack)
    mine.work_off()
    for person in [p for p in slack.profiles if p != ADMIN]:
        slack.add(person, deleted=True)
    with house.db.write() as session:
        for person in [p for p in slack.profiles if p != ADMIN]:
            found = learners.get(session, TEAM, person)
            assert found is not None
            learners.hold(session, found, HoldKind.UNREACHABLE, clock.at)
    slack.looked_up.clear()
    slow = worker(house, slack, Paces())
    assert not slow.probe()
    assert len(slack.looked_up) <= 100
    while not slow.probe():
        clock.real_at += timedelta(seconds=1)
    assert len(slack.looked_up) == len(set(slack.looked_up)) == 120
