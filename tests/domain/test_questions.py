"""A question takes responses of its kind, grades them, and is stored so that what was stored before is read the same."""

from __future__ import annotations

import json

import pytest

from bot.domain import questions
from bot.domain.content import pack, unpack
from bot.domain.questions import KINDS, Chosen, Fault, NoResponseError
from tests.helpers import lesson, question


def test_the_one_right_choice_is_right_and_the_others_are_not() -> None:
    assert [question().grade(Chosen(n)) for n in range(3)] == [False, True, False]


@pytest.mark.parametrize("picked", [[], ["3"], ["-1"], ["007"], ["001"], ["²"], ["x"], [""], ["0", "1"]])
def test_what_is_no_choice_of_it_is_no_response(picked: list[str]) -> None:
    with pytest.raises(ValueError, match=r"choice|unpack"):
        question().respond(picked)


def test_a_response_comes_back_from_storage_as_it_was_given() -> None:
    given = question().respond(["2"])
    assert question().recall(json.loads(json.dumps(given.pack()))) == given == Chosen(2)


def test_a_wording_that_was_stored_before_there_were_kinds_is_one_right_and_keeps_its_hash() -> None:
    stored = json.loads(pack(lesson("a")))
    assert stored["question"].keys() == {"id", "stem", "choices"}
    assert unpack(json.dumps(stored)).question == question()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_registered_under_its_own_name(kind: str) -> None:
    assert KINDS[kind].kind == kind
    assert questions.unpack(questions.pack(question())) == question()


def test_a_question_may_have_more_than_ten_choices_and_each_is_named_by_its_plain_number() -> None:
    assert question(choices=12).respond(["11"]) == Chosen(11)
    for odd in ("12", "011", "²"):
        with pytest.raises(ValueError, match=f"choice '{odd}' of 12$"):
            question(choices=12).respond([odd])


def test_what_is_no_response_names_its_fault() -> None:
    assert str(NoResponseError(Fault.TOO_LONG)) == "too_long"
