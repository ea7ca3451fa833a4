"""What an order does to one enrolment, why it does nothing, and how it is undone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enrolment_changes import changed_by, moved, refusal_of
from bot.domain.order_effects import before, had_finished, kept_columns, people_of, was_told
from bot.domain.orders import Effect, EffectOutcome, Order, OrderVerb
from bot.domain.people import Enrolment, Learner
from tests.helpers import ADMIN, TEAM, enrolment

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
BEFORE = datetime(2026, 2, 1, tzinfo=UTC)
ADA = Learner(workspace_id=TEAM, learner_id="U1", name="Ada", tz="Europe/London", steps=7)
HAD = enrolment("abc", "2026-02-02", at=time(8), days=frozenset({0, 1}), announced=True, revision=3)


def order(verb: OrderVerb = OrderVerb.ASSIGN, **more: Any) -> Order:
    return Order(
        workspace_id=TEAM, order_id="O", admin_id=ADMIN, verb=verb, track_id="abc", people={"ids": ["U1"]}, created_at=NOW,
        **more,
    )  # fmt: skip


def change(asked: Order, known: Enrolment | None) -> Enrolment | EffectOutcome:
    return changed_by(asked, known, ADA, TODAY, NOW)


def test_a_track_that_they_never_had_becomes_theirs_as_it_was_ordered() -> None:
    asked = order(first_day=date(2026, 3, 9), at=time(10), days=frozenset({2}))
    assert change(asked, None) == enrolment("abc", "2026-03-09", at=time(10), days=frozenset({2}))


@pytest.mark.parametrize("first", [None, date(2026, 2, 1), TODAY])
def test_a_track_begins_today_where_no_later_day_was_named(first: date | None) -> None:
    assert change(order(first_day=first), None) == enrolment("abc", "2026-03-02")


def test_a_track_that_they_have_stays_as_it_is() -> None:
    assert change(order(), HAD) is EffectOutcome.HAD_IT
    assert change(order(), replace(HAD, finished_at=BEFORE)) is EffectOutcome.HAD_IT


@pytest.mark.parametrize("verb", [OrderVerb.ASSIGN, OrderVerb.MOVE])
def test_a_track_that_they_left_is_given_to_nobody_again(verb: OrderVerb) -> None:
    assert change(order(verb, restart=True), replace(HAD, left_at=BEFORE)) is EffectOutcome.LEFT


def test_a_track_is_taken_from_whoever_has_it_even_after_they_left_it() -> None:
    taken = change(order(OrderVerb.REMOVE), HAD)
    assert taken == replace(HAD, removed_at=NOW, revision=4)
    assert change(order(OrderVerb.REMOVE), replace(HAD, left_at=BEFORE)) == replace(
        HAD, left_at=BEFORE, removed_at=NOW, revision=4
    )


@pytest.mark.parametrize("verb", [OrderVerb.REMOVE, OrderVerb.MOVE])
def test_what_no_admin_gave_them_is_neither_taken_nor_moved(verb: OrderVerb) -> None:
    asked = order(verb, first_day=date(2026, 3, 9))
    for known in (None, replace(HAD, assigned_by=None), replace(HAD, removed_at=BEFORE)):
        assert change(asked, known) is EffectOutcome.NOTHING


def test_a_move_changes_what_it_names_and_no_more() -> None:
    assert change(order(OrderVerb.MOVE, first_day=date(2026, 3, 9)), HAD) == replace(
        HAD, first_day=date(2026, 3, 9), revision=4
    )
    assert change(order(OrderVerb.MOVE, first_day=date(2026, 2, 20)), HAD) == replace(HAD, first_day=TODAY, revision=4)
    assert change(order(OrderVerb.MOVE, at=time(10)), HAD) == replace(HAD, at=time(10), revision=4)
    assert change(order(OrderVerb.MOVE, days=frozenset({4})), HAD) == replace(HAD, days=frozenset({4}), revision=4)


def test_a_move_to_where_it_is_or_of_what_is_over_does_nothing() -> None:
    assert change(order(OrderVerb.MOVE, at=time(8), days=frozenset({0, 1})), HAD) is EffectOutcome.HAD_IT
    assert moved(order(at=time(10)), replace(HAD, finished_at=BEFORE), TODAY) is None


def test_a_restart_begins_anew_after_what_was_done_and_keeps_the_hour_and_days_of_before() -> None:
    done = replace(HAD, finished_at=BEFORE, closed=True, last_asking=4)
    assert change(order(restart=True), done) == replace(
        HAD, first_day=TODAY, after_step=7, finished_at=None, closed=False, last_asking=4, announced=False, revision=4
    )
    other = change(order(restart=True, at=time(10), days=frozenset({4})), done)
    assert isinstance(other, Enrolment)
    assert (other.at, other.days) == (time(10), frozenset({4}))


def test_who_had_begun_is_told_of_a_restart_and_who_had_not_was_told_already() -> None:
    for last_asking, announced in ((0, True), (1, False)):
        restarted = change(order(restart=True), replace(HAD, last_asking=last_asking))
        assert isinstance(restarted, Enrolment)
        assert restarted.announced is announced


@pytest.mark.parametrize(
    "known",
    [
        replace(HAD, removed_at=BEFORE),
        replace(HAD, assigned_by=None, left_at=BEFORE),
        replace(HAD, assigned_by=None, removed_at=BEFORE),
    ],
)
def test_what_comes_back_to_them_is_told_as_new_at_the_orders_hour(known: Enrolment) -> None:
    again = change(order(), known)
    assert again == replace(
        HAD, first_day=TODAY, at=None, days=None, announced=False, removed_at=None, left_at=None, revision=4
    )


def test_a_track_that_they_started_by_themselves_was_told_to_them_already() -> None:
    again = change(order(), replace(HAD, assigned_by=None, after_step=2))
    assert again == replace(HAD, first_day=TODAY, at=None, days=None, after_step=2, revision=4)


def test_who_cant_be_taught_is_refused_with_the_reason() -> None:
    assert refusal_of(None) is EffectOutcome.UNKNOWN
    assert refusal_of(ADA) is None
    assert refusal_of(replace(ADA, deleted=True)) is EffectOutcome.DEACTIVATED
    assert refusal_of(replace(ADA, deleted=True, bot=True)) is EffectOutcome.BOT
    assert refusal_of(replace(ADA, deleted=True, bot=True, foreign=True)) is EffectOutcome.FOREIGN


moments = st.none() | st.datetimes(timezones=st.just(UTC))
enrolments = st.builds(
    Enrolment, workspace_id=st.just(TEAM), learner_id=st.just("U1"), track_id=st.just("abc"), first_day=st.dates(),
    assigned_by=st.none() | st.just(ADMIN), at=st.none() | st.times(),
    days=st.none() | st.frozensets(st.integers(0, 6), min_size=1), after_step=st.integers(0, 9), after_track=st.none() | st.just("cd"), announced=st.booleans(),
    finished_at=moments, closed=st.booleans(), removed_at=moments, left_at=moments,
)  # fmt: skip


def effect(learner_id: str = "U1", outcome: EffectOutcome = EffectOutcome.CHANGED, **more: Any) -> Effect:
    return Effect(workspace_id=TEAM, order_id="O", learner_id=learner_id, outcome=outcome, **more)


@given(enrolments)
def test_an_undo_restores_what_was_before_from_what_was_stored(known: Enrolment) -> None:
    stored = json.loads(json.dumps(kept_columns(known)))
    assert before(order(), effect(before=stored)) == known


def test_where_there_was_no_enrolment_there_is_none_to_restore() -> None:
    assert before(order(), effect()) is None


def test_what_an_older_release_stored_is_restored_with_the_orders_day_for_the_blank() -> None:
    assert before(order(), effect(before={"first_day": "2026-02-02", "closed": True})) == enrolment(
        "abc", "2026-02-02", assigned_by=None, closed=True
    )


def test_after_an_undo_they_are_told_only_what_they_dont_know() -> None:
    told, untold = replace(HAD, announced=True), replace(HAD, announced=False)
    assert was_told(order(), now=untold, restored=told)
    assert was_told(order(), now=told, restored=untold)
    assert not was_told(order(), now=untold, restored=untold)


def test_after_an_undone_restart_that_had_brought_an_item_the_next_item_says_that_the_track_goes_on() -> None:
    restart, begun = order(restart=True), replace(HAD, announced=True, last_asking=2)
    assert not was_told(restart, now=begun, restored=HAD)
    assert was_told(restart, now=replace(begun, last_asking=0), restored=HAD)
    assert was_told(restart, now=replace(begun, announced=False), restored=HAD)
    assert was_told(order(), now=begun, restored=HAD)
    assert not was_told(restart, now=replace(begun, last_asking=0), restored=replace(HAD, announced=False))


def test_people_are_found_by_what_the_order_did_for_them() -> None:
    effects = [
        effect("U1"), effect("U2", EffectOutcome.HAD_IT, before={"finished_at": "2026-02-01T00:00:00+00:00"}),
        effect("U3", EffectOutcome.HAD_IT, before={"finished_at": None}), effect("U4", EffectOutcome.FINISHED),
        effect("U5", EffectOutcome.HAD_IT), effect("U6", before={"finished_at": "2026-02-01T00:00:00+00:00"}),
    ]  # fmt: skip
    assert people_of(effects, EffectOutcome.CHANGED, EffectOutcome.FINISHED) == ("U1", "U4", "U6")
    assert had_finished(effects) == ("U2", "U4")


def test_whoever_is_named_twice_in_an_order_is_one_person_and_the_order_of_the_names_stays() -> None:
    assert replace(order(), people={"ids": ["U2", "U1", "U2"]}).ids == ("U2", "U1")
