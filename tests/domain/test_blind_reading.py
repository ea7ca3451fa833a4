"""Whether questions give themselves away: sheets, chance by kind, and what readers' answers show."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.blind_reading import (
    FEWEST_ANSWERS,
    MOST_POINTS,
    Filled,
    How,
    Mode,
    SheetQuestion,
    chance,
    is_right,
    make_sheet,
    score,
)
from bot.domain.content import Catalogue, Track
from bot.domain.questions import LETTERS, Choice, OneRight, SeveralRight
from bot.messages.samples import parts
from tests.helpers import lesson, question


def catalogue() -> Catalogue:
    """A track of two lessons, one of them in two wordings and one with a number."""
    items = {
        "a": lesson("a", further=(question("again", choices=4),)),
        "b": replace(lesson("b"), question=parts.number()),
    }
    return Catalogue(items, {"ab": Track(id="ab", title="A and B", summary="Two.", items=("a", "b"))})


def asked(made: OneRight | SeveralRight | None = None) -> SheetQuestion:
    """A question on a sheet."""
    return SheetQuestion(code="0" * 10, item_id="a", title="A", question=made or question())


def filled(count: int, *, right: int, how: How = How.HUNCH, reader: str = "one") -> list[Filled]:
    """So many answers of one reader to a question with three choices, so many of them right."""
    return [Filled(reader=reader, asked=asked(), right=n < right, how=how) for n in range(count)]


def test_after_the_text_a_sheet_has_every_wording_in_an_order_that_its_seed_draws() -> None:
    made = make_sheet(catalogue(), "ab", Mode.AFTER, 1)
    assert {each.question.id for each in made.questions} == {"which", "again", parts.number().id}
    assert made == make_sheet(catalogue(), "ab", Mode.AFTER, 1)
    orders = {tuple(q.code for q in make_sheet(catalogue(), "ab", Mode.AFTER, seed).questions) for seed in range(30)}
    assert len(orders) == 6


def test_before_the_text_an_item_is_asked_in_one_wording_and_by_the_next_seed_in_the_next() -> None:
    asked_in = [{q.question.id for q in make_sheet(catalogue(), "ab", Mode.BLIND, seed).questions} for seed in (1, 2)]
    assert all(len(ids) == 2 and parts.number().id in ids for ids in asked_in)
    assert asked_in[0] | asked_in[1] == {"which", "again", parts.number().id}


def test_without_stems_only_choices_are_asked() -> None:
    made = make_sheet(catalogue(), "ab", Mode.CHOICES, 1)
    assert len(made.questions) == 1
    assert {each.question.id for each in made.questions} <= {"which", "again"}


def test_a_code_changes_with_the_words_it_names() -> None:
    before = {each.code for each in make_sheet(catalogue(), "ab", Mode.AFTER, 1).questions}
    other = catalogue()
    changed = replace(other.items["b"], question=replace(parts.number(), stem="Another question?"))
    after = make_sheet(replace(other, items={**other.items, "b": changed}), "ab", Mode.AFTER, 1)
    assert len(before & {each.code for each in after.questions}) == 2


def test_chance_is_worked_out_for_each_kind() -> None:
    assert chance(question(choices=4)) == 1 / 4
    assert chance(parts.number()) == 0
    three = SeveralRight("s", "Which?", tuple(Choice(str(n), "r", right=n < 2) for n in range(3)))
    assert chance(three) == 1 / 7


@pytest.mark.parametrize(
    ("said", "right"),
    [("{}", True), ("{})", True), (" {}. ", True), ("", None), ("?", None), ("the second one", None), ("J", None)],
)
def test_an_answer_is_read_however_its_letter_is_written(said: str, right: bool | None) -> None:
    each = asked(question().in_order((2, 1, 0)))
    (letter,) = [letter for letter, text in each.letters if text == "choice 1"]
    assert is_right(each, said.format(letter.lower())) is right


def test_several_letters_are_all_meant() -> None:
    three = SeveralRight("s", "Which?", tuple(Choice(str(n), "r", right=n < 2) for n in range(3)))
    assert is_right(asked(three), "A and B") is True
    assert is_right(asked(three), "A") is False
    assert is_right(asked(three), "a, b, c") is False


def test_a_number_is_read_as_it_is_written() -> None:
    (number,) = [q for q in make_sheet(catalogue(), "ab", Mode.BLIND, 1).questions if not q.letters]
    assert is_right(number, "1500") is True
    assert is_right(number, "15") is False
    assert is_right(number, "no idea") is None


def test_below_forty_answers_or_two_readers_nothing_is_said() -> None:
    alone = score(Mode.BLIND, filled(FEWEST_ANSWERS, right=40))
    few = score(Mode.BLIND, [*filled(20, right=20), *filled(19, right=19, reader="two")])
    enough = score(Mode.BLIND, [*filled(20, right=20), *filled(20, right=20, reader="two")])
    assert (alone.enough, few.enough, enough.enough) == (False, False, True)


def test_what_was_known_is_set_aside() -> None:
    known, guessed = filled(30, right=30, how=How.KNEW), filled(60, right=20, reader="two")
    result = score(Mode.BLIND, [*known, *guessed])
    assert (result.answers, result.knew, result.counted, result.right) == (90, 30, 60, 20)
    assert result.points == pytest.approx(0)
    assert result.sound


def test_more_than_the_points_of_its_mode_beyond_chance_give_themselves_away() -> None:
    # chance gets one in three
    answers = [*filled(30, right=17), *filled(30, right=17, reader="two")]
    assert score(Mode.BLIND, answers).points == pytest.approx(100 * (34 / 60 - 1 / 3))
    assert score(Mode.BLIND, answers).sound
    assert not score(Mode.CHOICES, answers).sound
    assert not score(Mode.BLIND, [*answers, *filled(20, right=20)]).sound


def test_readers_who_know_half_of_it_say_too_little() -> None:
    answers = [*filled(45, right=45, how=How.KNEW), *filled(45, right=15, reader="two")]
    assert not score(Mode.BLIND, answers).sound


def test_a_question_that_two_reason_out_is_named() -> None:
    both = [*filled(1, right=1, how=How.REASONED), *filled(1, right=1, how=How.REASONED, reader="two")]
    assert score(Mode.BLIND, both).given_away == ("a, which",)
    hunch = [*filled(1, right=1, how=How.REASONED), *filled(1, right=1, how=How.HUNCH, reader="two")]
    assert score(Mode.BLIND, hunch).given_away == ()


def test_after_the_text_everything_counts() -> None:
    result = score(Mode.AFTER, [*filled(9, right=9, how=How.KNEW), *filled(1, right=0)])
    assert (result.counted, result.share, result.sound) == (10, 90, True)
    assert not score(Mode.AFTER, filled(10, right=8)).sound


@given(st.integers(2, 10), st.integers(0, 10_000))
def test_every_choice_has_its_letter(choices: int, seed: int) -> None:
    items = {"a": replace(lesson("a"), question=question(choices=choices))}
    made = make_sheet(
        Catalogue(items, {"a": Track(id="a", title="A", summary="s", items=("a",))}), "a", Mode.BLIND, seed
    )
    (each,) = made.questions
    assert [letter for letter, _ in each.letters] == list(LETTERS[:choices])
    assert sum(bool(is_right(each, letter)) for letter, _ in each.letters) == 1
    assert Fraction(chance(each.question)).limit_denominator(100) == Fraction(1, choices)


def test_after_the_text_one_answer_is_enough() -> None:
    assert score(Mode.AFTER, filled(1, right=1)).enough
    assert not score(Mode.AFTER, []).enough


def test_without_an_answer_there_is_neither_a_share_nor_a_point() -> None:
    known = score(Mode.BLIND, filled(3, right=3, how=How.KNEW))
    for result in (score(Mode.BLIND, []), known):
        assert (result.counted, result.share, result.points) == (0, 0, 0)


def test_the_points_of_a_mode_themselves_are_still_sound() -> None:
    # fifty of a hundred are right, and chance would get twenty-five
    exactly = replace(score(Mode.BLIND, filled(100, right=50)), expected=25.0)
    assert exactly.points == MOST_POINTS[Mode.BLIND]
    assert exactly.sound
    assert not replace(exactly, right=51).sound
    fewer = replace(exactly, mode=Mode.CHOICES, right=35)
    assert (fewer.points, fewer.sound, replace(fewer, right=36).sound) == (10, True, False)


def test_an_answer_that_is_written_has_no_letters() -> None:
    assert list(SheetQuestion(code="0" * 10, item_id="a", title="A", question=parts.number()).letters) == []


def test_letters_are_told_from_the_words_around_them() -> None:
    assert is_right(asked(), "B, I think") is None
    assert is_right(asked(), "B, not AB") is True


def test_a_sheet_that_an_earlier_release_made_can_still_be_scored() -> None:
    # scoring makes the sheet again from its seed: another code or order would grade the letters of another choice
    more = (question("again"), question("third"))
    items = {name: lesson(name, further=more) for name in "abc"}
    long = Catalogue(items, {"t": Track(id="t", title="T", summary="s", items=tuple(items))})
    sheet = make_sheet(long, "t", Mode.BLIND, 2)
    drawn = [(q.code, q.item_id, q.question.id, "".join(text[-1] for _, text in q.letters)) for q in sheet.questions]
    assert drawn == [
        ("7a3b12cd27", "a", "which", "102"), ("5958410f12", "b", "again", "120"), ("bcea4bece1", "c", "which", "102"),
    ]  # fmt: skip


def test_after_the_text_nine_in_ten_are_enough() -> None:
    assert [score(Mode.AFTER, filled(100, right=right)).sound for right in (89, 90)] == [False, True]
