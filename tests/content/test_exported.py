"""All content is written for other programs, and loses nothing on the way."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from bot.cli.exported import as_csv, as_json
from bot.domain.content import Catalogue, Lesson, wordings
from tests.content.test_sheets import run
from tests.content.writing import TERM, Lessons


def test_each_wording_of_ours_is_a_row_and_what_asks_nothing_is_one(our_lessons: Catalogue) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(our_lessons))))
    assert len(rows) == sum(max(1, len(wordings(item))) for item in our_lessons.items.values())
    for row in rows:
        item = our_lessons.items[row["id"]]
        assert (row["kind"], row["title"].lstrip("'")) == (item.kind, item.title)
        assert row["text"].lstrip("'") == (item.body if isinstance(item, Lesson) else item.meaning).lstrip("'")
        question = next((q for q in wordings(item) if q.id == row["question_id"]), None)
        if question is not None:
            assert [row[f"choice_{n}"].lstrip("'") for n, _ in enumerate(question.choices, 1)] == [
                choice.text.lstrip("'") for choice in question.choices
            ]
            assert [row[f"right_{n}"] == "yes" for n, _ in enumerate(question.choices, 1)] == [
                choice.right for choice in question.choices
            ]


def test_json_has_tracks_and_items_with_all_wordings(our_lessons: Catalogue) -> None:
    found = json.loads(as_json(our_lessons))
    assert [track["id"] for track in found["tracks"]] == list(our_lessons.tracks)
    assert {item["id"]: [q["id"] for q in item["questions"]] for item in found["items"]} == {
        item.id: [question.id for question in wordings(item)] for item in our_lessons.items.values()
    }


def test_no_spreadsheet_takes_a_cell_for_a_formula(lessons: Lessons) -> None:
    text = TERM.format(id="b", term="B").replace("It means this.", "=HYPERLINK(1)")
    lessons.write("jargon/b.md", text)
    rows = list(csv.DictReader(io.StringIO(as_csv(lessons.check().catalogue))))
    assert {row["text"] for row in rows if row["id"] == "b"} == {"'=HYPERLINK(1)"}


def test_the_command_writes_a_file_or_to_the_terminal(lessons: Lessons, tmp_path: Path) -> None:
    folder, out = str(lessons.root), tmp_path / "out.csv"
    assert run("export", "csv", "--out", str(out), "--lessons", folder) == (0, f"{out}: 1 item.\n")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,kind,tracks")
    code, said = run("export", "json", "--lessons", folder)
    assert code == 0
    assert json.loads(said)["items"][0]["id"] == "a"
    code, said = run("export", "csv", "--out", str(tmp_path / "no" / "out.csv"), "--lessons", folder)
    assert code == 1
    assert "can't be written" in said
