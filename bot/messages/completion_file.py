"""The days on which people began and finished, as CSV for a learning system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.messages.csv_file import csv_bytes
from bot.messages.formatting import STATES
from bot.messages.status_file import File
from bot.view_models import CompletionLine

COLUMNS = ("Person", "Slack member ID", "Track", "Track ID", "State", "From", "Started on", "Finished on")
COMMENT = (
    "A file that you asked Missing Link for is here: who was assigned what, and on which day they began and finished. "
    "A date is missing where it was before they were told that admins see it. Whoever you pass it on to can read that."
)


def completion_file(lines: Sequence[CompletionLine], names: Mapping[str, str], titles: Mapping[str, str]) -> File:
    """Return a line for each person and track. Dates are ISO 8601, in the zone of the admin who asks."""
    rows = [
        (
            names.get(line.learner_id, ""),
            line.learner_id,
            titles.get(line.track_id, line.track_id),
            line.track_id,
            STATES[line.state],
            line.first_day.isoformat(),
            _iso(line.started_on),
            _iso(line.finished_on),
        )
        for line in lines
    ]
    return File("completion.csv", "Completion", csv_bytes(COLUMNS, rows), COMMENT)


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
