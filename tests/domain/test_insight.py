"""What figures give away, to whom it may be worth something."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.domain import insight
from bot.domain.insight import Band, Batch, FigureKind, Tally, Toss, band, bands_of
from tests.domain.attack import Answer, Guess, Likelihood, Programme, exact, guesses, off, programme, with_chance

PROGRAMMES = 10_000
MOST_SURE, MOST_GAINED = 0.9, 0.2
BAND_OFF = 0.13
"""The most figures that are in another band than their answers: one in eight."""


def tails() -> bool:
    return False


def all_guesses(found: list[Programme], likelihood: Likelihood) -> Iterator[Guess]:
    for one in found:
        for answers, shown in one.released:
            yield from guesses(answers, shown, likelihood)


@dataclass(frozen=True)
class Result:
    """The worst that an attacker gets, and how often guesses of at least 0.7 are right."""

    figures: int
    sure: float
    gained: float
    confident: int
    right: float
    off: float


def attacked(found: list[Programme], likelihood: Likelihood) -> Result:
    every = list(all_guesses(found, likelihood))
    released = [(shown, answers) for one in found for answers, shown in one.released]
    confident = [g for g in every if g.sure >= 0.7]
    return Result(
        len(released),
        max(g.sure for g in every),
        max(g.gained for g in every),
        len(confident),
        sum(g.right for g in confident) / len(confident),
        sum(off(shown, answers) for shown, answers in released) / len(released),
    )


def year(count: int, release: object = bands_of) -> list[Programme]:
    chance = random.Random(20261129)
    return [programme(chance, release) for _ in range(count)]  # type: ignore[arg-type]


def test_no_programme_tells_an_attacker_more_than_a_little_about_any_answer() -> None:
    result = attacked(year(PROGRAMMES), with_chance)
    assert result.figures > PROGRAMMES / 2
    assert result.sure <= MOST_SURE
    assert result.gained <= MOST_GAINED
    assert result.off <= BAND_OFF
    # the attacker's arithmetic is right: what is guessed with 0.7 and more is right about as often
    assert result.confident > 1000
    assert 0.7 <= result.right <= 0.9


def test_the_attacker_wins_where_nothing_is_mixed_in() -> None:
    result = attacked(year(2_000, without_chance), exact)
    assert result.gained > MOST_GAINED


def test_the_attacker_wins_by_far_where_counts_are_told() -> None:
    told = year(500, without_chance)
    worst = 0.0
    for one in told:
        for answers, _ in one.released:
            count = sum(a.right for a in answers)

            def counted(_: Band, right: int, __: int, count: int = count) -> float:
                return float(right == count)

            worst = max([worst, *(g.sure for g in guesses(answers, Band.LOW, counted))])
    assert worst > MOST_SURE


def test_five_people_would_be_too_few_to_tell_the_band(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insight, "FEWEST_PEOPLE", 5)
    monkeypatch.setattr(insight, "FEWEST_ANSWERS", 10)
    result = attacked(year(2_000), with_chance)
    assert result.off > BAND_OFF


def without_chance(batch: Batch, own: frozenset[str], _: Toss) -> dict[str, Band] | None:
    return bands_of(batch, own, tails)


def odds_of(shown: Band, right: int, answers: int) -> float:
    one_more, as_it_is = (with_chance(shown, right + n, answers) for n in (1, 0))
    # a band that is next to impossible is the difference of two numbers that are nearly one
    return one_more / as_it_is if as_it_is > 1e-9 else 1.0


def test_even_somebody_who_knows_every_other_answer_learns_no_more() -> None:
    """The bound holds whatever is known: one answer moves the odds of a figure by no more than two to one."""
    for answers in (20, 21, 40, 100):
        for right in range(answers):
            for shown in Band:
                odds = odds_of(shown, right, answers)
                assert 0.5 - 1e-4 <= odds <= 2 + 1e-4


def test_the_number_mixed_in_is_as_often_there_as_the_attacker_reckons() -> None:
    chance = random.Random(7)
    tries = 20_000
    for right in (4, 8, 13, 15, 19):
        drawn = [band(Tally(20, right), lambda: chance.random() < 0.5) for _ in range(tries)]
        for shown in Band:
            assert abs(drawn.count(shown) / tries - with_chance(shown, right, 20)) < 0.015


@pytest.mark.parametrize(
    ("right", "shown"), [(0, Band.LOW), (7, Band.LOW), (8, Band.MIDDLE), (14, Band.MIDDLE), (15, Band.HIGH)]
)
def test_the_bands_are_under_four_in_ten_four_to_seven_and_over_seven(right: int, shown: Band) -> None:
    assert band(Tally(20, right), tails) is shown


def batch(people: int, answers: int, kind: FigureKind = FigureKind.WORTH, items: int = 0) -> Batch:
    return Batch(
        track_id="t",
        kind=kind,
        people=frozenset(str(n) for n in range(people)),
        tallies={"x": Tally(answers, 0)},
        items=frozenset(f"q{n}" for n in range(items)),
    )


@pytest.mark.parametrize(
    ("given", "own", "told"),
    [
        (batch(10, 20), (), True),
        (batch(9, 20), (), False),
        (batch(10, 19), (), False),
        (batch(10, 20, FigureKind.LATER, 5), (), True),
        (batch(10, 20, FigureKind.LATER, 4), (), False),
        (batch(19, 40, FigureKind.LATER, 5), ("q3",), False),
        (batch(20, 40, FigureKind.LATER, 5), ("q3",), True),
        (batch(10, 20, FigureKind.LATER, 5), ("q9",), True),
    ],
)
def test_a_figure_needs_ten_people_twenty_answers_and_five_questions(
    given: Batch, own: tuple[str, ...], told: bool
) -> None:
    assert (bands_of(given, own, tails) is not None) is told


def test_whether_there_is_a_figure_doesnt_depend_on_what_was_answered() -> None:
    for people in (9, 10):
        for right in range(21):
            given = Batch(
                track_id="t",
                kind=FigureKind.BEFORE_AFTER,
                people=frozenset(str(n) for n in range(people)),
                tallies={"before": Tally(20, right), "after": Tally(20, 20 - right)},
                items=frozenset("abcde"),
            )
            assert (bands_of(given, (), tails) is not None) is (people == 10)


def test_of_the_ideas_missed_those_with_twenty_answers_are_looked_at_from_five_up() -> None:
    tallies = {f"q{n}": Tally(20 + n, n) for n in range(5)}
    given = Batch(
        track_id="t",
        kind=FigureKind.MISSED,
        people=frozenset(str(n) for n in range(30)),
        tallies={**tallies, "rare": Tally(19, 0)},
        items=frozenset({*tallies, "rare"}),
    )
    assert bands_of(given, (), tails) == dict.fromkeys(tallies, Band.LOW)
    fewer = {name: tally for name, tally in given.tallies.items() if name != "q0"}
    assert bands_of(Batch(**{**vars(given), "tallies": fewer}), (), tails) is None


def test_an_answer_that_was_told_is_no_guess() -> None:
    answers = [Answer(f"U{n}", 0.5, right=True) for n in range(5)]
    assert len(list(guesses(answers, Band.HIGH, exact))) == 2


@pytest.mark.parametrize(("people", "told"), [(4, None), (5, {"x": Band.LOW})])
def test_a_small_groups_page_needs_five_who_chose_it(people: int, told: dict[str, Band] | None) -> None:
    # what they chose to add is told as it is, however few answers that makes
    assert bands_of(batch(people, 5, FigureKind.GROUP, 1), (), lambda: True) == told
