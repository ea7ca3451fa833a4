"""A programme's report as a PDF for a board: a sheet of paper, and nobody's name on it."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from fpdf.enums import TableCellFillMode
from fpdf.fonts import FontFace

from bot.documents.paper import Paper
from bot.documents.sheet import GREY, INK, LINE, MARGIN, MILLIMETRES_A_POINT, RULE, Pdf, PrintedSheet
from bot.view_models import ReportSheet, SheetTrack

SIZE = 9.5
HEIGHT = SIZE * LINE * MILLIMETRES_A_POINT
COLUMNS = ("", "Assigned", "Started", "Finished")
WIDTHS = (40, 20, 20, 20)
BAR = (70, 110, 160)
BAR_HEIGHT = 2.2
"""Millimetres."""


def report_pdf(report: ReportSheet, paper: Paper, made_on: date, dated: str) -> Pdf:
    """Draw a report.

    Args:
        report: what is said in it.
        paper: the size it is printed on.
        made_on: the date of the document.
        dated: the same in words.
    """
    with closing(_Report(paper, report.title, made_on)) as sheet:
        return Pdf(bytes(sheet.draw(report, dated).output()), sheet.page)


class _Report(PrintedSheet):
    def draw(self, report: ReportSheet, dated: str) -> _Report:
        """Draw everything."""
        self._foot = dated
        self.add_page()
        self._type(18, "B")
        self._write(report.title, 9)
        self._type(10, colour=GREY)
        self._write(dated, 6)
        for track in report.tracks:
            self._track(track)
        self.ln(HEIGHT)
        self.set_draw_color(*RULE)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())
        self.ln(HEIGHT * 0.5)
        self._type(SIZE - 1, colour=GREY)
        for line in report.below:
            self._write(line, HEIGHT)
            self.ln(HEIGHT * 0.3)
        self._explain_boxes(SIZE - 1.5)
        return self

    def _track(self, track: SheetTrack) -> None:
        self.ln(HEIGHT)
        rows = 4 + len(track.months) + len(track.lines)
        if self.get_y() + rows * HEIGHT > self.page_break_trigger and rows * HEIGHT < self.eph / 2:
            self.add_page()
        self._type(12, "B")
        self._write(track.title, 6)
        self._type(SIZE)
        self._write(track.counts, HEIGHT)
        if track.months:
            self.ln(HEIGHT * 0.4)
            self._months(track)
        for line in track.lines:
            self.ln(HEIGHT * 0.3)
            self._write(line, HEIGHT)

    def _months(self, track: SheetTrack) -> None:
        """Draw the months as a table, each number with a bar of its size: it reads in grey as well."""
        most = max(max(numbers) for _, *numbers in track.months) or 1
        self.set_draw_color(*RULE)
        head = FontFace(emphasis="BOLD", color=INK)
        self._type(SIZE)
        with self.table(
            col_widths=WIDTHS,
            line_height=HEIGHT,
            borders_layout="HORIZONTAL_LINES",
            cell_fill_mode=TableCellFillMode.NONE,
            headings_style=head,
            text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT"),
            padding=(0.6, 1),
        ) as table:
            table.row(COLUMNS)
            for name, *numbers in track.months:
                table.row([self._said(name), *(f"{number:,}" for number in numbers)])
        self.ln(HEIGHT * 0.3)
        for label, place in (("Started", 1), ("Finished", 2)):
            self._bars(label, [numbers[place] for _, *numbers in track.months], most)

    def _bars(self, label: str, numbers: list[int], most: int) -> None:
        """Draw a row of bars, one a month, beside the name of what they count."""
        left, wide = MARGIN + 20, (self.epw - 20) / len(numbers)
        top = self.get_y()
        self._type(SIZE - 1.5, colour=GREY)
        self.set_x(MARGIN)
        self.cell(20, HEIGHT, label)
        self.set_fill_color(*BAR)
        for place, number in enumerate(numbers):
            if number:
                length = max(0.4, (wide - 3) * number / most)
                self.rect(left + place * wide, top + (HEIGHT - BAR_HEIGHT) / 2, length, BAR_HEIGHT, style="F")
        self.set_y(top + HEIGHT)
        self._type(SIZE)
