"""The content that comes with the program keeps the promises that are made of it."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from bot.content import check
from bot.domain.content import WORDS_A_MINUTE, Catalogue, Item, Lesson, Term, meeting_line, wordings, words
from bot.domain.questions import OneRight
from bot.messages.render import objections
from bot.package_files import folder

TRACK = "speak-the-language"
MOST_SHOWN = 60


def items(catalogue: Catalogue) -> list[Item]:
    return list(catalogue.items.values())


WITHOUT_A_LINE = {"room-with-our-name"}
"""Lessons that end otherwise, so that not all of them end alike."""
DAYS = {"reach", "FOMO", "hashtag", "engagement rate", "YOLO", "share of voice", "CPM"}


def test_the_first_track_has_eight_lessons_and_seven_explainers_between_them(our_lessons: Catalogue) -> None:
    track = [our_lessons.items[i] for i in our_lessons.tracks[TRACK].items]
    assert sum(isinstance(i, Lesson) for i in track) == 8
    assert {i.title for i in track if isinstance(i, Term)} == DAYS
    assert not any(isinstance(one, Term) and isinstance(other, Term) for one, other in pairwise(track))
    assert our_lessons.tracks[TRACK].open


def test_a_lesson_can_be_asked_in_two_wordings_or_three(our_lessons: Catalogue) -> None:
    found = {i.id: len(wordings(i)) for i in items(our_lessons) if isinstance(i, Lesson)}
    assert {name: count for name, count in found.items() if count not in {2, 3}} == {}


def test_the_first_track_asks_in_many_ways(our_lessons: Catalogue) -> None:
    track = [our_lessons.items[i] for i in our_lessons.tracks[TRACK].items]
    lessons = [i for i in track if isinstance(i, Lesson)]
    forms = {q.form if isinstance(q, OneRight) else q.kind for i in track for q in wordings(i)}
    assert len(forms) >= 5
    more_than_a_tap = [i.id for i in lessons if any(not isinstance(q, OneRight) for q in wordings(i))]
    assert len(more_than_a_tap) <= 2
    assert sum(i.ask_first for i in lessons) >= 2


def test_our_lessons_give_no_author_anything_to_look_at() -> None:
    """Nothing gives a question away by its length or its tone, nothing is unexplained, and nothing uncited."""
    report = check([folder("lessons")], objections, date(2026, 11, 29))
    assert [str(problem) for problem in (*report.problems, *report.warnings)] == []


def test_whatever_is_missed_in_the_first_track_can_come_back_in_other_words(our_lessons: Catalogue) -> None:
    track = [our_lessons.items[i] for i in our_lessons.tracks[TRACK].items]
    assert [item.id for item in track if len(wordings(item)) < 2] == []


def test_there_are_two_hundred_terms_and_forty_or_more_of_them_ask(our_lessons: Catalogue) -> None:
    assert len(our_lessons.terms) >= 200
    asked = [term for term in our_lessons.terms if wordings(term)]
    assert len(asked) >= 40
    assert [term.id for term in asked if len(wordings(term)) < 2] == []


def test_every_lesson_has_eighty_to_a_hundred_and_twenty_words(our_lessons: Catalogue) -> None:
    lengths = {
        i.id: sum(any(map(str.isalnum, word)) for word in i.body.split())
        for i in items(our_lessons)
        if isinstance(i, Lesson)
    }
    assert {name: count for name, count in lengths.items() if not 80 <= count <= 120} == {}


def test_everything_is_read_within_a_minute(our_lessons: Catalogue) -> None:
    assert max(words(i) for i in items(our_lessons)) <= WORDS_A_MINUTE


def test_nothing_shouts(our_lessons: Catalogue) -> None:
    for path in folder("lessons").rglob("*.md"):
        if path.name != "README.md" and "drafts" not in path.parts:
            assert "!" not in path.read_text().replace("![", ""), path


def test_every_lesson_gives_a_sentence_for_the_next_meeting(our_lessons: Catalogue) -> None:
    lessons = [item for item in items(our_lessons) if isinstance(item, Lesson)]
    assert [item.id for item in lessons if not meeting_line(item) and item.id not in WITHOUT_A_LINE] == []


def test_every_year_named_in_a_lesson_has_a_source(our_lessons: Catalogue) -> None:
    for item in items(our_lessons):
        text = item.body if isinstance(item, Lesson) else item.meaning
        if re.search(r"\b(19|20)\d\d\b", text):
            assert item.sources, item.id


@pytest.mark.parametrize("opener", ["Your minute", "In this lesson", "Welcome"])
def test_no_lesson_begins_by_talking_about_itself(our_lessons: Catalogue, opener: str) -> None:
    for item in items(our_lessons):
        if isinstance(item, Lesson):
            assert not item.body.startswith(opener)


def test_our_drafts_have_no_problem() -> None:
    assert [str(problem) for problem in check([folder("lessons")], objections, drafts=True).problems] == []
