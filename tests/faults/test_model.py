"""What one learner can count on, held against a model of the rules: a short piece of a figure of `make soak`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.soak.model import play_one


def test_what_one_learner_can_count_on_holds_in_three_hundred_random_steps(tmp_path: Path) -> None:
    counts = Counter[str]()
    assert play_one(1, tmp_path, counts, steps=300, runs=4) == ""
    assert counts["steps"] >= 300
    assert counts["messages"] >= 30
