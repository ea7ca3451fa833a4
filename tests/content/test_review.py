"""A review date does something: the check warns 60 days before and names what has expired."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.expiry import expired, to_tell
from tests.command_line import command
from tests.content.writing import LESSON, Lessons

DUE = date(2027, 6, 30)
NAMED = 'lessons/tracks/one/a.md:4: "A title" {} 2027-06-30. See whether it still holds, and set the next date'


@pytest.fixture
def dated(lessons: Lessons) -> Lessons:
    """A lesson to be reviewed by 30 June 2027."""
    lessons.change("tracks/one/a.md", "title: A title", f"title: A title\nreview_by: {DUE}")
    return lessons


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (-61, []),
        (-60, [NAMED.format("is to be reviewed by")]),
        (0, [NAMED.format("is to be reviewed by")]),
        (1, [NAMED.format("should have been reviewed by")]),
        (400, [NAMED.format("should have been reviewed by")]),
    ],
)
def test_the_check_warns_sixty_days_before_and_names_what_has_expired(
    dated: Lessons, days: int, says: list[str]
) -> None:
    report = dated.check(DUE + timedelta(days=days))
    assert report.problems == ()
    assert [str(w) for w in report.warnings] == says
    assert bool(expired(report.catalogue, DUE + timedelta(days=days))) is (days > 0)


@pytest.mark.parametrize(("today", "told"), [(date(2027, 7, 1), True), (date(2027, 7, 7), True), (date(2027, 7, 8), False),
                                             (date(2027, 7, 31), False), (date(2027, 8, 1), True),
                                             (date(2027, 6, 1), False)])  # fmt: skip
def test_a_home_names_it_in_the_first_week_of_each_month(dated: Lessons, today: date, told: bool) -> None:
    assert bool(to_tell(dated.check().catalogue, today)) is told


def test_the_command_ends_with_three_when_something_has_expired_and_with_one_when_something_is_wrong(
    lessons: Lessons, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return command(capsys, "lessons", "check", str(lessons.root), *more, cwd=tmp_path, COLUMNS="200")

    assert run("--stale").returncode == 0
    lessons.write(
        "tracks/one/b.md",
        LESSON.format(id="b")
        .replace("title: A title", "title: Old\nreview_by: 2020-01-31")
        .replace("one?", "first?")
        .replace("the two", "both"),
    )
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, b]")
    plain, stale = run(), run("--stale")
    assert (plain.returncode, stale.returncode) == (0, 3)
    warning = 'warning: lessons/tracks/one/b.md:4: "Old" should have been reviewed by 2020-01-31. '
    assert plain.stdout.startswith(warning)
    assert plain.stdout.endswith("1 track, 2 lessons and 0 terms, 1 warning.\n")
    assert stale.stdout.endswith("Past their date: b.\n")
    lessons.change("tracks/one/a.md", "[x]", "[ ]")
    assert run("--stale").returncode == 1
