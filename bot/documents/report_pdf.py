"""A programme's report as a PDF for a board: one sheet of paper, and nobody's name on it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

from fpdf.enums import XPos, YPos

from bot.documents.paper import Paper
from bot.documents.sheet import GREY, INK, LINE, MARGIN, MILLIMETRES_A_POINT, RULE, Pdf, PrintedSheet
from bot.view_models import ReportSheet, SheetTrack

COLUMNS = ("Assigned", "Started", "Finished")
MONTH_WIDTH, NUMBER_WIDTH, GAP = 34.0, 20.0, 8.0
"""Millimetres: of the months' names, of each column of numbers, and before the bars."""
LEGEND = "outline: assigned, light: started, dark: finished"
STARTED, FINISHED = (176, 196, 222), (52, 92, 140)
"""The colours of bars, which differ in grey as well."""
FITS = ((9.5, 6), (8.5, 6), (8.5, 3), (8.0, 2), (8.0, 1), (7.5, 0))
"""Points, and the latest months of each track: the first with which all fits on one sheet is taken, or the last."""
IN_LINES = 3
"""With fewer months than these, what is said of a track is a paragraph, no more a line for each sentence."""


def report_pdf(report: ReportSheet, paper: Paper, made_on: date, dated: str) -> Pdf:
    """Draw a report: on one sheet where it fits.

    Args:
        report: what is said in it.
        paper: the size it is printed on.
        made_on: the date of the document.
        dated: the same in words.
    """
    for size, months in FITS:
        tracks = tuple(_shortened(track, months) for track in report.tracks)
        with closing(_Report(paper, report.title, made_on, size)) as sheet:
            made = Pdf(bytes(sheet.draw(replace(report, tracks=tracks), dated).output()), sheet.page)
        if made.pages == 1:
            break
    return made


def _shortened(track: SheetTrack, months: int) -> SheetTrack:
    lines = track.lines if months >= IN_LINES else (" ".join(track.lines),)
    return replace(track, months=track.months[-months:] if months else (), lines=lines)


class _Report(PrintedSheet):
    """The report with one size of type."""

    def __init__(self, paper: Paper, title: str, made_on: date, size: float) -> None:
        super().__init__(paper, title, made_on)
        self._size, self._height = size, size * LINE * MILLIMETRES_A_POINT

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
        self.ln(self._height)
        self._rule()
        self.ln(self._height * 0.5)
        self._type(self._size - 1, colour=GREY)
        for line in report.below:
            self._write(line, self._height)
            self.ln(self._height * 0.3)
        self._explain_boxes(self._size - 1)
        return self

    def _rule(self) -> None:
        self.set_draw_color(*RULE)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())

    def _track(self, track: SheetTrack) -> None:
        self.ln(self._height)
        self._type(self._size + 2, "B")
        self._write(track.title, self._height * 1.3)
        self._type(self._size)
        self._write(track.counts, self._height)
        if track.months:
            self.ln(self._height * 0.4)
            self._months(track)
        for line in track.lines:
            self.ln(self._height * 0.3)
            self._write(line, self._height)

    def _months(self, track: SheetTrack) -> None:
        """Draw the months as a table, each with a bar of those who started, and on it one of those who finished."""
        most = max(max(numbers) for _, *numbers in track.months) or 1
        left = MARGIN + MONTH_WIDTH + len(COLUMNS) * NUMBER_WIDTH + GAP
        top = self.get_y()
        self._row("", COLUMNS, "B")
        below = self.get_y()
        self._type(self._size - 1.5, colour=GREY)
        self.set_xy(left, top)
        self.cell(0, self._height, LEGEND)
        self.set_xy(MARGIN, below)
        for name, assigned, started, finished in track.months:
            top = self.get_y()
            self._row(name, (f"{assigned:,}", f"{started:,}", f"{finished:,}"))
            self.set_draw_color(*RULE)
            outline = (self.w - MARGIN - left) * assigned / most
            if assigned:
                self.rect(left, top + self._height * 0.19, outline, self._height * 0.62)
            for number, colour, share in ((started, STARTED, 0.62), (finished, FINISHED, 0.3)):
                self.set_fill_color(*colour)
                tall, long = self._height * share, (self.w - MARGIN - left) * number / most
                if number:
                    self.rect(left, top + (self._height - tall) / 2, long, tall, style="F")

    def _row(self, name: str, cells: tuple[str, ...], style: str = "") -> None:
        self._type(self._size, style, INK)
        self.cell(MONTH_WIDTH, self._height, self._said(name))
        for cell in cells[:-1]:
            self.cell(NUMBER_WIDTH, self._height, cell, align="R")
        self.cell(NUMBER_WIDTH, self._height, cells[-1], align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
