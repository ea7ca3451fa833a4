"""What a brief takes from the catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.content import Catalogue, Lesson, Term, Track
from bot.queries.brief import MOST_QUESTIONS, MOST_TERMS, brief
from tests.helpers import lesson, term


def test_every_track_and_term_of_ours_has_a_full_brief(our_lessons: Catalogue) -> None:
    subjects: list[Track | Term] = [*our_lessons.tracks.values(), *our_lessons.terms]
    for about in subjects:
        view = brief(our_lessons, about)
        assert len(view.questions) == MOST_QUESTIONS, about.id
        assert len({t.term_id for t in view.terms}) == len(view.terms)
        assert 1 <= len(view.terms) <= MOST_TERMS
        assert all(t.gist for t in view.terms)


def test_a_words_brief_begins_with_the_word(our_lessons: Catalogue) -> None:
    for about in our_lessons.terms:
        assert brief(our_lessons, about).terms[0].term_id == about.id


def test_the_nearest_lesson_asks_first() -> None:
    far: Lesson = replace(lesson("far"), body='**Ask in your next meeting:** "Far?"')
    near: Lesson = replace(lesson("near"), body='**Ask in your next meeting:** "Near?"')
    word: Term = replace(term("word"), related="near")
    track = Track(id="t", title="T", summary="S", items=("far", "near"))
    view = brief(Catalogue({"far": far, "near": near, "word": word}, {"t": track}), word)
    assert view.questions == ('"Near?"', '"Far?"')


@pytest.mark.parametrize("body", ["No line.", '**Say in your next meeting:** "I need a day."'])
def test_a_line_that_asks_nothing_is_no_question(body: str) -> None:
    track = Track(id="t", title="T", summary="S", items=("a",))
    assert brief(Catalogue({"a": replace(lesson("a"), body=body)}, {"t": track}), track).questions == ()
