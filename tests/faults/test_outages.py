"""A few of the outages of `soak/outages.py`."""

from __future__ import annotations

from pathlib import Path

from tests.soak.figure import Part
from tests.soak.outages import play_full, play_killed


def test_a_full_disk_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    tally = play_full(Part(range(1), tmp_path))
    assert tally.broken == ()
    assert tally.counts["requests refused"] > 0


def test_a_killed_postgres_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    tally = play_killed(Part(range(1), tmp_path))
    assert tally.broken == ()
    assert tally.played == 1
