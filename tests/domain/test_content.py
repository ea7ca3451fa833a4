"""The wording that was delivered is kept as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import (
    Catalogue,
    Change,
    Lesson,
    Source,
    Term,
    meeting_line,
    pack,
    prompt_of,
    question_of,
    review_words,
    unpack,
    version,
    words,
)
from bot.domain.questions import Choice, OneRight
from bot.domain.strategy import Part, Prompt
from tests.helpers import lesson, question, term

texts = st.text(min_size=1, max_size=40)
choices = st.lists(st.builds(Choice, texts, texts, st.booleans()), min_size=2, max_size=10).map(tuple)
questions = st.builds(OneRight, texts, texts, choices)
sources = st.lists(
    st.builds(Source, id=texts, publisher=texts, title=texts, date=texts, address=texts), max_size=2
).map(tuple)
more = {"question": questions, "sources": sources, "review_by": st.none() | st.dates()}
lessons = st.builds(Lesson, id=texts, title=texts, body=texts, terms=st.lists(texts).map(tuple), **more)
terms = st.builds(
    Term,
    **dict.fromkeys(("id", "term", "meaning", "heard", "use_when", "avoid_when"), texts),
    **{name: st.none() | texts for name in ("stands_for", "related")},
    aliases=st.lists(texts).map(tuple),
    **more,
)


@given(lessons | terms)
def test_what_is_packed_comes_out_the_same(item: Lesson | Term) -> None:
    assert unpack(pack(item)) == item
    assert version(unpack(pack(item))) == version(item)


def test_a_changed_word_is_another_version() -> None:
    before = lesson("a")
    assert version(before) != version(replace(before, body="Other text."))
    assert version(before) != version(replace(before, review_by=date(2027, 1, 1)))


def test_a_lesson_and_a_term_of_the_same_words_are_different_versions() -> None:
    assert version(lesson("a")) != version(term("a"))


def test_the_words_on_the_screen_include_the_two_reasons_shown() -> None:
    # title, body, stem, three choices, then right and longest wrong choice with their reasons
    assert words(lesson("a")) == 1 + 2 + 2 + 6 + 4 + 4


def test_a_lesson_gives_a_line_for_the_next_meeting() -> None:
    body = 'Some text.\n\n**Ask in your next meeting:** "Who uses this tag?"\n\nMore.'
    assert meeting_line(replace(lesson("a"), body=body)) == '"Who uses this tag?"'
    assert (
        meeting_line(replace(lesson("a"), body='**Say in your next meeting**: "I don\'t know."')) == '"I don\'t know."'
    )
    assert meeting_line(lesson("a")) == ""
    assert meeting_line(term("b")) == ""


def test_a_change_is_stored_and_an_item_without_one_keeps_the_hash_that_it_had() -> None:
    changed = lesson("a", change=Change(date(2026, 3, 2), "The figure is a new one."))
    assert unpack(pack(changed)) == changed
    assert version(changed) != version(lesson("a"))
    assert "change" not in json.loads(pack(lesson("a")))


def test_a_term_is_known_by_its_aliases_and_by_what_it_stands_for() -> None:
    sov = term("sov", aliases=("voice share",), stands_for="share of voice")
    assert sov.names == ("SOV", "voice share", "share of voice")
    assert term("sov").names == (term("sov").title,) == ("SOV",)


def test_the_terms_of_a_catalogue_are_sorted_by_their_ids() -> None:
    items = (term("b"), lesson("c"), term("a"))
    assert [each.id for each in Catalogue({item.id: item for item in items}).terms] == ["a", "b"]


def test_the_words_of_a_term_are_those_of_all_its_parts_and_of_the_longest_wording() -> None:
    plain = term("a")
    # term, meaning, heard, use when, avoid when; then the question as in a lesson
    assert words(plain) == 1 + 3 + 3 + 2 + 2 + 2 + 6 + 4 + 4
    assert words(replace(plain, stands_for="share of voice")) == words(plain) + 3
    longer = replace(question("other"), stem="And which of these?")
    assert words(replace(plain, further=(longer,))) == words(plain) + 2


def test_a_wording_keeps_its_hash_from_release_to_release() -> None:
    assert version(lesson("a")) == "2548fb6163cba502341a822821447fc02a6ddbd87d8f85ad779b183fe7d7a37f"
    dated = term("b", stands_for="Größe", review_by=date(2027, 1, 1))
    assert version(dated) == "6dd3529b74a44e70e780c4874e64db6b8626fc07c726147ac2129d48d6acaa5e"


def test_a_prompt_is_stored_and_a_lesson_without_one_keeps_the_hash_that_it_had() -> None:
    asks = lesson("a", prompt=Prompt(Part.TONE, ("Who answers?", "How soon?")))
    assert unpack(pack(asks)) == asks
    assert version(asks) != version(lesson("a"))
    assert "prompt" not in json.loads(pack(lesson("a")))


def test_only_a_lesson_asks_for_lines_of_ones_own() -> None:
    prompt = Prompt(Part.MEASUREMENT, ("What do you count?",))
    assert prompt_of(lesson("a", prompt=prompt)) == prompt
    assert [prompt_of(item) for item in (lesson("a"), term("b"), None)] == [None, None, None]


def test_a_term_that_is_only_looked_up_asks_nothing() -> None:
    only_looked_up = replace(term("b"), question=None)
    assert question_of(term("b")) == question()
    with pytest.raises(ValueError, match="b asks nothing"):
        question_of(only_looked_up)
    # term, meaning, heard, use when, avoid when
    assert words(only_looked_up) == 1 + 3 + 3 + 2 + 2


def test_the_words_of_a_review_are_its_question_and_the_two_longest_reasons() -> None:
    choices = (Choice("this one", "yes", right=True), Choice("that", "no, not that one"), Choice("or this", "not this"))
    assert review_words(OneRight("q", "Which is it?", choices)) == 3 + (2 + 1 + 2) + (4 + 2)


def test_a_lookup_finds_a_term_by_names_that_a_text_may_use_for_something_else() -> None:
    ave = term(
        "ave", aliases=("ad value", "value"), looked_up_as=("equivalent",), in_capitals=("AVE",), in_context=("value",)
    )
    assert ave.names == ("ad value",)
    assert ave.every_name == ("ad value", "equivalent", "AVE", "value")


def test_the_names_of_a_catalogues_terms_are_found_in_a_text_as_each_of_them_counts() -> None:
    items = (
        term("ave", in_capitals=("AVE",)),
        term("reach", unless_beside=("Me",)),
        term("ltv", aliases=("lifetime value",), unless_near=("Loan",)),
        term("frequency", in_context=("FREQUENCY",)),
        term("equivalent", aliases=("advertising equivalent",), looked_up_as=("worth",)),
        lesson("lesson"),
    )
    matcher = Catalogue({item.id: item for item in items}).matcher
    for text, named in (
        ("The AVE fell", ["ave"]),
        ("Ave Maria", []),
        ("Our reach fell; reach me", ["reach"]),
        ("reach me", []),
        ("LTV fell, the lifetime value", ["ltv"]),
        ("the LTV of a loan", []),
        ("the frequency of meetings", []),
        ("reach and frequency", ["reach", "frequency"]),
        ("what it is worth to the lesson", []),
    ):
        assert [each.term_id for each in matcher.find(text)] == named


def test_what_follows_from_a_catalogue_is_worked_out_once() -> None:
    asked: list[Catalogue] = []

    def count(catalogue: Catalogue) -> int:
        asked.append(catalogue)
        return len(catalogue.items)

    catalogue = Catalogue()
    assert [catalogue.derived(count), catalogue.derived(count)] == [0, 0]
    assert asked == [catalogue]
