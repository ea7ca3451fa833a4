"""The status as a CSV file, with the same content as the message."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.messages.formatting import STATES
from bot.view_models import StatusLine

COLUMNS = ("Person", "Slack member ID", "Track", "State", "Couldn't be reached")
COMMENT = (
    "A file that you asked Missing Link for is here. It shows what `/track status` shows, as of now: who was assigned "
    "what, and whether they have begun, finished or don't take part. Whoever you pass it on to can read that."
)
DANGEROUS = frozenset("=+-@\t\r\n")
UNSEEN = "\ufeff\u200b\u200c\u200d\u2060"
"""Zero-width characters, which Python doesn't strip as spaces."""


@dataclass(frozen=True)
class File:
    """A file for one person: its name, title and content, and the text of its message."""

    name: str
    title: str
    content: bytes
    comment: str


def status_file(lines: Sequence[StatusLine], names: Mapping[str, str], titles: Mapping[str, str], subject: str) -> File:
    """Return names and states as CSV, in the order of the status. `subject`: the track's id, or "all"."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for line in lines:
        said = (
            names.get(line.learner_id, ""),
            line.learner_id,
            titles.get(line.track_id, line.track_id),
            STATES[line.state],
            "yes" if line.unreachable else "",
        )
        rows.writerow([harmless(cell) for cell in said])
    # with a byte order mark, spreadsheets read accents correctly
    content = written.getvalue().encode("utf-8-sig")
    title = titles.get(subject, "")
    return File(f"status-{subject}.csv", f"Status: {title}" if title else "Status", content, COMMENT)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, even behind spaces of any kind."""
    first = unicodedata.normalize("NFKC", cell).lstrip(" " + UNSEEN)[:1]
    seen = unicodedata.normalize("NFKC", cell.lstrip().lstrip(UNSEEN).lstrip())[:1]
    return f"'{cell}" if DANGEROUS & {first, seen} else cell
