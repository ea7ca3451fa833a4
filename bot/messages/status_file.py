"""The status as a CSV file, with the same content as the message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.messages.csv_file import csv_bytes
from bot.messages.formatting import STATES
from bot.view_models import StatusLine

COLUMNS = ("Person", "Slack member ID", "Track", "State", "Couldn't be reached")
COMMENT = (
    "A file that you asked Missing Link for is here. It shows what `/track status` shows, as of now: who was assigned "
    "what, and whether they have begun, finished or don't take part. Whoever you pass it on to can read that."
)


@dataclass(frozen=True)
class File:
    """A file for one person: its name, title and content, and the text of its message."""

    name: str
    title: str
    content: bytes
    comment: str


def status_file(lines: Sequence[StatusLine], names: Mapping[str, str], titles: Mapping[str, str], subject: str) -> File:
    """Return names and states as CSV, in the order of the status. `subject`: the track's id, or "all"."""
    rows = [
        (
            names.get(line.learner_id, ""),
            line.learner_id,
            titles.get(line.track_id, line.track_id),
            STATES[line.state],
            "yes" if line.unreachable else "",
        )
        for line in lines
    ]
    title = titles.get(subject, "")
    content = csv_bytes(COLUMNS, rows)
    return File(f"status-{subject}.csv", f"Status: {title}" if title else "Status", content, COMMENT)
