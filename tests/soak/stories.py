"""Random stories of three people: each tap is answered, and screens and database agree (`journeys/sequences.py`).

`python -m tests.soak.stories --seed N` plays one story again and prints it, step by step.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from localslack import LocalSlack
from tests.journeys.sequences import STEPS, BrokenError, Sequence
from tests.journeys.stage import small_lessons, stage
from tests.soak.figure import Figure, Part, TickCounts, database

CHUNK = 25
WAYS = (
    ("sqlite", "socket"),
    ("sqlite", "http"),
    ("sqlite", "socket"),
    ("postgres", "socket"),
    ("sqlite", "socket"),
    ("postgres", "http"),
)
"""One chunk after the other takes the next."""


def play(part: Part) -> TickCounts:
    """Stories one after the other on one bot. One that breaks doesn't keep the next from being played."""
    played, steps, broken = 0, 0, []
    backend, transport = WAYS[part.seeds.start // CHUNK % len(WAYS)]
    with database(backend, part.place) as url:
        slack = LocalSlack(transport=transport).start()
        with stage(slack, url, small_lessons(part.place)) as bot:
            for seed in part.seeds:
                if time.time() > part.until:
                    break
                story = Sequence(seed)
                try:
                    story.play(bot)
                except BrokenError as fault:
                    broken.append(f"{fault}\n(on {backend} over {transport})")
                played, steps = played + 1, steps + story.steps
        slack.stop()
    return TickCounts(played, tuple(broken), {"steps": steps})


def main() -> int:
    """One story again, told."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--seed", type=int, required=True)
    wishes.add_argument("--on", choices=["sqlite", "postgres"], default="sqlite")
    wishes.add_argument("--over", choices=["socket", "http"], default="socket")
    wishes.add_argument("--steps", type=int, default=STEPS, help="how many")
    asked = wishes.parse_args()
    story = Sequence(asked.seed, asked.steps)
    with tempfile.TemporaryDirectory() as place, database(asked.on, Path(place)) as url:
        slack = LocalSlack(transport=asked.over).start()
        try:
            with stage(slack, url, small_lessons(Path(place))) as bot:
                story.play(bot)
        except BrokenError as broken:
            print(broken)
            return 1
        finally:
            slack.stop()
    print("\n".join([*story.told, "all of it held"]))
    return 0


STORIES = Figure("stories", "random stories in which everything held", "stories", 2_000, CHUNK, play)

if __name__ == "__main__":
    sys.exit(main())
