"""Each kind of question grades what people really give it: ticks, numbers in any notation, words with a slip."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import questions
from bot.domain.choice_order import drawn_order
from bot.domain.content import asked_with, pack, unpack, version, wordings
from bot.domain.questions import (
    KINDS,
    AnyQuestion,
    Choice,
    Fault,
    NoResponseError,
    Number,
    OneRight,
    SeveralRight,
    Ticked,
    Typed,
    Written,
)
from bot.domain.questions.forms import FORMS, QuestionForm
from bot.domain.questions.number import amount, values
from bot.domain.questions.typed import normal
from bot.domain.questions.written import LONGEST
from bot.messages.samples import parts
from tests.helpers import lesson, question

ELSE = Choice("anything else", "Not that.")
EVERY: tuple[AnyQuestion, ...] = (
    question(), parts.several(), parts.number(), parts.typed(), parts.true_or_false(), parts.which_order(),
)  # fmt: skip


def numbers(right: str, *wrong: str) -> Number:
    """A question for a number, and the wrong ones that it names."""
    return Number("n", "How many?", (Choice(right, "So many.", right=True), *(Choice(w, "No.") for w in wrong), ELSE))


def words(right: str, *wrong: str) -> Typed:
    """A question for a word, and the wrong ones that it names."""
    return Typed("t", "Which word?", (Choice(right, "That.", right=True), *(Choice(w, "No.") for w in wrong), ELSE))


def grade(asked: Number | Typed, text: str) -> bool:
    """Whether a written answer is right."""
    return asked.grade(asked.respond([text]))


@pytest.mark.parametrize("asked", EVERY, ids=lambda q: q.id)
def test_every_kind_has_a_right_and_a_wrong_response_and_comes_back_from_storage(asked: AnyQuestion) -> None:
    assert questions.unpack(json.loads(json.dumps(questions.pack(asked)))) == asked
    responses = list(asked.every_response())
    assert {asked.grade(each) for each in responses} == {True, False}
    for each in responses:
        assert asked.recall(json.loads(json.dumps(each.pack()))) == each


def test_every_kind_is_among_the_samples() -> None:
    assert {asked.kind for asked in EVERY} == set(KINDS)


def test_all_the_right_ones_ticked_and_no_other_is_right() -> None:
    asked = parts.several()
    assert asked.grade(asked.respond(["1", "0"]))
    for ticked in (["0"], ["0", "2"], ["0", "1", "2"]):
        assert not asked.grade(asked.respond(ticked))
    assert asked.missed(Ticked((0, 2))) == (1, 2)
    assert asked.in_order((2, 1, 0)).missed(Ticked((0, 2))) == (2, 1)
    with pytest.raises(NoResponseError) as failed:
        asked.respond([])
    assert failed.value.fault is Fault.NOTHING_TICKED
    with pytest.raises(ValueError, match="choice"):
        asked.respond(["0", "7"])


@pytest.mark.parametrize(
    "text",
    [
        "1500",
        "1,500",
        "1.500",
        "1 500",
        "1\u00a0500",
        "1'500",
        "1500 people",
        "about 1,500",
        "1 500 €",
        "€1,500.00",
        "1.5k",
        "1,5 thousand",
        "1450",
        "1600",
        "+1500",
        "１５００",
    ],
)
def test_a_number_is_right_however_it_is_written_and_within_its_tolerance(text: str) -> None:
    assert grade(parts.number(), text)


@pytest.mark.parametrize("text", ["15", "1601", "1399.9", "-1500", "1,5", "15,000", "0", "1.5 million"])
def test_another_number_is_wrong(text: str) -> None:
    assert not grade(parts.number(), text)


def test_a_wrong_number_that_was_foreseen_gets_its_own_reason() -> None:
    asked = parts.number()
    assert asked.choice_of(Written("15 or so")).text == "15 people"
    assert asked.choice_of(Written("16")).text == "anything else"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY), (" \n ", Fault.EMPTY), ("🙂🎉", Fault.EMPTY), ("...", Fault.EMPTY), ("x" * 10_000, Fault.TOO_LONG),
        ("a lot", Fault.NO_NUMBER), ("10 to 15", Fault.SEVERAL_NUMBERS), ("10-15", Fault.SEVERAL_NUMBERS), ("12 15", Fault.SEVERAL_NUMBERS),
        ("9" * 31, Fault.NO_NUMBER),
    ],
)  # fmt: skip
def test_what_is_no_number_is_said_and_not_counted(text: str, fault: Fault) -> None:
    with pytest.raises(NoResponseError) as failed:
        parts.number().respond([text])
    assert failed.value.fault is fault


@pytest.mark.parametrize(
    ("token", "read"),
    [
        ("1,500", ["1500", "1.500"]), ("1.500", ["1500", "1.500"]), ("1,5", ["1.5"]), ("0,500", ["0.500"]), ("1.500,25", ["1500.25"]),
        ("1,500.25", ["1500.25"]), ("1,500,000", ["1500000"]), ("1500,000", ["1500.000"]), ("1 500,5", ["1500.5"]), ("-2,5", ["-2.5"]), (".5", ["0.5"]), ("150,000", ["150000", "150.000"]), (".500", ["0.500"]),
    ],
)  # fmt: skip
def test_a_mark_is_for_thousands_or_for_decimals_where_either_can_be(token: str, read: list[str]) -> None:
    assert values(token) == [Decimal(each) for each in read]


def test_without_a_tolerance_only_the_number_itself_is_right_with_whichever_minus() -> None:
    assert all(grade(numbers("-12"), text) for text in ("-12", "−12", "－12", "-12.0"))
    assert not any(grade(numbers("-12"), text) for text in ("12", "-13", "-11.5"))


def test_a_unit_multiplies_whether_it_is_written_again_or_not() -> None:
    asked = numbers("3 million euros, give or take 0.5")
    assert all(grade(asked, text) for text in ("3", "3 million", "3m", "3,000,000", "2.5", "€3.4 mn"))
    assert not any(grade(asked, text) for text in ("3 billion", "3.6", "3 thousand", "30"))
    assert asked.unit == "million euros"
    assert numbers("12").unit == numbers("many").unit == ""
    assert numbers("1,500 people; 1500 readers").unit == "people"


@pytest.mark.parametrize(
    ("texts", "number"),
    [
        ("2k|2 thousand|2 thousands", "2000"), ("2m|2 mn|2 million|2 millions", "2000000"),
        ("2bn|2 billion|2 billions", "2000000000"),
    ],
)  # fmt: skip
def test_a_word_behind_a_number_multiplies_it(texts: str, number: str) -> None:
    assert all(grade(numbers(number), text) for text in texts.split("|"))


def test_without_a_unit_that_multiplies_twice_as_much_is_wrong() -> None:
    assert not any(grade(numbers("12 people"), text) for text in ("24", "6", "24 people"))


def test_an_amount_is_one_number_with_a_unit_and_a_tolerance() -> None:
    found = amount("1,500.5 people, give or take 20")
    assert found is not None
    assert (found.value, found.tolerance, found.unit) == (Decimal("1500.5"), Decimal(20), "people")
    for nothing in ("many", "10 to 15", "10, give or take some", "10, give or take 2 or 3"):
        assert amount(nothing) is None


def test_a_question_is_found_out_in_which_a_right_and_a_wrong_number_could_be_meant() -> None:
    assert numbers("1,500", "1.5").both_meant()
    assert numbers("1.5", "1,500").both_meant()
    assert not numbers("1,500", "15", "1,700").both_meant()
    assert numbers("12, give or take 3", "14").both_meant()
    assert not numbers("many", "12").both_meant()


@pytest.mark.parametrize(
    "text",
    [
        "share of voice",
        "Share-of-Voice",
        "the share of voice",
        "SOV",
        "s.o.v.",
        "share of voise",
        "shareof voice",
        "shàre of voice",
        "share of voice!",
        "  share\nof voice ",
    ],
)
def test_a_word_is_right_in_each_accepted_spelling_with_a_slip_forgiven(text: str) -> None:
    assert grade(parts.typed(), text)


@pytest.mark.parametrize("text", ["reach", "reech", "voice", "sob", "share", "a share of the noise"])
def test_another_word_is_wrong(text: str) -> None:
    assert not grade(parts.typed(), text)


def test_a_near_miss_is_told_as_such_and_another_word_isnt() -> None:
    asked = parts.typed()
    assert asked.near(Written("shere off voyce"))
    assert not asked.near(Written("reach"))
    assert not asked.near(Written("engagement"))
    assert not asked.near(Written("share of voice"))


def test_in_a_short_word_a_slip_makes_another_word() -> None:
    assert not grade(words("reel"), "real")
    assert not words("reel").near(Written("real"))


def test_the_nearest_of_the_foreseen_answers_is_meant() -> None:
    asked = words("impressions", "impressionism")
    assert asked.choice_of(Written("impressionisn")).text == "impressionism"
    assert asked.both_meant() == ["impressionism"]
    assert not words("impressions", "reach").both_meant()


def test_the_right_one_of_two_equally_near_answers_is_meant_wherever_it_stands() -> None:
    right, wrong = Choice("readers", "Those.", right=True), Choice("leaders", "No.")
    for choices in ((right, wrong, ELSE), (wrong, right, ELSE)):
        assert grade(Typed("t", "Who?", choices), "beaders")


def test_only_a_right_answer_without_a_slip_is_taken_from_the_dm() -> None:
    assert parts.typed().accepts("Share of voice")
    assert not parts.typed().accepts("share of voise")
    assert not parts.typed().accepts("reach")


@pytest.mark.parametrize(
    "typed", ["1500", "1,500", "1.500", "1 500 people", "1.5k", "1.5 thousand people", "1500.", "~1500"]
)
def test_a_right_number_alone_or_with_its_unit_may_be_meant_as_the_answer(typed: str) -> None:
    assert parts.number().accepts(typed)


@pytest.mark.parametrize(
    "typed",
    ["15", "1500 or 15", "remind me in 1500 days", "at 1500", "1500 people saw it", "people", "next 1500", "9" * 40],
)
def test_a_sentence_with_a_right_number_in_it_is_no_answer(typed: str) -> None:
    assert not parts.number().accepts(typed)
    assert parts.number().accepts("1,500")
    assert not parts.number().accepts("15")
    assert not parts.number().accepts("10 or 20")


@given(st.text(max_size=400))
def test_whatever_is_written_is_graded_or_its_fault_is_named(text: str) -> None:
    for asked in (parts.number(), parts.typed()):
        try:
            response = asked.respond([text])
        except NoResponseError as error:
            assert error.fault in Fault
            continue
        assert len(response.text) <= LONGEST
        assert asked.grade(response) in {True, False}
        assert asked.choice_of(response) in asked.choices
        assert asked.near(response) in {True, False}


@given(st.text(max_size=60))
def test_a_text_made_plain_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("form", "fitting", "not_fitting"),
    [
        ("true or false", [["True", "False"]], [["False", "True"], ["True", "False", "Maybe"], ["yes", "no"]]),
        ("which of two", [["a", "b"]], [["a", "b", "c"], ["a"]]),
        ("find the sentence", [["a", "b", "c"]], [["a", "b"]]),
        ("what happened next", [["a", "b"], ["a", "b", "c", "d"]], [["a"]]),
        (
            "which order",
            [["a → b → c", "b → a → c", "c → b → a"]],
            [
                ["a → b → c", "b → a → c"],
                ["a → b", "b → a", "a → b"],
                ["a → b → c", "b → a → c", "c → b → a", "c → a → b"],
                ["a →  → c", " → a → c", "c →  → a"],
                ["a → b → c", "a → b → d", "c → b → a"],
            ],
        ),
    ],
)
def test_a_form_says_which_choices_it_has(form: str, fitting: list[list[str]], not_fitting: list[list[str]]) -> None:
    assert all(FORMS[form].fits(choices) for choices in fitting)
    assert not any(FORMS[form].fits(choices) for choices in not_fitting)
    assert FORMS[form].remedy


def test_the_order_is_drawn_for_each_asking_and_is_the_same_for_the_same() -> None:
    asked = question(choices=4)
    drawn = [drawn_order(asked, "T", "U", str(n)) for n in range(2_400)]
    assert drawn == [drawn_order(asked, "T", "U", str(n)) for n in range(2_400)]
    counted = Counter(drawn)
    assert set(counted) == {"".join(order) for order in permutations("0123")}
    # a hundred each are expected; four standard deviations are forty
    assert all(60 <= count <= 140 for count in counted.values())


def test_true_or_false_and_fields_are_never_put_into_another_order() -> None:
    assert [drawn_order(asked, "T") for asked in (parts.true_or_false(), parts.number(), parts.typed())] == ["", "", ""]
    assert parts.true_or_false().in_order((1, 0)).shown == (0, 1)


def test_an_order_that_doesnt_fit_leaves_the_authors() -> None:
    for odd in ((), (0, 1), (0, 1, 1), (0, 1, 3)):
        assert question().in_order(odd).shown == (0, 1, 2)


def test_a_pick_is_graded_the_same_in_every_order() -> None:
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        asked = question().in_order(order)
        assert [asked.grade(asked.respond([str(n)])) for n in range(3)] == [False, True, False]


def every_wording() -> Iterator[AnyQuestion]:
    yield from EVERY


def test_an_item_is_delivered_with_one_of_its_wordings_and_keeps_the_hash_that_it_had() -> None:
    alone = lesson("a")
    several = replace(alone, further=(replace(question("other"), stem="And which?"),), ask_first=True)
    assert version(several) == version(alone)
    assert len(wordings(several)) == 2
    for each in every_wording():
        delivered = asked_with(several, each)
        assert unpack(pack(delivered)) == replace(delivered, ask_first=False)


def test_a_form_of_another_release_is_asked_as_a_plain_question() -> None:
    stored = {**questions.pack(question()), "form": "which is older"}
    read = questions.unpack(stored)
    assert isinstance(read, OneRight)
    assert read.kept_to.label == ""
    assert questions.pack(read) == stored


def test_what_is_read_in_the_longest_case_is_the_question_and_the_longest_of_what_follows() -> None:
    chosen = OneRight(
        "q", "Which?", (Choice("a", "A b c.", right=True), Choice("b", "Two words."), Choice("c", "Three words here.")),
        form="what happened next",
    )  # fmt: skip
    assert chosen.longest_reading() == [
        "What happened next?", "Which?", "a", "b", "c", "a", "A b c.", "c", "Three words here.",
    ]  # fmt: skip
    assert replace(chosen, form="").longest_reading()[0] == "Which?"
    ticked = SeveralRight("q", "Which?", chosen.choices)
    assert ticked.longest_reading() == [
        "Which?", "a", "b", "c", "a", "b", "c", "a", "A b c.", "b", "Two words.", "c", "Three words here.",
    ]  # fmt: skip
    written = parts.typed()
    assert written.longest_reading() == [
        written.stem, "share of voice", "A part of all that is said.", "That counts who may have seen it.",
    ]  # fmt: skip


def test_between_them_the_responses_show_everything_that_can_be_shown() -> None:
    assert list(parts.several().every_response()) == [Ticked(ticked) for ticked in ((0, 1), (0,), (1,), (2,), (2,))]
    assert list(parts.typed().every_response()) == [Written("share of voice"), Written("reach"), Written("W" * 200)]


def test_a_question_says_how_many_of_its_choices_are_right_and_how_often_it_may_be_tried() -> None:
    said = {kind.kind: (kind.heading, kind.fewest_right, kind.most_right, kind.tries) for kind in KINDS.values()}
    assert said == {
        "one_right": ("", 1, 1, 1), "several_right": ("several right", 2, 9, 1), "number": ("number", 1, 1, 2),
        "typed": ("typed", 1, 1, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "remedy"),
    [
        ("", "Write at least 2 choices"),
        ("true or false", 'Write the choices "True" and "False", in this order'),
        ("which of two", "Write 2 choices"),
        ("find the sentence", "Write at least 3 choices"),
        ("what happened next", "Write at least 2 choices"),
        ("which order", 'Write 3 choices with the same steps in another order, such as "ask → post → count"'),
    ],
)
def test_a_form_tells_an_author_what_its_choices_have_to_be(form: str, remedy: str) -> None:
    assert FORMS[form].remedy == remedy


def test_a_form_may_have_a_most_that_isnt_its_fewest() -> None:
    assert QuestionForm(name="few", most=4).remedy == "Write at least 2 choices and at most 4"


@pytest.mark.parametrize(
    ("right", "slips", "forgiven"),
    [("reel", 1, False), ("reach", 1, True), ("reach", 2, False), ("audience", 1, True), ("audience", 2, False),
     ("followers", 2, True), ("followers", 3, False)],
)  # fmt: skip
def test_two_slips_are_forgiven_in_nine_letters_and_one_in_five(right: str, slips: int, forgiven: bool) -> None:
    assert grade(words(right), right[:-slips] + "x" * slips) is forgiven


def test_up_to_two_slips_more_than_are_forgiven_are_near() -> None:
    assert [words("reach").near(Written("reach"[:-n] + "x" * n)) for n in range(5)] == [False, False, True, True, False]


def test_only_an_article_that_leads_other_words_is_left_out() -> None:
    assert normal("The Reach") == normal("reach") == "reach"
    assert normal("the") == "the"
    assert normal("reach the top") == "reachthetop"


def test_an_answer_may_have_two_hundred_characters_once_its_spaces_are_single() -> None:
    assert parts.typed().respond(["x" * 100 + " \n " + "x" * 99]) == Written("x" * 100 + " " + "x" * 99)
    with pytest.raises(NoResponseError) as failed:
        parts.typed().respond(["x" * 201])
    assert failed.value.fault is Fault.TOO_LONG


def test_the_spellings_of_an_answer_stand_between_semicolons() -> None:
    assert parts.typed().spellings(Choice(" a ;; b;", "")) == ("a", "b")


def test_a_number_may_have_thirty_signs_and_is_never_almost_right() -> None:
    assert parts.number().respond(["9" * 30]) == Written("9" * 30)
    assert not parts.number().near(Written("1601"))


def test_a_foreseen_number_is_given_with_its_thousands_and_unit_and_without_its_tolerance() -> None:
    asked = numbers("1500 people, give or take 100; 1.5 thousand", "12.50 €")
    assert [asked.as_given(choice) for choice in asked.choices] == ["1,500 people", "12.50 €", ""]


def test_a_number_stands_alone_but_for_its_unit_to_be_taken_from_the_dm() -> None:
    asked = parts.number()
    assert all(asked.accepts(text) for text in ("1500 people", "1.5 thousand people", "€1,500!"))
    assert not any(asked.accepts(text) for text in ("1500 friends", "people", "about 1500"))
    assert numbers("12").accepts("12")
