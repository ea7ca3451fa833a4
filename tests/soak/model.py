"""A thousand random steps a seed, held against a model of what people can count on (`tests/soak/rules.py`).

`python -m tests.soak.run --only model --first SEED --count 1` plays one seed again, and shrinks what breaks.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.domain import cards
from tests.soak.figure import Figure, Part, TickCounts
from tests.soak.machine import Machine
from tests.soak.reviews import MOST_WAITING

STEPS, RUNS = 50, 20
A_SEED = STEPS * RUNS
"""Steps. Hypothesis adds a run of its own in which everything is as simple as can be."""
MEMORY = Path("/dev/shm")
"""Where a database costs no disk, if the machine has it."""


def play(part: Part) -> TickCounts:
    """Seeds one after the other. One that breaks doesn't keep the next from being played."""
    played, broken, counts = 0, [], Counter[str]()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else part.place) as place:
        for number in part.seeds:
            if time.time() > part.until:
                break
            # making a story as short as can be takes minutes: for who looks at one seed again
            fault = play_one(number, Path(place), counts, shrink=len(part.seeds) == 1)
            broken += [fault] if fault else []
            played += 1
    return TickCounts(played, tuple(broken), counts)


def play_one(
    number: int, place: Path, counts: Counter[str], *, steps: int = A_SEED, runs: int = RUNS, shrink: bool = True
) -> str:
    """As many steps, or some more; what broke, as a story, or "".

    Raises:
        AssertionError: Hypothesis ended too early, ten times.
    """
    done, again = 0, 0
    while done < steps:
        before = counts["steps"]
        fault = a_few(number * 1000 + again, place, counts, runs=runs, shrink=shrink)
        if fault:
            again_with = f"python -m tests.soak.run --only model --first {number} --count 1"
            return f"seed {number}; see it again with: {again_with}\n{fault}"
        done, again = done + counts["steps"] - before, again + 1
        assert again < 10, f"seed {number} has {done} steps in {again} rounds"
    return ""


def a_few(number: int, place: Path, counts: Counter[str], *, runs: int = RUNS, shrink: bool = True) -> str:
    """Some runs of fifty steps and one that is as simple as can be; what broke, as a story (the shortest), or ""."""
    last: list[Machine] = []

    class Counted(Machine):
        def __init__(self) -> None:
            super().__init__()
            last[:] = [self]

    def counted(what: str) -> None:
        counts[what] += 1

    Counted.place, Counted.counted = place, staticmethod(counted)
    machine = seed(number)(Counted)
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    try:
        with patch.object(cards, "MOST_DUE", MOST_WAITING):
            run_state_machine_as_test(machine, settings=settings(SETTINGS, max_examples=runs + 1, phases=phases))
    except Exception as fault:
        return "\n".join([*last[-1].told, f"BROKEN: {type(fault).__name__}: {fault}"])
    return ""


SETTINGS = settings(
    stateful_step_count=STEPS,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
    print_blob=False,
)
MODEL = Figure("model", "thousands of steps of one learner, as the rules say", "thousands of steps", 100, 5, play)
