"""The strategy page as a PDF to be printed or handed to a board."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing
from datetime import date

from fpdf.enums import XPos, YPos

from bot.documents.paper import Paper
from bot.documents.sheet import GREY, INK, LINE, MARGIN, MILLIMETRES_A_POINT, RULE, Pdf, PrintedSheet
from bot.domain.strategy import Page, PagePart

GUTTER, SIDE = 6.0, 44.0
"""Millimetres: between the page's columns, and the width of the column of headings."""
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Points: the largest with which all fits on one page is taken; the smallest, on several, where none does."""
MOST_ON_ONE = 9000
"""Characters beyond which no size fits on one page, so that none is tried."""
HEADING = "Social media strategy"
EMPTY = "To follow."


def strategy_pdf(page: Page, paper: Paper, made_on: date, dated: str) -> Pdf:
    """Draw the page: on one page where it fits.

    The same page gives the same bytes.

    Args:
        page: what is written.
        paper: the size it is printed on.
        made_on: the date of the document.
        dated: the same in words.
    """

    def made(size: float) -> Pdf:
        with closing(_Sheet(paper, size, made_on)) as sheet:
            return Pdf(bytes(sheet.draw(page, dated).output()), sheet.page)

    if sum(len(said) for part in page.parts for entry in part.entries for _, said in entry.lines) > MOST_ON_ONE:
        return made(SIZES[-1])
    # whatever fits, fits in a smaller size too
    fitting = bisect_left(SIZES, True, key=lambda size: made(size).pages == 1)
    return made(SIZES[min(fitting, len(SIZES) - 1)])


class _Sheet(PrintedSheet):
    """The document with one size of type."""

    def __init__(self, paper: Paper, size: float, made_on: date) -> None:
        super().__init__(paper, HEADING, made_on)
        self._size, self._height = size, size * LINE * MILLIMETRES_A_POINT

    def draw(self, page: Page, dated: str) -> _Sheet:
        """Draw everything."""
        self.set_author(page.owner.encode("utf-8", "replace").decode())
        self._foot = f"{page.owner}, {dated}"
        self.add_page()
        self._type(18, "B")
        self._write(HEADING, 9)
        self._type(10, colour=GREY)
        self._write(self._foot, 6)
        for part in page.parts:
            self._part(part)
        self._explain_boxes(self._size - 1.5)
        return self

    def _part(self, part: PagePart) -> None:
        """Draw a part: a rule, its heading beside it, and what is written."""
        self.ln(self._height * 0.6)
        self.set_draw_color(*RULE)
        top = self.get_y()
        if top + 4 * self._height > self.page_break_trigger:
            self.add_page()
            top = self.get_y()
        self.line(MARGIN, top, self.w - MARGIN, top)
        top += self._height * 0.5
        self.set_y(top)
        first = self.page
        self._type(self._size, "B")
        self.multi_cell(SIDE, self._height, part.part.heading, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        below = self.get_y()
        self.set_y(top)
        self.set_left_margin(MARGIN + SIDE + GUTTER)
        self.set_x(MARGIN + SIDE + GUTTER)
        for style, colour, text in self._lines(part):
            self._type(self._size, style, colour)
            self._write(text, self._height)
            if style != "B":
                self.ln(self._height * (0.35 if colour == INK else 0))
        self.set_left_margin(MARGIN)
        self.set_y(max(self.get_y(), below) if self.page == first else self.get_y())

    def _lines(self, part: PagePart) -> Iterator[tuple[str, tuple[int, int, int], str]]:
        """Yield style, colour and text of each paragraph."""
        if not part.entries:
            yield "", GREY, EMPTY
        for entry in part.entries:
            for asked, said in entry.lines:
                yield "", GREY, asked
                for paragraph in filter(None, (line.strip() for line in said.splitlines())):
                    yield "", INK, paragraph
