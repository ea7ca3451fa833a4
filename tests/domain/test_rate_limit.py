"""The generic cell rate algorithm: so many calls a minute, a few of them at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.rate_limit import TIERS, RateLimit, RateLimits

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_first_calls_come_at_once_and_the_next_evenly() -> None:
    turns = RateLimit(60, burst=3).next_calls(None, NOW, NOW + 3 * SECOND, 10)
    assert turns == [NOW, NOW, NOW, NOW + SECOND, NOW + 2 * SECOND, NOW + 3 * SECOND]


def test_no_more_calls_come_at_once_than_were_asked_for_and_one_where_nothing_is_said_of_a_burst() -> None:
    assert RateLimit(60, burst=5).next_calls(None, NOW, NOW, 2) == [NOW, NOW]
    assert RateLimit(60).next_calls(None, NOW, NOW, 10) == [NOW]


def test_what_was_taken_counts_for_whoever_comes_next() -> None:
    limit = RateLimit(60)
    arrival = limit.arrival_after(None, limit.next_calls(None, NOW, NOW + SECOND, 10))
    assert limit.next_calls(arrival, NOW, NOW + SECOND, 10) == []
    assert limit.next_calls(arrival, NOW + SECOND, NOW + 2 * SECOND, 10) == [NOW + 2 * SECOND]


def test_turns_that_nobody_took_are_not_made_up_for() -> None:
    limit = RateLimit(60, burst=2)
    arrival = limit.arrival_after(None, limit.next_calls(None, NOW, NOW, 10))
    later = NOW + timedelta(hours=1)
    assert limit.next_calls(arrival, later, later, 10) == [later, later]


def test_after_not_now_one_call_comes_when_slack_allows_it_and_no_burst() -> None:
    limit = RateLimit(60, burst=5)
    arrival = limit.arrival_for_hold(None, NOW + 7 * SECOND)
    assert limit.next_calls(arrival, NOW, NOW + 9 * SECOND, 10) == [NOW + n * SECOND for n in (7, 8, 9)]


def test_a_hold_never_ends_an_earlier_longer_one() -> None:
    limit = RateLimit(60)
    longer = limit.arrival_for_hold(None, NOW + timedelta(minutes=5))
    assert limit.arrival_for_hold(longer, NOW + SECOND) == longer


def test_no_tier_is_exceeded_in_any_minute() -> None:
    for method, allowed in TIERS.items():
        limit = RateLimits().of(method)
        assert limit.per_minute + limit.burst <= allowed, method


@given(
    st.floats(1, 10_000),
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 20)), max_size=40),
)
@settings(max_examples=200)
def test_however_calls_come_no_span_has_more_than_its_share(
    per_minute: float, burst: int, asked: list[tuple[int, int]]
) -> None:
    limit, arrival, real, taken = RateLimit(per_minute, burst), None, NOW, list[datetime]()
    for later, most in asked:
        real += timedelta(milliseconds=later)
        turns = limit.next_calls(arrival, real, real + SECOND, most)
        arrival = limit.arrival_after(arrival, turns)
        taken += turns
    taken.sort()
    for first in range(0, len(taken), 7):
        for last in range(first, len(taken)):
            span = (taken[last] - taken[first]).total_seconds()
            # a microsecond a call is what rounding may cost
            assert last - first + 1 <= burst + span * per_minute / 60 + 1e-6 * per_minute * len(taken) + 1e-9


def test_posts_have_their_own_limit_and_history_the_one_that_slack_allows_the_app() -> None:
    limits = RateLimits(post=RateLimit(7), share=0.5, history=4)
    assert limits.of("chat.postMessage") == RateLimit(7)
    assert limits.of("conversations.history") == RateLimit(2, burst=1)
    assert limits.of("users.info") == RateLimit(50, burst=13)


@pytest.mark.parametrize(
    ("methods", "limit"),
    [
        ("chat.postMessage", RateLimit(200, burst=10)),
        ("chat.update chat.delete files.delete conversations.open dnd.info", RateLimit(37.5, burst=10)),
        ("conversations.history", RateLimit(37.5, burst=10)),
        ("users.info", RateLimit(75, burst=20)),
    ],
)
def test_three_quarters_of_a_methods_tier_are_used_and_a_fifth_of_it_at_once(methods: str, limit: RateLimit) -> None:
    assert [RateLimits().of(method) for method in methods.split()] == [limit] * len(methods.split())
