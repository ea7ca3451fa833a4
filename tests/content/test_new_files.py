"""`lessons new` begins a file with everything that belongs in it, and `lessons check` names what is still to be written."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bot.content.templates import TO_DO, NotNewError, begin
from bot.domain.content import Kind
from tests.content.test_sheets import run
from tests.content.writing import Lessons


@pytest.mark.parametrize("kind", list(Kind))
def test_a_new_file_is_named_line_by_line_until_it_is_written(lessons: Lessons, kind: Kind) -> None:
    path = begin(lessons.root, kind, "a-new-one", "one")
    problems = lessons.problems()
    marks = [number for number, line in enumerate(path.read_text().split("\n"), 1) if TO_DO in line]
    place = (path.relative_to(lessons.root.parent)).as_posix()
    for number in marks:
        assert f"{place}:{number}: this is still to be written (TODO). Write it, and take the mark out" in problems


def test_a_lesson_that_was_begun_and_written_is_sound(lessons: Lessons) -> None:
    path = begin(lessons.root, Kind.LESSON, "written", "one")
    text = path.read_text()
    for number, line in enumerate(text.split("\n")):
        text = text.replace(line, line.replace(TO_DO, f"Line {number}"), 1)
    path.write_text(text)
    lessons.change("tracks/one/track.md", "[a]", "[a, written]")
    assert lessons.problems() == []


@pytest.mark.parametrize(
    ("kind", "new_id", "track", "why"),
    [
        (Kind.TERM, "Not An Id", "", "is no id"),
        (Kind.LESSON, "a", "one", "is there already"),
        (Kind.LESSON, "b", "", "name it with --track"),
        (Kind.LESSON, "b", "two", "name it with --track"),
        (Kind.TRACK, "one", "", "is there already"),
        (Kind.TERM, "../../b", "", "is no id"),
    ],
)
def test_what_cant_be_begun_says_why_and_writes_nothing(
    lessons: Lessons, kind: Kind, new_id: str, track: str, why: str
) -> None:
    before = sorted(lessons.root.rglob("*"))
    with pytest.raises(NotNewError, match=why):
        begin(lessons.root, kind, new_id, track)
    assert sorted(lessons.root.rglob("*")) == before


def test_the_command_says_where_the_file_is_and_what_comes_next(lessons: Lessons) -> None:
    folder = str(lessons.root)
    code, said = run("new", "lesson", "b", "--track", "one", "--lessons", folder)
    assert code == 0
    assert "write it, then run `missinglink lessons check`." in said
    assert 'Add "b" to the items of' in said
    code, said = run("new", "lesson", "b", "--track", "one", "--lessons", folder)
    assert code == 1
    assert "is there already" in said


def test_findings_are_written_for_programs_and_for_code_hosts(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "- [ ] this one", "- [ ] 100%, so that nobody complains")
    lessons.write("sources.yaml", "one: two\n")
    code, said = run("check", str(lessons.root), "--format", "json")
    found = json.loads(said)
    assert code == 1
    assert [each["kind"] for each in found] == ["problem", "warning"]
    assert {"file", "line", "problem", "remedy"} <= found[0].keys()
    code, said = run("check", str(lessons.root), "--format", "annotations")
    error, warning = said.strip().split("\n")
    assert code == 1
    assert error.startswith("::error file=lessons/sources.yaml,line=1::")
    assert warning.startswith("::warning file=lessons/tracks/one/a.md,line=2::")
    assert "100%25, so that nobody complains" in warning


def test_findings_have_colours_on_a_terminal(lessons: Lessons) -> None:
    from bot.cli.lessons import cli

    lessons.write("sources.yaml", "one: two\n")
    plain = CliRunner().invoke(cli, ["check", str(lessons.root)])
    coloured = CliRunner().invoke(cli, ["check", str(lessons.root)], color=True)
    assert "\x1b[" not in plain.output
    assert "\x1b[31m" in coloured.output
