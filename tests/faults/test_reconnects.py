"""A few of the losses of `soak/reconnects.py`."""

from __future__ import annotations

from pathlib import Path

from tests.soak.figure import Part
from tests.soak.reconnects import play


def test_a_lost_connection_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    tally = play(Part(range(3), tmp_path))
    assert tally.broken == ()
    assert tally.played == 3
    assert tally.counts["requests acknowledged"] > 10
