"""The content that comes with the program keeps the promises that are made of it."""

from __future__ import annotations

import re

import pytest

from bot.domain.content import WORDS_A_MINUTE, Catalogue, Item, Lesson, Term, wordings, words
from bot.package_files import folder
from tests.helpers import one_right

TRACK = "speak-the-language"


def items(catalogue: Catalogue) -> list[Item]:
    return list(catalogue.items.values())


def test_the_first_track_has_eight_lessons_and_four_explainers_between_them(our_lessons: Catalogue) -> None:
    track = [our_lessons.items[i] for i in our_lessons.tracks[TRACK].items]
    assert sum(isinstance(i, Lesson) for i in track) == 8
    assert [i.title for i in track if isinstance(i, Term)] == ["FOMO", "hashtag", "YOLO", "LOL"]
    assert our_lessons.tracks[TRACK].open


def test_whatever_is_missed_in_the_first_track_can_come_back_in_other_words(our_lessons: Catalogue) -> None:
    track = [our_lessons.items[i] for i in our_lessons.tracks[TRACK].items]
    assert [item.id for item in track if len(wordings(item)) < 2] == []


def test_there_are_forty_terms(our_lessons: Catalogue) -> None:
    assert len(our_lessons.terms) == 40


def test_every_lesson_has_eighty_to_a_hundred_and_twenty_words(our_lessons: Catalogue) -> None:
    lengths = {i.id: len(i.body.split()) for i in items(our_lessons) if isinstance(i, Lesson)}
    assert {name: count for name, count in lengths.items() if not 80 <= count <= 120} == {}


def test_everything_is_read_within_a_minute(our_lessons: Catalogue) -> None:
    assert max(words(i) for i in items(our_lessons)) <= WORDS_A_MINUTE


def test_nothing_shouts(our_lessons: Catalogue) -> None:
    for path in folder("lessons").rglob("*.md"):
        if path.name != "README.md":
            assert "!" not in path.read_text().replace("![", ""), path


def test_every_lesson_gives_a_sentence_for_the_next_meeting(our_lessons: Catalogue) -> None:
    for item in items(our_lessons):
        if isinstance(item, Lesson):
            assert re.search(r"\*\*(Ask|Say) in your next meeting:\*\*", item.body), item.id


def test_every_year_named_in_a_lesson_has_a_source(our_lessons: Catalogue) -> None:
    for item in items(our_lessons):
        text = item.body if isinstance(item, Lesson) else item.meaning
        if re.search(r"\b(19|20)\d\d\b", text):
            assert item.sources, item.id


def test_the_right_answer_doesnt_stand_in_the_same_place_throughout(our_lessons: Catalogue) -> None:
    places = [one_right(our_lessons.items[i]).right for i in our_lessons.tracks[TRACK].items]
    assert len(set(places)) >= 3
    assert max(places.count(p) for p in places) <= len(places) * 2 // 3


@pytest.mark.parametrize("opener", ["Your minute", "In this lesson", "Welcome"])
def test_no_lesson_begins_by_talking_about_itself(our_lessons: Catalogue, opener: str) -> None:
    for item in items(our_lessons):
        if isinstance(item, Lesson):
            assert not item.body.startswith(opener)


def test_the_right_answer_isnt_given_away_by_its_length(our_lessons: Catalogue) -> None:
    def longest(item: Item) -> bool:
        lengths = [len(choice.text) for choice in one_right(item).choices]
        return lengths[one_right(item).right] == max(lengths)

    track = [our_lessons.items[i] for i in our_lessons.tracks[TRACK].items]
    assert sum(longest(i) for i in track) <= len(track) // 3
    assert sum(longest(i) for i in items(our_lessons)) <= len(our_lessons.items) // 3
