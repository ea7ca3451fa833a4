"""Many taps on one question at the same moment. `make soak` plays two hundred rounds of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak import at_once
from tests.soak.figure import Part


@pytest.mark.parametrize("way", [0, 2], ids=["one-bot-on-sqlite", "two-bots-on-postgres"])
def test_of_fifty_taps_at_once_one_counts_and_all_are_told_that_one(
    way: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a machine that runs other tests beside this one may be slow; how fast it must be is measured when it is quiet
    monkeypatch.setattr(at_once, "ACK_SECONDS", 20.0)
    first = way * at_once.CHUNK
    tally = at_once.play(Part(range(first, first + 2), tmp_path))
    assert tally.broken == ()
    assert tally.played == 2
