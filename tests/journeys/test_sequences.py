"""Fifty stories made of random steps; after each step, and at the end, it must hold. `make soak` plays two thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from localslack import LocalSlack
from tests.journeys.sequences import Sequence
from tests.journeys.stage import small_lessons, stage

EACH, SHORTER = 5, 10
CHUNKS = [
    *[("sqlite", "socket")] * 6,
    *[("sqlite", "http")] * 2,
    ("postgres", "socket"),
    ("postgres", "http"),
]


@pytest.fixture(params=range(len(CHUNKS)), ids=lambda n: f"{n}-{'-'.join(CHUNKS[n])}")
def chunk(request: pytest.FixtureRequest) -> int:
    """So many stories one after the other, on one bot."""
    return int(request.param)


@pytest.fixture
def backend(chunk: int) -> str:
    """SQLite for most."""
    return CHUNKS[chunk][0]


@pytest.fixture
def transport(chunk: int) -> str:
    """Socket Mode for most."""
    return CHUNKS[chunk][1]


def test_whatever_people_do_is_answered_and_told_alike_everywhere(
    chunk: int, slack: LocalSlack, url: str, tmp_path: Path
) -> None:
    with stage(slack, url, small_lessons(tmp_path)) as bot:
        for seed in range(chunk * EACH, (chunk + 1) * EACH):
            Sequence(seed, SHORTER).play(bot)
