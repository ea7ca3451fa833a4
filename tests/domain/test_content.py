"""The wording that was delivered is kept as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import Lesson, Source, Term, meeting_line, pack, unpack, version, words
from bot.domain.questions import Choice, OneRight
from tests.helpers import lesson, term

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
