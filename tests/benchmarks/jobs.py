"""A thousand due among a hundred thousand learners: the bot's tables, against one APScheduler job for each learner, as
its documentation shows it. Each in a process of its own, so that its memory is its own too.
"""

from __future__ import annotations

import gc
import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import bindparam, update

from bot.store.database import Database
from tests.benchmarks import fill
from tests.benchmarks.due import DUE, Crowd, crowd
from tests.benchmarks.measure import Bench, Figure, Pair, Wish
from tests.benchmarks.processes import megabytes, workers

LEARNERS = 100_000
LEAST_MB = 1.0
CHUNK = 10_000
Measured = Callable[[int], tuple[float, float]]


def nothing() -> None:
    """What a learner's job does."""


@contextmanager
def ours(url: str) -> Iterator[Measured]:
    """Work: find and claim; (ms, MB more than before)."""
    database = Database(url)
    people = Crowd(database)
    gc.collect()
    before = megabytes(os.getpid())

    def measured(due: int) -> tuple[float, float]:
        taken = people.find_and_claim(due)
        return taken, max(LEAST_MB, megabytes(os.getpid()) - before)

    yield measured
    database.close()


@contextmanager
def theirs(url: str, learners: int) -> Iterator[Measured]:
    """Work: APScheduler's tick, and its memory with all jobs before one; (ms, MB more than before)."""
    store = SQLAlchemyJobStore(url=url)
    scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": store})
    scheduler.start(paused=True)
    state = _jobs(scheduler, store, learners)
    gc.collect()
    before = megabytes(os.getpid())

    def measured(due: int) -> tuple[float, float]:
        past = datetime.now(UTC) - timedelta(seconds=1)
        # when a job runs next stands in its row twice: to be found by, and in its state
        rows = [
            {"which": f"j{n}", "job_state": pickle.dumps({**state, "id": f"j{n}", "next_run_time": past}, 5)}
            for n in range(due)
        ]
        with store.engine.begin() as connection:
            found = store.jobs_t.c.id == bindparam("which")
            connection.execute(update(store.jobs_t).where(found).values(next_run_time=past.timestamp()), rows)
        # paused, it looks at nothing by itself; this is what it does when it wakes
        scheduler.state = 1
        begun = time.perf_counter()
        scheduler._process_jobs()
        taken = (time.perf_counter() - begun) * 1000
        scheduler.state = 2
        listed = scheduler.get_jobs()
        more = megabytes(os.getpid()) - before
        assert len(listed) == learners
        return taken, more

    yield measured
    scheduler.shutdown(wait=False)


def _jobs(scheduler: Any, store: Any, learners: int) -> dict[str, Any]:
    """A daily job for each learner. One is added as the documentation shows, the others are copies of its row; its
    state."""
    job = scheduler.add_job(nothing, "cron", hour=9, id="model", misfire_grace_time=None)
    state = job.__getstate__()
    due = (datetime.now(UTC) + timedelta(days=1)).timestamp()
    for begin in range(0, learners, CHUNK):
        rows = [
            {"id": f"j{n}", "next_run_time": due + n % 86_400, "job_state": pickle.dumps({**state, "id": f"j{n}"}, 5)}
            for n in range(begin, min(begin + CHUNK, learners))
        ]
        with store.engine.begin() as connection:
            connection.execute(store.jobs_t.insert(), rows)
    job.remove()
    return dict(state)


@contextmanager
def held_against(backend: str, which: int, wish: Wish) -> Iterator[Pair]:
    """`which`: 0 for the time, 1 for the memory."""
    one, other = wish.place / "ours", wish.place / "theirs"
    one.mkdir()
    other.mkdir()
    learners, due = min(LEARNERS, wish.learners), min(DUE, wish.due)
    with fill.database(backend, one) as mine, fill.database(backend, other) as its:
        crowd(mine, learners)
        with (
            workers(1, ours, fill.address(mine)) as us,
            workers(1, theirs, fill.address(its), learners) as them,
        ):
            yield Pair(lambda: us([due])[0][which], lambda: them([due])[0][which])


BENCHES = tuple(
    Bench(
        f"{name}-{backend}",
        partial(held_against, backend, which),
        (Figure(f"{title}, against a job of APScheduler for each, {named}", unit, at_most=most),),
    )
    for backend, named in (("sqlite", "SQLite"), ("postgres", "Postgres"))
    for which, name, title, unit, most in (
        (0, "jobs", "finding a thousand due among 100,000 learners and claiming their messages", "ms", 0.2),
        (1, "jobs-memory", "its memory", "MB", 0.1),
    )
)
