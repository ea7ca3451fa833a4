"""Reviews by fixed steps: the interval grows with right answers in a row and begins anew on a miss."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from bot.domain.spacing import CAP, FixedSteps, PastAnswer, rights_in_a_row

MISS = PastAnswer(0, recalled=False)


def right(after: int) -> PastAnswer:
    return PastAnswer(after, recalled=True)


def test_the_interval_grows_step_by_step_after_a_miss() -> None:
    answers, intervals = [MISS], []
    for _ in range(6):
        intervals.append(FixedSteps().next_interval(answers))
        answers.append(right(intervals[-1]))
    assert intervals == [12, 24, 90, 180, 180, 180]


def test_a_miss_begins_anew() -> None:
    assert FixedSteps().next_interval([MISS, right(12), right(24), PastAnswer(90, recalled=False)]) == 12


def test_an_item_that_was_never_missed_begins_with_the_second_step() -> None:
    assert FixedSteps().next_interval([right(0)]) == 24


def test_rights_are_counted_from_the_end() -> None:
    assert rights_in_a_row([]) == 0
    assert rights_in_a_row([right(0), MISS, right(12), right(24)]) == 2


@given(some.lists(some.builds(PastAnswer, some.integers(0, 400), some.booleans()), max_size=20))
def test_an_interval_is_whole_days_within_the_cap_and_always_the_same(answers: list[PastAnswer]) -> None:
    days = FixedSteps().next_interval(answers)
    assert isinstance(days, int)
    assert 1 <= days <= CAP
    assert days == FixedSteps().next_interval(list(answers))
