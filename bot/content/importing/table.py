"""Spreadsheets: the columns that `export csv` writes, in any order, as far as they are there."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping

from bot.content.importing import Imported, ImportedItem, ImportedQuestion, as_files
from bot.content.problem import Findings, ProblemReporter, did_you_mean
from bot.content.written_form import slug
from bot.domain.content import Kind

MOST_CHOICES = 10
_TEXTS = ("id", "kind", "tracks", "title", "text", "stands_for", "heard", "use_when", "avoid_when", "asked_first",
          "question_id", "form", "question", "sources", "review_by")  # fmt: skip
COLUMNS = frozenset(
    {*_TEXTS, *(f"{part}_{n}" for n in range(1, MOST_CHOICES + 1) for part in ("choice", "right", "reason"))}
)
_YES = {"yes", "y", "x", "true", "1", "ja", "oui", "si", "sí"}
_NEUTRAL = re.compile(r"'(?=[\s]*[=+\-@])")
"""The apostrophe before a cell that a spreadsheet would take for a formula."""


def read_table(text: str, name: str, track: str) -> Imported:
    """Return what a CSV file has: a row for each wording of a question; rows of one item stand together by its id.

    Args:
        text: the file; commas, semicolons or tabs between its cells.
        name: how its author knows it.
        track: the title of the track of lessons that name none.
    """
    findings = Findings()
    reporter = findings.reporter(name)
    items: dict[str, ImportedItem] = {}
    try:
        rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text), strict=True)
        known = {_column(column): column for column in rows.fieldnames or ()}
        if not {"question", "title"} & known.keys():
            what = "the first row doesn't name the columns"
            reporter.problem(1, what, "Begin with a row such as: title,text,question,choice_1,right_1,reason_1")
            return as_files([], track, findings)
        for column in known:
            if column and column not in COLUMNS:
                reporter.problem(
                    1, f'the column "{column}" is left out', did_you_mean(column, COLUMNS, "Nothing reads it")
                )
        for row in rows:
            cells = {column: _cell(row.get(written)) for column, written in known.items()}
            if any(cells.values()):
                _take(cells, items, rows.line_num, reporter)
    except csv.Error as error:
        reporter.problem(1, f"the table can't be read ({error})", "Save it from a spreadsheet as CSV, in UTF-8")
    return as_files(items.values(), track, findings)


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _column(written: str | None) -> str:
    name = unicodedata.normalize("NFKC", written or "").strip().casefold()
    return re.sub(r"[\s-]+", "_", name)


def _cell(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return _NEUTRAL.sub("", text, count=1).strip() if text.startswith("'") else text.strip()


def _take(row: Mapping[str, str], items: dict[str, ImportedItem], line: int, reporter: ProblemReporter) -> None:
    title = row.get("title") or row.get("question", "")
    key = row.get("id") or slug(title) or f"row-{line}"
    item = items.get(key)
    if item is None:
        item = items[key] = _item(row, title, key if row.get("id") else "", line, reporter)
    if not row.get("question"):
        return
    choices = [
        (row[f"choice_{n}"], row.get(f"right_{n}", "").casefold() in _YES, row.get(f"reason_{n}", ""))
        for n in range(1, MOST_CHOICES + 1)
        if row.get(f"choice_{n}")
    ]
    if len(choices) < 2:
        reporter.problem(line, "the question has fewer than two choices", "Fill in choice_1 and choice_2")
        return
    if not any(right for _, right, _ in choices):
        reporter.problem(line, "no choice is marked as right", 'Write "yes" into right_1 or another')
        return
    item.questions.append(
        ImportedQuestion(
            stem=row["question"],
            choices=choices,
            heading=row.get("form", ""),
            question_id=row.get("question_id", ""),
        )
    )


def _item(row: Mapping[str, str], title: str, item_id: str, line: int, reporter: ProblemReporter) -> ImportedItem:
    kind = Kind.TERM if row.get("kind", "").casefold() == "term" else Kind.LESSON
    entries = {name: row[name] for name in ("review_by",) if row.get(name)}
    if row.get("asked_first", "").casefold() in _YES:
        entries["ask"] = "first"
    if kind is Kind.TERM:
        entries |= {n: row[n] for n in ("stands_for", "heard", "use_when", "avoid_when") if row.get(n)}
    if row.get("sources"):
        what = f'the sources of "{title}" are addresses alone'
        reporter.problem(line, what, "Write an entry for each in sources.yaml, and cite it")
    tracks = tuple(row.get("tracks", "").split())
    return ImportedItem(
        title=title, kind=kind, item_id=item_id, text=row.get("text", ""), entries=entries, tracks=tracks
    )
