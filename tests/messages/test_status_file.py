"""The status as a file: the same words in the same order, harmless to a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from bot.messages.csv_file import harmless
from bot.messages.status_file import COLUMNS, status_file
from bot.view_models import EnrolmentState, StatusLine

LINES = [
    StatusLine("U1", "abc", EnrolmentState.ASSIGNED),
    StatusLine("U2", "abc", EnrolmentState.STARTED, unreachable=True),
    StatusLine("U3", "gone", EnrolmentState.LEFT),
]
NAMES = {"U1": "Ada", "U2": '=HYPERLINK("https://example.org","Bo")', "U3": "Zoë, the third"}


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_has_a_line_for_each_that_the_status_names() -> None:
    file = status_file(LINES, NAMES, {"abc": "A to C"}, "abc")
    assert (file.name, file.title) == ("status-abc.csv", "Status: A to C")
    assert read(file.content) == [
        list(COLUMNS),
        ["Ada", "U1", "A to C", "not begun", ""],
        ["'" + NAMES["U2"], "U2", "A to C", "started", "yes"],
        ["Zoë, the third", "U3", "gone", "not taking part", ""],
    ]


@pytest.mark.parametrize("space", ["", " ", "   ", "\u00a0", " \u00a0 ", "\u2003", "\u202f", "\ufeff", "\u200b"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula_to_a_spreadsheet_also_behind_spaces(space: str, sign: str) -> None:
    assert harmless(f"{space}{sign}1+1").startswith("'")


@pytest.mark.parametrize("cell", ["", "Ada", "Anne-Marie", "a=b", "'quoted", "O'Neil", "5 of 12", " Ada"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell
