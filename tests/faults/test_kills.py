"""`kill -9` at any moment, a few times; `make soak` does it a thousand times and more."""

from __future__ import annotations

import time
from pathlib import Path

from tests.soak import kills_sending
from tests.soak.figure import Part


def test_a_bot_killed_while_it_sends_posts_everything_exactly_once(tmp_path: Path) -> None:
    tally = kills_sending.play(Part(range(12), tmp_path, time.time() + 600))
    assert not tally.broken, "\n".join(tally.broken)
    assert tally.played == 12
    assert tally.counts["kills that hit something"] > 3
