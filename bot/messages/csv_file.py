"""CSV files that a spreadsheet opens as they are, and takes no cell of for a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

DANGEROUS = frozenset("=+-@\t\r\n")
UNSEEN = "\ufeff\u200b\u200c\u200d\u2060"
"""Zero-width characters, which Python doesn't strip as spaces."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV. It has a byte order mark, by which spreadsheets read accents correctly."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, even behind spaces of any kind."""
    first = unicodedata.normalize("NFKC", cell).lstrip(" " + UNSEEN)[:1]
    seen = unicodedata.normalize("NFKC", cell.lstrip().lstrip(UNSEEN).lstrip())[:1]
    return f"'{cell}" if DANGEROUS & {first, seen} else cell
