"""Tracks that aren't ready stand in `drafts/`, each with its sources: nobody is served them, and authors can check them."""

from __future__ import annotations

import pytest

from bot.content import check
from bot.content.load import Report
from bot.messages.render import objections
from tests.content.test_looked_up_terms import SOURCES
from tests.content.test_sheets import run
from tests.content.writing import LESSON, Lessons

TRACK = "---\nid: two\ntitle: Two\nitems: [b]\n---\nA draft.\n"


@pytest.fixture
def drafted(lessons: Lessons) -> Lessons:
    """A folder with a draft of a track, whose lesson cites a source of its own."""
    (lessons.root / "drafts" / "two").mkdir(parents=True)
    lessons.write("drafts/two/track.md", TRACK)
    lessons.write("drafts/two/b.md", LESSON.format(id="b").replace("title: A title", "title: Two\nsources: [one]"))
    lessons.write("drafts/two/sources.yaml", SOURCES.format(quotation="the fund had grown"))
    return lessons


def with_drafts(lessons: Lessons) -> Report:
    """What is found where drafts are read."""
    return check([lessons.root], objections, drafts=True)


def test_a_draft_isnt_served_and_isnt_missed(drafted: Lessons) -> None:
    report = drafted.check()
    assert (report.problems, report.warnings) == ((), ())
    assert set(report.catalogue.tracks) == {"one"}
    assert "b" not in report.catalogue.items


def test_an_author_reads_it_with_its_own_sources(drafted: Lessons) -> None:
    report = with_drafts(drafted)
    assert (report.problems, report.warnings) == ((), ())
    assert set(report.catalogue.tracks) == {"one", "two"}
    assert [source.id for source in report.catalogue.items["b"].sources] == ["one"]


def test_what_is_wrong_with_a_draft_has_its_file_and_line(drafted: Lessons) -> None:
    drafted.change("drafts/two/b.md", "sources: [one]", "sources: [two]")
    (problem,) = with_drafts(drafted).problems
    assert str(problem).startswith('lessons/drafts/two/b.md:4: there is no source "two"')
    assert drafted.problems() == []


def test_a_sources_file_beside_a_served_track_is_still_named(lessons: Lessons) -> None:
    lessons.write("tracks/one/sources.yaml", SOURCES.format(quotation="the fund had grown"))
    (warning,) = lessons.warnings()
    assert "this file isn't read" in warning


def test_the_commands_read_drafts_where_they_are_asked_to(drafted: Lessons) -> None:
    folder = str(drafted.root)
    assert "1 track, 1 lesson and 0 terms" in run("check", folder)[1]
    assert "2 tracks, 2 lessons and 0 terms" in run("check", folder, "--drafts")[1]
    assert "Two" not in run("stats", folder)[1]
    assert "Two" in run("stats", folder, "--drafts")[1]
    assert run("preview", "b", "--text", "--lessons", folder)[0] == 1
    assert run("preview", "b", "--text", "--drafts", "--lessons", folder)[0] == 0
