"""From a tap over the socket to its acknowledgement, the answer being durable by then; against a Bolt app whose
listener does nothing. Every tap is the first answer to a question of its own.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from bot.store.database import Database
from localslack import payloads
from localslack.objects import Channel, PostedMessage, User
from tests.benchmarks import adapter, fill
from tests.benchmarks.measure import Bench, Figure, Pair, Wish, percentile
from tests.benchmarks.processes import FastSlack, bare_bolt, bot, fast_slack, postgres_seconds, workers
from tests.benchmarks.slack import ACK_SECONDS, NUMBER

OURS, BARE = "xapp-ours", "xapp-bare"
RATE = 200.0
WARM = 100
BEFORE, BEFORE_COUNT = 10_000_000, 20_000
"""The numbers of learners who have answered before."""
CALM_SECONDS = 60.0
BACKENDS = ("sqlite", "postgres")
RATES = tuple(float(rate) for rate in range(50, 401, 25))
QUEUE_MS = 50.0
"""Taps queue where the last ones of a round take this long in the middle."""
Cpu = Callable[[], float]
"""The seconds of CPU that a process has used."""


def payload(opened: Database, api_url: str, workspace_id: str = "T0", like: str = "d0") -> str:
    """A tap on the first choice, with a number's place for its learner, its message and its asking."""
    drawn = adapter.drawn(opened, adapter.catalogue(), workspace_id, like)
    block_id = f"d{NUMBER}.a{NUMBER}"
    blocks = json.loads(json.dumps(drawn["blocks"]).replace(f'"{like}.a{like[1:]}"', f'"{block_id}"'))
    first = next(block for block in blocks if block.get("block_id") == block_id)["elements"][0]
    user = User(id=f"U{NUMBER}", handle=f"u{NUMBER}", name="", title="", tz="UTC", team=workspace_id)
    channel = Channel(id=f"D{NUMBER}", name="directmessage")
    message = PostedMessage(
        channel=channel.id, ts="1800000000.000001", user="U0BOT", text=drawn["text"], business=blocks
    )
    action = {**first, "block_id": block_id, "action_ts": f"1.{NUMBER}"}
    tap: dict[str, Any] = payloads.interaction(
        user,
        payloads.tap_in_message(channel, message, action, {"values": {}}),
        trigger_id=f"t{NUMBER}",
        response_url=api_url.replace("/api/", f"/response/{NUMBER}"),
    )
    return json.dumps({**tap, "team": {"id": workspace_id, "domain": "benchmark"}})


class Load:
    """Sends taps that nobody sent before, and says how long they took."""

    def __init__(self, slack: FastSlack, opened: Database, tap: str, cpu: Mapping[str, Cpu]) -> None:
        self._slack, self._opened, self._tap, self._cpu = slack, opened, tap, cpu
        self._next, self._answered = itertools.count(), adapter.count(opened, "answer")
        self.problems: list[str] = []

    def ours(self, rate: float, count: int, *, calm: bool = True) -> list[float]:
        """So many taps to the bot; each must have left its answer."""
        taken = self._sent(OURS, rate, count)
        self._answered += count
        stored = adapter.count(self._opened, "answer")
        if stored != self._answered:
            self.problems.append(f"{self._answered - stored} answers missing")
        if calm:
            self.calm()
        return taken

    def calm(self) -> None:
        """Wait until the messages show their answers: that work must not weigh on the other's round."""
        until = time.monotonic() + CALM_SECONDS
        while adapter.count(self._opened, "delivery WHERE lags_real IS NOT NULL"):
            if time.monotonic() > until:
                self.problems.append("messages never came up to date")
                return
            time.sleep(0.1)

    def bare(self, rate: float, count: int) -> list[float]:
        """The same to the Bolt app."""
        return self._sent(BARE, rate, count)

    def cpu(self, app: str, work: Callable[[], list[float]]) -> tuple[list[float], float]:
        """Send taps; how long they took, and the milliseconds of CPU that each cost the app's process."""
        begun = self._cpu[app]()
        taken = work()
        return taken, (self._cpu[app]() - begun) * 1000 / len(taken)

    def _sent(self, app: str, rate: float, count: int) -> list[float]:
        numbers = [next(self._next) for _ in range(count)] if app == OURS else list(range(count))
        taken = self._slack.tap([app], self._tap, numbers, rate)
        never = sum(ms is None for ms in taken)
        if never:
            self.problems.append(f"{never} taps not acknowledged within {ACK_SECONDS:g} s")
        return [ms if ms is not None else ACK_SECONDS * 1000 for ms in taken]


@contextmanager
def ready(
    wish: Wish, backend: str, taps: int, warm: int = WARM, **more: Any
) -> Iterator[tuple[Load, Database, FastSlack]]:
    """The bot and the Bolt app, connected, and so many learners with an open question."""
    with fill.database(backend, wish.place) as opened, fast_slack() as slack:
        fill.answerable(opened, adapter.catalogue(), "T0", range(taps))
        fill.answered(opened, adapter.catalogue(), "T0", range(BEFORE, BEFORE + BEFORE_COUNT))
        fill.settle_in(opened)
        environment = adapter.settings(slack.api_url, fill.address(opened), OURS, **more)
        with workers(1, bot, environment) as ours, workers(1, bare_bolt, slack.api_url, BARE) as bare:
            for app in (OURS, BARE):
                slack.wait_for(app)
            cpu = {OURS: lambda: float(ours()[0]), BARE: lambda: float(bare()[0])}
            load = Load(slack, opened, payload(opened, slack.api_url), cpu)
            load.ours(50, warm)
            load.bare(50, warm)
            # the first ones after a start may be slow; what is measured is everything after them
            load.problems.clear()
            yield load, opened, slack


@contextmanager
def steady(backend: str, wish: Wish) -> Iterator[Pair]:
    """200 a second, whatever becomes of them: p50, p99, CPU for each, and on Postgres also its own processes' CPU."""
    each = int(RATE * wish.seconds)
    with ready(wish, backend, WARM + each * wish.rounds) as (load, opened, _slack):

        def ours() -> list[float]:
            begun = 0.0 if opened.sqlite else postgres_seconds(opened)
            taken, cpu = load.cpu(OURS, lambda: load.ours(RATE, each))
            values = [percentile(taken, 0.5), percentile(taken, 0.99), cpu]
            return values if opened.sqlite else [*values, (postgres_seconds(opened) - begun) * 1000 / each]

        def baseline() -> list[float]:
            taken, cpu = load.cpu(BARE, lambda: load.bare(RATE, each))
            values = [percentile(taken, 0.5), percentile(taken, 0.99), cpu]
            return values if opened.sqlite else [*values, cpu]

        yield Pair(ours, baseline, load.problems)


@contextmanager
def climbing(backend: str, wish: Wish) -> Iterator[Pair]:
    """More and more a second, until taps wait for one another."""
    seconds = wish.seconds / 2
    with ready(wish, backend, WARM + int(sum(RATES) * seconds + len(RATES)) * wish.rounds) as (load, _, _slack):

        def ours() -> float:
            kept = 0.0
            for rate in RATES:
                taken = load.ours(rate, int(rate * seconds))
                if percentile(taken[-len(taken) // 4 :], 0.5) > QUEUE_MS:
                    break
                kept = rate
            return kept or RATES[0]

        yield Pair(ours, lambda: RATE, load.problems)


TAP = "tap to durable answer and acknowledgement, 200/s"
BENCHES = (
    *(
        Bench(
            f"clicks-{backend}",
            partial(steady, backend),
            (
                Figure(f"{TAP}, p50, {named}", "ms", at_most=0.4 if backend == "sqlite" else None),
                Figure(f"{TAP}, p99, {named}", "ms"),
                Figure(f"CPU of serve for each tap, 200/s, {named}", "ms", at_most=most),
                *own,
            ),
        )
        for backend, named, most, own in (
            ("sqlite", "SQLite", 4.5, ()),
            ("postgres", "Postgres", 6.0, (Figure("Postgres's own CPU for each of them", "ms", at_most=2.5),)),
        )
    ),
    *(
        Bench(
            f"rate-{backend}",
            partial(climbing, backend),
            (Figure(f"taps a second that one process takes without a queue, against 200, {named}", "taps/s"),),
        )
        for backend, named in zip(BACKENDS, ("SQLite", "Postgres"), strict=True)
    ),
)
