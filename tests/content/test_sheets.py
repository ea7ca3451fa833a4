"""Sheets are filled in as text or as a spreadsheet, and read again; `lessons blind` and `lessons score` say what is wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.lessons import cli
from bot.content.sheets import UnreadableSheetError, as_csv, as_markdown, found_in, read_sheet
from bot.domain.blind_reading import How, Mode, Sheet, is_right, make_sheet
from tests.content.writing import Lessons
from tests.domain.test_blind_reading import catalogue

MADE = make_sheet(catalogue(), "ab", Mode.AFTER, 7)


def right_letters(sheet: Sheet) -> list[str]:
    """The right answer of each question."""
    return [
        next((letter for letter, _ in asked.letters if is_right(asked, letter)), asked.question.choices[0].text)
        for asked in sheet.questions
    ]


def fill_markdown(text: str, answers: list[str], how: str = "reasoned") -> str:
    """The sheet with these answers."""
    left = iter(answers)
    lines = [f"Answer: {next(left)}" if line.startswith("Answer:") else line for line in text.split("\n")]
    return "\n".join(f"{line}{how}" if line.startswith("How") else line for line in lines)


def fill_csv(text: str, answers: list[str], delimiter: str = ",", how: str = "h") -> str:
    """The same as a spreadsheet writes it."""
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    for row, answer in zip(rows, answers, strict=True):
        writer.writerow({**row, "answer": answer, "how": how})
    return "\ufeff" + out.getvalue()


def test_a_sheet_comes_back_as_it_went() -> None:
    answers = right_letters(MADE)
    for text, how in (
        (fill_markdown(as_markdown(MADE, "A and B"), answers), How.REASONED),
        (fill_csv(as_csv(MADE), answers), How.HUNCH),
        (fill_csv(as_csv(MADE), answers, ";"), How.HUNCH),
    ):
        name, lines = read_sheet(text)
        assert (name.track_id, name.mode, name.seed) == ("ab", Mode.AFTER, 7)
        assert [line.answer for line in lines] == answers
        assert {line.how for line in lines} == {how}
        assert [found_in(MADE, line.code) for line in lines] == list(MADE.questions)


def test_a_sheet_names_neither_the_right_choice_nor_the_reasons() -> None:
    for text in (as_markdown(MADE, "A and B"), as_csv(MADE)):
        assert "reason 0" not in text
        assert "[x]" not in text


def test_choices_alone_have_neither_title_nor_question() -> None:
    made = make_sheet(catalogue(), "ab", Mode.CHOICES, 7)
    for text in (as_markdown(made, "A and B"), as_csv(made)):
        assert "Which one?" not in text
        assert "choice 0" in text


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "# A list\n- one\n", "number,sheet\n1,ab who-knows 3 0123456789\n"])
def test_another_file_is_no_sheet(text: str) -> None:
    with pytest.raises(UnreadableSheetError):
        read_sheet(text)


def run(*arguments: str) -> tuple[int, str]:
    """Run a command of `missinglink lessons`; its exit code and all it said."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_blind_writes_both_forms_and_score_reads_them(lessons: Lessons, tmp_path: Path) -> None:
    out, folder = tmp_path / "sheet", str(lessons.root)
    code, said = run("blind", str(out), "--track", "one", "--lessons", folder)
    assert code == 0, said
    assert "1 question, blind" in said
    sheet = out.with_name("sheet.md")
    sheet.write_text(fill_markdown(sheet.read_text(), ["A"]))
    code, said = run("score", str(sheet), "--lessons", folder)
    assert code == 0
    assert "1 reader, 1 answer, 0 known and set aside; 1 left: too few to say anything" in said


def test_questions_that_give_themselves_away_are_named(lessons: Lessons, tmp_path: Path) -> None:
    folder = str(lessons.root)
    filled = []
    for reader in range(40):
        out = tmp_path / f"reader-{reader}"
        run("blind", str(out), "--track", "one", "--seed", str(reader), "--lessons", folder)
        sheet = out.with_name(f"{out.name}.md")
        text = sheet.read_text()
        letters = ["A" if "- A. that" in part or "- A. the latter" in part else "B" for part in text.split("## ")[1:]]
        sheet.write_text(fill_markdown(text, letters))
        filled.append(str(sheet))
    code, said = run("score", *filled, "--lessons", folder)
    assert code == 3
    assert "40 of 40 right, 100 %, +50 points beyond chance (at most 25): they give themselves away." in said
    assert "rewrite: a, in-other-words (two readers reasoned it out)" in said


def test_what_cant_be_scored_is_said_with_its_reason(lessons: Lessons, tmp_path: Path) -> None:
    out, folder = tmp_path / "sheet", str(lessons.root)
    run("blind", str(out), "--track", "one", "--lessons", folder)
    sheet = out.with_name("sheet.md")
    sheet.write_text(fill_markdown(sheet.read_text(), ["A"], how=""))
    for old in ("Of the two?", "Which one?"):
        lessons.change("tracks/one/a.md", old, f"And now: {old}")
    code, said = run("score", str(sheet), "--lessons", folder)
    assert code == 0
    assert "1 question left out, its words have changed since." in said
    code, said = run("score", str(tmp_path / "nowhere.md"), "--lessons", folder)
    assert code == 1
    assert "No such file" in said


def test_a_track_that_isnt_there_is_named_with_those_that_are(lessons: Lessons, tmp_path: Path) -> None:
    code, said = run("blind", str(tmp_path / "x"), "--track", "two", "--lessons", str(lessons.root))
    assert code == 1
    assert 'There is no track "two". There are: one.' in said
