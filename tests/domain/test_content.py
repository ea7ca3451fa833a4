"""The wording that was delivered is kept as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import Catalogue, Change, Lesson, Source, Term, meeting_line, pack, unpack, version, words
from bot.domain.questions import Choice, OneRight
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
