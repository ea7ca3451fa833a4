"""The simulation of what is recalled does what it says, and can tell a good rule of spacing from a bad one."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest

from bot.domain.spacing import FixedSteps, PastAnswer
from tests.benchmarks.recall import study
from tests.benchmarks.recall.course import MOST_REVIEWS, Course, ReviewCard, Terms
from tests.benchmarks.recall.learners import drawn
from tests.benchmarks.recall.memory import Activation, Memory, Multiscale
from tests.benchmarks.recall.policies import NOTHING, OURS, POLICIES, Fsrs, TwelveOrTwentyFour

FREE = [policy for policy in POLICIES if not isinstance(policy.spacing, Fsrs)]
"""Policies that don't need the package fsrs."""
MODELS = pytest.mark.parametrize("memory", [Activation, Multiscale])
MISS, RIGHT = PastAnswer(0, recalled=False), PastAnswer(12, recalled=True)


def test_the_model_gives_the_decays_of_the_worked_example_in_the_paper() -> None:
    memory = Activation(-Activation.AVERAGE)
    for second in (0, 126, 252, 4844):
        memory.lay_down(second)
    assert [decay for _, decay in memory.traces] == pytest.approx([0.177, 0.2691922, 0.31757548, 0.26249582])
    assert math.log(memory.strength(5877)) == pytest.approx(-0.61873615)


@MODELS
def test_spaced_practice_is_kept_better_than_massed(memory: type[Memory]) -> None:
    massed, spaced = memory(0.0), memory(0.0)  # type: ignore[call-arg]
    for second in (0.0, 30.0):
        massed.practise(14, recalled=second > 0, second=second)
    for day in (0, 14):
        spaced.practise(day, recalled=day > 0)
    assert spaced.recall(60) > massed.recall(60) + 0.05


@MODELS
def test_without_reviews_least_is_recalled(memory: type[Memory]) -> None:
    found = study.outcomes(Terms(memory=memory), FREE, learners=8)
    shares = {name: study.mean([one.end for one in outcomes]).value for name, outcomes in found.items()}
    assert min(shares, key=shares.__getitem__) == NOTHING.name
    assert shares[OURS.name] > shares[NOTHING.name] + 0.1


def test_the_same_seed_gives_the_same() -> None:
    terms = Terms(memory=Activation, answers=0.6)
    once, again = (study.outcomes(terms, FREE, learners=4) for _ in range(2))
    assert once == again
    assert drawn(3, 180) == drawn(3, 180) != drawn(4, 180)


def test_all_policies_meet_the_same_people() -> None:
    found = study.outcomes(Terms(memory=Activation), FREE, learners=4)
    lessons = {name: [one.minutes - one.review_minutes for one in outcomes] for name, outcomes in found.items()}
    for minutes in lessons.values():
        assert minutes == pytest.approx(lessons[NOTHING.name])


def test_no_date_has_more_reviews_than_the_dose_allows() -> None:
    asked: Counter[int] = Counter()

    class Watched(Activation):
        def practise(self, day: int, *, recalled: bool, second: float = 0.0) -> None:
            asked[day] += bool(self.traces) and second == 0
            super().practise(day, recalled=recalled, second=second)

    learner = drawn(1, 180)
    unknown = replace(learner, items=tuple(replace(item, known=False) for item in learner.items))
    Course(unknown, OURS, Terms(memory=Watched)).play()
    assert 0 < max(asked.values()) <= MOST_REVIEWS
    assert {day % 7 for day in asked if day > 90} <= {0, 2, 4}


def test_what_is_known_best_is_given_up_first_and_a_blind_spot_never() -> None:
    course = Course(drawn(1, 180), OURS, Terms(memory=Activation, overdue=2))
    histories = ([MISS, RIGHT], [MISS, RIGHT, RIGHT], [MISS], [MISS])
    for item, answers in enumerate(histories):
        course.cards[item] = ReviewCard(
            item=item, due=20, last=8, answers=answers, check=False, blind_spot=item == 3
        )  # fmt: skip
    course.retire(list(course.cards.values()))
    assert set(course.cards) == {2, 3}


def test_two_right_in_a_row_retire_an_item_by_kerfoots_rule_and_not_by_ours() -> None:
    assert [TwelveOrTwentyFour().next_interval(a) for a in ([MISS], [MISS, RIGHT])] == [12, 24]
    assert TwelveOrTwentyFour().next_interval([MISS, RIGHT, RIGHT]) is None
    assert FixedSteps().next_interval([MISS, RIGHT, RIGHT]) == 90


@pytest.mark.parametrize(
    ("first", "retention", "intervals"),
    [
        (True, 0.9, [2, 11, 46, 163]),
        (False, 0.9, [1, 2, 6, 17, 44]),
        (True, 0.8, [8, 75, 180]),
        (True, 0.85, [4, 31, 173]),
    ],
)
def test_fsrs_gives_whole_days_up_to_the_cap(first: bool, retention: float, intervals: list[int]) -> None:
    pytest.importorskip("fsrs")
    answers, found = [PastAnswer(0, first)], []
    for _ in intervals:
        found.append(Fsrs(retention).next_interval(answers))
        answers.append(PastAnswer(found[-1], recalled=True))
    assert found == intervals


def test_an_interval_holds_the_mean_and_narrows_with_more_learners() -> None:
    few, many = (study.mean([float(n % 10) for n in range(count)]) for count in (20, 500))
    assert few.low < few.value < few.high
    assert many.high - many.low < few.high - few.low
    assert str(study.Estimate(0.5, 0.4, 0.6)) == "0.500 (0.400 to 0.600)"


def test_the_rows_are_one_studys_and_one_of_them_holds_the_choice() -> None:
    pytest.importorskip("fsrs")
    rows = study.rows(learners=3)
    assert all(row.name.startswith(study.TITLE) for row in rows)
    assert [row.ok is None for row in rows].count(False) == 2
