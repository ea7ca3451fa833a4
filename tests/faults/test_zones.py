"""Each scheduled date is due once, in order and on that date, wherever and whenever clocks are changed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.local_time import Hours
from tests.soak import zones
from tests.soak.figure import Part

LAST = date(2025, 12, 31)
"""Two years of changes here; `make soak` looks at fourteen."""
SEED = 7


def test_every_zone_whose_change_is_odd_and_some_by_chance_are_due_once_a_date() -> None:
    odd = [name for name in zones.NAMES if any(change.odd for change in zones.changes(name, LAST))]
    assert {"Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Chatham"} <= set(odd)
    for name in {*odd, *random.Random(SEED).sample(zones.NAMES, 5)}:
        assert list(zones.Zone(name, LAST).wrong()) == []


def test_in_greenland_an_hour_that_a_change_swallows_before_midnight_comes_after_it() -> None:
    greenland = zones.Zone("America/Nuuk", LAST)
    assert list(greenland.wrong()) == []
    # from 23:00 to 23:59 on two Saturdays
    assert greenland.counts["moved past midnight"] == 2 * 60


def test_the_figure_plays_zones_by_their_seeds(tmp_path: Path) -> None:
    first = zones.NAMES.index("Asia/Tokyo")
    tally = zones.play(Part(range(first, first + 2), tmp_path))
    assert (tally.played, tally.broken) == (2, ())


def test_an_instant_that_is_a_second_late_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Hours.due
    monkeypatch.setattr(Hours, "due", lambda hours, day: right(hours, day) + timedelta(seconds=1))
    assert "is due at" in next(zones.Zone("Pacific/Chatham", LAST).wrong())
