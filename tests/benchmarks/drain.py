"""What is due goes out as fast as it can, against as many threads that post the same message with the SDK alone."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from bot.store.database import Database
from tests.benchmarks import adapter, fill
from tests.benchmarks.measure import Bench, Figure, Pair, Wish
from tests.benchmarks.processes import FastSlack, bare_sdk, fast_slack, workers
from tests.benchmarks.slack import Manner

POST_SECONDS = 0.05
ALLOWED = 10.0
"""Posts a second that Slack allows each workspace here: enough that a benchmark sees it within seconds."""
OF_ALLOWED = 0.94
LIMITED_DUE = 10_000
LIMITED_THREADS = 16
"""So many that the limit is what binds: eight threads post 160 messages a second of 50 ms at most."""


@contextmanager
def drained(backend: str, processes: int, wish: Wish) -> Iterator[Pair]:
    """So many due among twenty workspaces; one post takes 50 ms, and nobody limits it."""
    threads = wish.threads or adapter.THREADS
    with fill.database(backend, wish.place) as opened, fast_slack() as slack:
        lessons = adapter.catalogue()
        fill.answerable(opened, lessons, "T0", range(1))
        message = {"channel": "D0", **adapter.drawn(opened, lessons, "T0", "d0")}
        first = itertools.count(1, wish.due)
        with (
            workers(processes, adapter.sender, fill.address(opened), slack.api_url, threads) as senders,
            workers(processes, bare_sdk, slack.api_url, threads, message) as bare,
        ):
            problems: list[str] = []

            def ours() -> tuple[float, float]:
                numbers = range(begin := next(first), begin + wish.due)
                prepared(opened, slack, numbers)
                figures = paced(senders, wish.due)
                problems.extend(wrong(opened, slack, wish.due))
                return figures

            def baseline() -> tuple[float, float]:
                slack.behave(Manner(POST_SECONDS))
                return paced(partial(bare, [wish.due // processes] * processes), wish.due)

            yield Pair(ours, baseline, problems)


@contextmanager
def limited(backend: str, wish: Wish) -> Iterator[Pair]:
    """Slack allows each of twenty workspaces so many a second; the bot keeps a little below that by itself."""
    due, threads = min(wish.due, LIMITED_DUE), wish.threads or LIMITED_THREADS
    own = ALLOWED * OF_ALLOWED
    with fill.database(backend, wish.place) as opened, fast_slack() as slack:
        first, problems = itertools.count(1, due), list[str]()
        url = fill.address(opened)
        with workers(1, adapter.sender, url, slack.api_url, threads, own * 60) as senders:

            def ours() -> float:
                begin = next(first)
                prepared(opened, slack, range(begin, begin + due), Manner(POST_SECONDS, ALLOWED))
                rate, _ = paced(senders, due)
                problems.extend(wrong(opened, slack, due))
                refused = slack.counted().refused
                if refused:
                    problems.append(f"{refused} posts were refused with 429")
                return rate

            yield Pair(ours, lambda: own * len(fill.WORKSPACES), problems)


def prepared(opened: Database, slack: FastSlack, numbers: range, manner: Manner | None = None) -> None:
    """These are due, shared out among the workspaces; Slack is as told."""
    share = len(numbers) // len(fill.WORKSPACES)
    for nth, workspace_id in enumerate(fill.WORKSPACES):
        part = range(numbers.start + nth * share, numbers.start + (nth + 1) * share)
        fill.due(opened, adapter.catalogue(), workspace_id, part)
    fill.settle_in(opened)
    slack.behave(manner or Manner(POST_SECONDS))


def paced(work: Callable[[], Sequence[float]], count: int) -> tuple[float, float]:
    """Return how many a second, and the milliseconds of CPU that each cost the processes that do the work."""
    begun = time.perf_counter()
    spent = sum(work())
    return count / (time.perf_counter() - begun), spent * 1000 / count


def wrong(opened: Database, slack: FastSlack, count: int) -> Iterator[str]:
    """What became of them that shouldn't have."""
    posted = slack.counted()
    doubled = sum(posted.keys.values()) - len(posted.keys)
    if doubled:
        yield f"{doubled} posted twice"
    if len(posted.keys) != count:
        yield f"{count - len(posted.keys)} of {count} not posted"
    left = adapter.count(opened, "delivery WHERE state <> 'sent'")
    if left:
        yield f"{left} not recorded as sent"


DRAINING = "draining what is due, 50 ms a post"
SPENT = "CPU of the sending process for each message"
BENCHES = (
    *(
        Bench(
            f"drain-{backend}",
            partial(drained, backend, 1),
            (
                Figure(f"{DRAINING}, {named}", "messages/s"),
                Figure(f"{SPENT}, against the bare SDK, {named}", "ms", at_most=most),
            ),
        )
        for backend, named, most in (("postgres", "Postgres", 8.0), ("sqlite", "SQLite", 5.0))
    ),
    *(
        Bench(
            f"drain-postgres-{processes}",
            partial(drained, "postgres", processes),
            (
                Figure(f"the same with {processes} processes, Postgres", "messages/s"),
                Figure(f"{SPENT}, of {processes}, against the bare SDK, Postgres", "ms"),
            ),
        )
        for processes in (2, 4)
    ),
    *(
        Bench(
            f"limited-{backend}",
            partial(limited, backend),
            (
                Figure(
                    f"draining for twenty workspaces that Slack limits, against the bot's own limit, {named}",
                    "messages/s",
                    at_least=0.95,
                ),
            ),
        )
        for backend, named in (("postgres", "Postgres"), ("sqlite", "SQLite"))
    ),
)
