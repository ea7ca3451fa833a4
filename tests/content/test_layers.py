"""Folders of lessons in layers: a later one adds, replaces what has the same id, and hides."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import Report, check
from bot.messages.render import objections
from tests.content.writing import LESSON, TERM, Lessons

OWN = "---\nid: ours\ntitle: Ours\nopen: yes\nitems: [own, a]\n---\nOur own.\n"


@pytest.fixture
def own(tmp_path: Path, lessons: Lessons) -> Lessons:
    """A company's folder over the `lessons` that came with the bot, with nothing in it yet."""
    lessons.write("jargon/reach.md", TERM.format(id="reach", term="Reach"))
    company = Lessons(tmp_path / "company")
    for path in ("tracks/one/track.md", "tracks/one/a.md"):
        (company.root / path).unlink()
    return company


def read(lessons: Lessons, own: Lessons) -> Report:
    """What both folders have together."""
    return check([lessons.root, own.root], objections)


def problems(lessons: Lessons, own: Lessons) -> list[str]:
    """What is wrong with it."""
    return [str(problem) for problem in read(lessons, own).problems]


def test_an_empty_folder_changes_nothing(lessons: Lessons, own: Lessons) -> None:
    report = read(lessons, own)
    assert (report.problems, report.warnings) == ((), ())
    assert report.catalogue == lessons.check().catalogue


def test_a_later_folder_adds_tracks_lessons_and_terms(lessons: Lessons, own: Lessons) -> None:
    (own.root / "tracks" / "ours").mkdir()
    own.write("tracks/ours/track.md", OWN)
    own.write("tracks/ours/own.md", LESSON.format(id="own"))
    own.write("jargon/jomo.md", TERM.format(id="jomo", term="JOMO"))
    report = read(lessons, own)
    assert (report.problems, report.warnings) == ((), ())
    assert set(report.catalogue.tracks) == {"one", "ours"}
    assert set(report.catalogue.items) == {"a", "reach", "own", "jomo"}


def test_what_has_the_same_id_takes_the_place_of_ours(lessons: Lessons, own: Lessons) -> None:
    own.write("tracks/one/a.md", LESSON.format(id="a").replace("A title", "Our title"))
    own.write("jargon/reach.md", TERM.format(id="reach", term="Reach").replace("It means this", "We mean that"))
    report = read(lessons, own)
    assert report.problems == ()
    assert report.catalogue.items["a"].title == "Our title"
    assert [term.meaning for term in report.catalogue.terms] == ["We mean that."]
    assert report.catalogue.tracks["one"].items == ("a",)


def test_a_folder_adds_to_a_track_of_ours(lessons: Lessons, own: Lessons) -> None:
    own.write("tracks/one/track.md", "---\nid: one\nadds: [own]\n---\n")
    own.write("tracks/one/own.md", LESSON.format(id="own"))
    report = read(lessons, own)
    assert (report.problems, report.warnings) == ((), ())
    assert report.catalogue.tracks["one"].items == ("a", "own")
    assert report.catalogue.tracks["one"].title == "One"


def test_what_is_added_must_be_there(lessons: Lessons, own: Lessons) -> None:
    own.write("tracks/one/track.md", "---\nid: one\nadds: [own]\n---\n")
    assert problems(lessons, own) == [
        'company/tracks/one/track.md:3: there is no lesson or term "own". Add its file, or take it out of adds'
    ]
    own.write("tracks/one/track.md", "---\nid: on\nadds: [a]\n---\nA summary.\n")
    assert problems(lessons, own) == [
        'company/tracks/one/track.md:2: there is no track "on" to add to. Did you mean "one"?',
        "company/tracks/one/track.md:5: a file that adds to a track has no summary. Take it out: the track has its own",
    ]


def test_a_folder_hides_items_and_tracks_and_nothing_misses_them(lessons: Lessons, own: Lessons) -> None:
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, reach]")
    lessons.change("tracks/one/a.md", "title: A title", "title: A title\nterms: []")
    own.write("hidden.yaml", "items: [reach]\n")
    report = read(lessons, own)
    assert (report.problems, report.warnings) == ((), ())
    assert report.catalogue.tracks["one"].items == ("a",)
    assert "reach" not in report.catalogue.items
    (own.root / "tracks" / "ours").mkdir()
    own.write("tracks/ours/track.md", OWN.replace("[own, a]", "[own]"))
    own.write("tracks/ours/own.md", LESSON.format(id="own"))
    own.write("hidden.yaml", "tracks: [one]\n")
    hiding = read(lessons, own)
    assert (hiding.problems, hiding.warnings) == ((), ())
    assert set(hiding.catalogue.tracks) == {"ours"}
    # a lesson goes with the only track that had it; a word can still be looked up
    assert set(hiding.catalogue.items) == {"own", "reach"}


def test_what_there_is_nothing_of_to_hide_is_named(lessons: Lessons, own: Lessons) -> None:
    own.write("hidden.yaml", "items: [raech]\ntrack: [one]\n")
    found = problems(lessons, own)
    assert 'company/hidden.yaml:1: there is no "raech" to hide. Did you mean "reach"?' in found
    assert 'company/hidden.yaml:2: unknown key "track". Did you mean "tracks"?' in found


def test_a_file_with_nearly_that_name_is_named(lessons: Lessons, own: Lessons) -> None:
    own.write("hide.yml", "items: [reach]\n")
    assert [str(w) for w in read(lessons, own).warnings] == [
        'company/hide.yml:1: this file isn\'t read. Rename it to "hidden.yaml", and keep it at the top of the lessons '
        "folder"
    ]


def test_two_terms_of_one_name_say_how_the_own_one_wins(lessons: Lessons, own: Lessons) -> None:
    own.write("jargon/our-reach.md", TERM.format(id="our-reach", term="Reach"))
    (problem,) = problems(lessons, own)
    assert problem.startswith('company/jargon/our-reach.md:1: "Reach" is also a name of the term "reach". Give yours')
    own.write("hidden.yaml", "items: [reach]\n")
    assert problems(lessons, own) == []


def test_an_id_twice_in_one_folder_is_still_a_mistake(lessons: Lessons, own: Lessons) -> None:
    own.write("jargon/one.md", TERM.format(id="jomo", term="JOMO"))
    own.write("jargon/two.md", TERM.format(id="jomo", term="Joy"))
    (problem,) = problems(lessons, own)
    assert 'the id "jomo" is taken by company/jargon/one.md' in problem


def test_folders_of_the_same_name_are_told_apart(lessons: Lessons, tmp_path: Path) -> None:
    (tmp_path / "srv").mkdir()
    second = Lessons(tmp_path / "srv" / "lessons")
    second.change("tracks/one/a.md", "[x]", "[ ]")
    found = check([lessons.root, second.root], objections).problems
    assert found[0].file == str(second.root / "tracks/one/a.md")


def test_what_is_wrong_below_keeps_the_whole_from_being_served(lessons: Lessons, own: Lessons) -> None:
    lessons.change("tracks/one/a.md", "[x]", "[ ]")
    assert problems(lessons, own)


def test_a_folder_that_isnt_there_is_named(lessons: Lessons, tmp_path: Path) -> None:
    (problem,) = check([lessons.root, tmp_path / "nowhere"], objections).problems
    assert "there is no such folder" in problem.problem
