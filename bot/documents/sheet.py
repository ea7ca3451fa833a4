"""A printed sheet: fonts, margins, and text that wraps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.documents.glyphs import is_right_to_left, lacks, spelled
from bot.documents.paper import Paper

FONT = "DejaVu"
INK, GREY, RULE = (32, 33, 36), (95, 99, 104), (200, 204, 208)
MARGIN = 18.0
"""Millimetres around the page."""
LINE = 1.35
MILLIMETRES_A_POINT = 25.4 / 72
MISSING = "A box stands for a letter that this document's font lacks; the text version has all of them."


@dataclass(frozen=True)
class Pdf:
    """A document: its bytes, and on how many pages it prints."""

    content: bytes
    pages: int


class PrintedSheet(FPDF):
    """A document in our type. The same content gives the same bytes."""

    def __init__(self, paper: Paper, title: str, made_on: date) -> None:
        super().__init__(format=paper.value)
        self._lacking = False
        self._foot = ""
        self.set_creation_date(datetime.combine(made_on, time(), UTC))
        self.set_margin(MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(True, MARGIN)
        for style, name in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            self.add_font(FONT, style, str(files("bot.documents") / "fonts" / name))
        self.set_text_shaping(True)
        self.set_title(title)
        self.set_lang("en")

    def close(self) -> None:
        """Close the files of the fonts, which are read as signs are needed."""
        for font in self.fonts.values():
            font.ttfont.close()  # type: ignore[union-attr]

    def footer(self) -> None:
        """Draw the number of a page, where there are several."""
        if self.page == 1 and not self.pages_count > 1:
            return
        self.set_y(-MARGIN + 4)
        self._type(8, colour=GREY)
        self.cell(0, 4, self._said(f"{self._foot}, page {self.page}"), align="R")

    def _explain_boxes(self, size: float) -> None:
        """Say what a box stands for, where there is one."""
        if self._lacking:
            self.ln(size * LINE * MILLIMETRES_A_POINT)
            self._type(size, colour=GREY)
            self._write(MISSING, size * LINE * MILLIMETRES_A_POINT)

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
