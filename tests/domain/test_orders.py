"""Whom an order or a rule is for, as it is stored."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from bot.domain.audience import PeopleSource, SourceKind
from bot.domain.orders import Order, OrderVerb, people_json
from bot.domain.rules import GroupRule
from tests.helpers import ADMIN, TEAM

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
LEADERSHIP = PeopleSource(SourceKind.GROUP, "S1", "leadership")
BOARD = PeopleSource(SourceKind.CHANNEL, "C1")


def order(people: dict[str, object]) -> Order:
    return Order(
        workspace_id=TEAM, order_id="O", admin_id=ADMIN, verb=OrderVerb.ASSIGN, track_id="abc", people=people,
        created_at=NOW,
    )  # fmt: skip


def test_the_groups_and_channels_of_an_order_are_stored_with_its_people() -> None:
    stored = json.loads(json.dumps(people_json(("U1", "U2"), (LEADERSHIP, BOARD), kept=True)))
    given = order(stored)
    assert (given.ids, given.sources, given.kept) == (("U1", "U2"), (LEADERSHIP, BOARD), True)


def test_an_order_for_people_alone_stores_nothing_but_them() -> None:
    stored = people_json(("U1",))
    assert stored == {"ids": ["U1"]}
    assert (order(stored).sources, order(stored).kept) == ((), False)


def test_a_rule_is_of_a_group_or_channel() -> None:
    rule = GroupRule(
        workspace_id=TEAM, rule_id="R", kind=SourceKind.GROUP, source_id="S1", name="leadership", track_id="abc",
        admin_id=ADMIN, created_at=NOW,
    )  # fmt: skip
    assert rule.source == LEADERSHIP
