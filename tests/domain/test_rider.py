"""A message carries one extra line at most: privacy before changes before worth, and nothing twice."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rider import ONE_IN, ChangedFact, PrivacyNotice, Rider, Worth, asks_worth, next_rider

DAY = date(2026, 11, 20)
CHANGES = [ChangedFact(item_id, DAY + timedelta(days=n)) for n, item_id in enumerate("abc")]


def test_privacy_comes_before_a_change_and_a_change_before_worth() -> None:
    brought: list[Rider] = []
    order = []
    for _ in range(5):
        rider = next_rider(notices=2, told=1, brought=brought, changed=CHANGES[:2], asks_worth=True)
        assert rider is not None
        order.append(rider)
        brought.append(rider)
    assert order == [PrivacyNotice(2), *CHANGES[:2], Worth(), Worth()]


def test_nobody_is_told_of_a_notice_that_was_there_when_they_came() -> None:
    assert next_rider(notices=3, told=3, brought=(), changed=(), asks_worth=False) is None
    assert next_rider(notices=3, told=1, brought=(), changed=(), asks_worth=False) == PrivacyNotice(2)
    assert next_rider(notices=3, told=1, brought=(PrivacyNotice(2),), changed=(), asks_worth=False) == PrivacyNotice(3)


def test_a_later_change_of_the_same_item_is_told_too() -> None:
    first, later = ChangedFact("a", DAY), ChangedFact("a", DAY + timedelta(days=1))
    assert next_rider(notices=0, told=0, brought=(first,), changed=(later,), asks_worth=False) == later


@given(
    st.integers(0, 4),
    st.integers(0, 4),
    st.lists(st.sampled_from([*CHANGES, *(PrivacyNotice(n) for n in range(1, 5)), Worth(said=True)])),
    st.lists(st.sampled_from(CHANGES), unique=True),
    st.booleans(),
)
def test_nothing_is_brought_twice(
    notices: int, told: int, brought: list[Rider], changed: list[ChangedFact], worth: bool
) -> None:
    rider = next_rider(notices=notices, told=told, brought=brought, changed=changed, asks_worth=worth)
    assert rider is None or rider == Worth() or rider not in brought
    if isinstance(rider, PrivacyNotice):
        assert told < rider.number <= notices
    if rider == Worth():
        assert worth
        assert set(changed) <= set(brought)


@given(st.text(), st.integers(1, 400))
def test_every_fourth_asking_of_anybody_is_asked_about(learner_id: str, first: int) -> None:
    numbers = [n for n in range(first, first + 4 * ONE_IN) if asks_worth(learner_id, n)]
    assert len(numbers) == 4
    assert {b - a for a, b in itertools.pairwise(numbers)} == {ONE_IN}


def test_people_are_asked_about_different_items() -> None:
    asked = {n for n in range(1, ONE_IN + 1) for person in range(40) if asks_worth(f"U{person}", n)}
    assert asked == set(range(1, ONE_IN + 1))
