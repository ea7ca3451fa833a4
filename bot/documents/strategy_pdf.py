"""The strategy page as a PDF to be printed or handed to a board."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.documents.glyphs import is_right_to_left, lacks, spelled
from bot.documents.paper import Paper
from bot.domain.strategy import Page, PagePart

FONT = "DejaVu"
INK, GREY, RULE = (32, 33, 36), (95, 99, 104), (200, 204, 208)
MARGIN, GUTTER, SIDE = 18.0, 6.0, 44.0
"""Millimetres: around the page, between its columns, and the width of the column of headings."""
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Points: the largest with which all fits on one page is taken; the smallest, on several, where none does."""
MOST_ON_ONE = 9000
"""Characters beyond which no size fits on one page, so that none is tried."""
LINE = 1.35
MISSING = "A box stands for a letter that this document's font lacks; the text version has all of them."
HEADING = "Social media strategy"
EMPTY = "To follow."
MILLIMETRES_A_POINT = 25.4 / 72


@dataclass(frozen=True)
class Pdf:
    """A document: its bytes, and on how many pages it prints."""

    content: bytes
    pages: int


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


class _Sheet(FPDF):
    """The document with one size of type."""

    def __init__(self, paper: Paper, size: float, made_on: date) -> None:
        super().__init__(format=paper.value)
        self._size, self._height = size, size * LINE * MILLIMETRES_A_POINT
        self._lacking = False
        self._foot = ""
        self.set_creation_date(datetime.combine(made_on, time(), UTC))
        self.set_margin(MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(True, MARGIN)
        for style, name in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            self.add_font(FONT, style, str(files("bot.documents") / "fonts" / name))
        self.set_text_shaping(True)
        self.set_title(HEADING)
        self.set_lang("en")

    def close(self) -> None:
        """Close the files of the fonts, which are read as signs are needed."""
        for font in self.fonts.values():
            font.ttfont.close()  # type: ignore[union-attr]

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
        if self._lacking:
            self.ln(self._height)
            self._type(self._size - 1.5, colour=GREY)
            self._write(MISSING, self._height)
        return self

    def footer(self) -> None:
        """Draw the number of a page, where there are several."""
        if self.page == 1 and not self.pages_count > 1:
            return
        self.set_y(-MARGIN + 4)
        self._type(8, colour=GREY)
        self.cell(0, 4, self._said(f"{self._foot}, page {self.page}"), align="R")

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

    def _type(self, size: float, style: str = "", colour: tuple[int, int, int] = INK) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def _write(self, text: str, height: float) -> None:
        align = "R" if is_right_to_left(text) else "L"
        self.multi_cell(0, height, self._said(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _said(self, text: str) -> str:
        has = self.current_font.cmap  # type: ignore[union-attr]
        self._lacking = self._lacking or lacks(text, has)
        return spelled(text, has)
