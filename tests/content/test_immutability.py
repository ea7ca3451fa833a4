"""What was published holds: an id that vanished or a right answer that changed is a mistake, unless it is declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.lessons import cli
from bot.content import check
from bot.messages.render import objections
from tests.content.writing import LESSON, Lessons


@pytest.fixture
def base(tmp_path: Path) -> Lessons:
    """The folder as it was published."""
    made = Lessons(tmp_path / "published")
    made.write("tracks/one/b.md", LESSON.format(id="b"))
    made.change("tracks/one/track.md", "[a]", "[a, b]")
    return made


@pytest.fixture
def now(tmp_path: Path, base: Lessons) -> Lessons:
    """The same, to be changed."""
    made = Lessons(tmp_path / "lessons")
    for path in ("tracks/one/track.md", "tracks/one/a.md", "tracks/one/b.md"):
        made.write(path, (base.root / path).read_text())
    return made


def problems(base: Lessons, now: Lessons) -> list[str]:
    """What is wrong, against what was published."""
    before = base.check().catalogue
    return [str(problem) for problem in check([now.root], objections, before=before).problems]


def test_nothing_changed_is_nothing_wrong(base: Lessons, now: Lessons) -> None:
    assert problems(base, now) == []


def test_a_better_wording_is_no_other_answer(base: Lessons, now: Lessons) -> None:
    now.change("tracks/one/a.md", "- [x] that one", "- [x] That one, please")
    now.change("tracks/one/a.md", "Some text", "Other text")
    assert problems(base, now) == []


def test_an_id_that_vanished_is_named(base: Lessons, now: Lessons) -> None:
    (now.root / "tracks/one/b.md").unlink()
    now.change("tracks/one/track.md", "[a, b]", "[a]")
    (problem,) = problems(base, now)
    assert problem.startswith('lessons:1: "b" was published and is gone')
    now.change("tracks/one/a.md", "title: A title", "title: A title\nreplaces: [b]")
    assert problems(base, now) == []


def test_a_track_that_vanished_is_named(base: Lessons, now: Lessons) -> None:
    now.change("tracks/one/track.md", "id: one", "id: two")
    assert any('"one" was published and is gone' in problem for problem in problems(base, now))


def test_another_right_answer_needs_another_question(base: Lessons, now: Lessons) -> None:
    now.change("tracks/one/a.md", "- [ ] this one", "- [x] this one")
    now.change("tracks/one/a.md", "- [x] that one", "- [ ] that one")
    (problem,) = problems(base, now)
    assert 'in the question "which-one", "that one" was right and isn\'t any more' in problem
    now.change("tracks/one/a.md", "## Question: which-one", "## Question: another")
    assert problems(base, now) == []


def test_the_command_takes_the_folder_as_it_was(base: Lessons, now: Lessons) -> None:
    assert CliRunner().invoke(cli, ["check", str(now.root), "--base", str(base.root)]).exit_code == 0
    now.change("tracks/one/a.md", "[x] that one", "[ ] that one")
    now.change("tracks/one/a.md", "[ ] this one", "[x] this one")
    done = CliRunner().invoke(cli, ["check", str(now.root), "--base", str(base.root)])
    assert done.exit_code == 1
    assert "was right and isn't any more" in done.stdout
