"""A few learners' weeks on a host that sleeps, is cut off and has its clock set: every date is sent or explained."""

from __future__ import annotations

from pathlib import Path

from tests.soak import years
from tests.soak.figure import Part

SEEDS, DAYS = range(100, 103), 40
"""A few weeks here; `make soak` plays a thousand years."""


def test_every_learning_date_of_some_weeks_is_sent_or_explained_and_none_twice(tmp_path: Path) -> None:
    tally = years.play(Part(SEEDS, tmp_path), DAYS)
    assert (tally.played, tally.broken) == (len(SEEDS), ())
    assert tally.counts["sent: daily"] > 10
