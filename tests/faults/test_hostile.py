"""A few hundred of the hundred thousand of `make soak`: nothing hostile is an accident, and nothing has its effect twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak import forged, hostile
from tests.soak.figure import Part

MANY = 150


def part(figure_seeds: range, place: Path) -> Part:
    """These seeds, with time enough on a busy machine."""
    return Part(figure_seeds, place)


@pytest.mark.parametrize("first", [0, hostile.CHUNK], ids=["http", "socket"])
def test_malformed_requests_are_no_accident(tmp_path: Path, first: int) -> None:
    told = hostile.play(part(range(first, first + MANY), tmp_path))
    assert told.broken == ()
    assert told.played == MANY


@pytest.mark.parametrize(("first", "count"), [(0, 80), (2 * forged.CHUNK, 5)], ids=["http", "socket"])
def test_forged_requests_are_refused_and_repeated_ones_change_nothing(tmp_path: Path, first: int, count: int) -> None:
    told = forged.play(part(range(first, first + count), tmp_path))
    assert told.broken == ()
    assert told.played == count
