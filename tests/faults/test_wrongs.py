"""A few of the faults of `soak/wrongs.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.figure import Part
from tests.soak.wrongs import EACH, PAIRS, play


@pytest.mark.parametrize(
    "pair",
    [
        ("chat.postMessage", "truncated"),
        ("conversations.history", "error_500_after"),
        ("users.info", "reset"),
    ],
)
def test_whatever_goes_wrong_at_whichever_method_each_delivery_arrives_once(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    first = PAIRS.index(pair) * EACH
    tally = play(Part(range(first, first + 3), tmp_path))
    assert tally.broken == ()
    assert tally.counts["faults"] == 3
