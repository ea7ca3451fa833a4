"""`kill -9` at any moment, and a crash after chosen steps, a few times; `make soak` does it thousands of times."""

from __future__ import annotations

from pathlib import Path

from tests.soak import crashes, kills_asking, kills_sending
from tests.soak.figure import Part

KILLS = 8
STEPS = {0: (15, 40), 1: (8, 14), 2: (15, 80)}
"""Two steps of each path on SQLite, early and late."""


def part(place: Path, first: int, count: int) -> Part:
    """So many seeds from the first on."""
    return Part(range(first, first + count), place)


def test_a_bot_killed_while_it_sends_posts_everything_exactly_once(tmp_path: Path) -> None:
    tally = kills_sending.play(part(tmp_path, 0, KILLS))
    assert not tally.broken, "\n".join(tally.broken)
    assert tally.played == KILLS
    assert tally.counts["kills that hit something"] > KILLS / 4


def test_a_bot_killed_while_it_is_asked_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    tally = kills_asking.play(part(tmp_path, kills_asking.CHUNK, KILLS))
    assert not tally.broken, "\n".join(tally.broken)
    assert tally.played == KILLS
    assert tally.counts["of them acknowledged"] > 0
    assert tally.counts["reviews answered"] > 0


def test_a_crash_at_a_step_of_each_path_is_recovered(tmp_path: Path) -> None:
    for seed, steps in STEPS.items():
        _, tally = crashes.walk(seed, tmp_path / str(seed), steps)
        assert not tally.broken, "\n".join(tally.broken)
        assert tally.counts["crashes"] == len(steps), "the path has become shorter: choose other steps"
