"""Lessons that change on disk are served within a minute, without a restart, once all of them pass the check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Shelf
from bot.store.database import Database
from localslack import LocalSlack
from tests.content.writing import LESSON, TERM, Lessons
from tests.helpers import HENRIK, MONDAY, Running
from tests.running import running

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"])
"""No statement differs in it, and the suite has ten minutes."""


@pytest.fixture
def lessons(tmp_path: Path) -> Lessons:
    """A folder with a track of one lesson."""
    return Lessons(tmp_path / "lessons")


@pytest.fixture
def bot(lessons: Lessons, slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot that serves it; a test looks at the folder instead of the timer."""
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)) as started:
        started.app.reading.stop()
        yield started


def look(bot: Running) -> None:
    """Two looks of the timer: files have changed, and stand still."""
    bot.app.shelf.look()
    bot.app.shelf.look()


@on_sqlite
def test_a_new_word_is_explained_and_a_new_lesson_comes(bot: Running, lessons: Lessons) -> None:
    bot.assign("@henrik one")
    bot.advance(MONDAY + timedelta(days=1, hours=18))
    assert "nothing on" in bot.command(HENRIK, "/jargon jomo").text
    lessons.write("jargon/jomo.md", TERM.format(id="jomo", term="JOMO"))
    lessons.write("tracks/one/b.md", LESSON.format(id="b").replace("A title", "The second"))
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, b]")
    look(bot)
    assert "It means this." in bot.command(HENRIK, "/jargon jomo").text
    bot.tap(HENRIK, bot.last(HENRIK), "answer:1:1")
    bot.advance(MONDAY + timedelta(days=2, hours=18))
    bot.eventually(lambda: "The second" in bot.last(HENRIK).text, "the new lesson didn't come")


@on_sqlite
def test_what_doesnt_pass_isnt_served_and_the_log_says_why(
    bot: Running, lessons: Lessons, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    before = bot.app.ctx.catalogue_of("T")
    lessons.write("jargon/jomo.md", "---\nid: jomo\n---\n")
    look(bot)
    look(bot)
    assert bot.app.ctx.catalogue_of("T") is before
    (said,) = [m for m in caplog.messages if "aren't served" in m]
    assert "lessons/jargon/jomo.md:1: " in said
    lessons.write("jargon/jomo.md", TERM.format(id="jomo", term="JOMO"))
    look(bot)
    assert "jomo" in bot.app.ctx.catalogue_of("T").items
    assert any("the lessons were read again: 1 track, 2 items" in m for m in caplog.messages)


@on_sqlite
def test_files_that_are_still_being_saved_are_waited_for(bot: Running, lessons: Lessons) -> None:
    before = bot.app.ctx.catalogue_of("T")
    lessons.write("jargon/jomo.md", TERM.format(id="jomo", term="JOMO"))
    bot.app.shelf.look()
    lessons.write("jargon/yolo.md", TERM.format(id="yolo", term="YOLO"))
    bot.app.shelf.look()
    assert bot.app.ctx.catalogue_of("T") is before
    bot.app.shelf.look()
    assert {"jomo", "yolo"} <= set(bot.app.ctx.catalogue_of("T").items)


def test_a_database_that_cant_be_reached_keeps_no_look_from_ending(lessons: Lessons, tmp_path: Path) -> None:
    shelf = Shelf([lessons.root])
    shelf.take_written(Database(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}"))
    lessons.write("jargon/jomo.md", TERM.format(id="jomo", term="JOMO"))
    shelf.look()
    shelf.look()
    assert "jomo" in shelf.catalogue_of("T").items
