"""From a tap over the socket to its acknowledgement, the answer being durable by then; against a Bolt app whose
listener does nothing. Every tap is the first answer to a question of its own.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from bot.store.database import Database
from localslack import payloads
from localslack.objects import Channel, Message, User
from tests.benchmarks import adapter, fill
from tests.benchmarks.measure import Bench, Pair, Wish, percentile
from tests.benchmarks.processes import FastSlack, bare_bolt, bot, fast_slack, workers
from tests.benchmarks.slack import NUMBER

OURS, BARE = "xapp-ours", "xapp-bare"
RATE = 200.0
WARM = 100
LATE_MS = 3_000.0
CALM_SECONDS = 60.0
BACKENDS = ("sqlite", "postgres")


def payload(opened: Database, api_url: str, workspace_id: str = "T0", like: str = "d0") -> str:
    """A tap on the first choice, with a number's place for its learner and its message."""
    drawn = adapter.drawn(opened, adapter.catalogue(), workspace_id, like)
    blocks = json.loads(json.dumps(drawn["blocks"]).replace(f'"{like}', f'"d{NUMBER}'))
    user = User(f"U{NUMBER}", f"u{NUMBER}", "", "", "UTC", team=workspace_id)
    channel = Channel(f"D{NUMBER}", "directmessage")
    message = Message(channel.id, "1800000000.000001", "U0BOT", drawn["text"], blocks)
    action = {"type": "button", "action_id": "answer:0", "block_id": f"d{NUMBER}", "action_ts": f"1.{NUMBER}",
              "text": {"type": "plain_text", "text": "A"}}  # fmt: skip
    tap: dict[str, Any] = payloads.interaction(
        user,
        payloads.tap_in_message(channel, message, action, {"values": {}}),
        trigger_id=f"t{NUMBER}",
        response_url=api_url.replace("/api/", f"/response/{NUMBER}"),
    )
    return json.dumps({**tap, "team": {"id": workspace_id, "domain": "benchmark"}})


class Load:
    """Sends taps that nobody sent before, and says how long they took."""

    def __init__(self, slack: FastSlack, opened: Database, tap: str) -> None:
        self._slack, self._opened, self._tap = slack, opened, tap
        self._next, self._answered = itertools.count(), 0
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

    def _sent(self, app: str, rate: float, count: int) -> list[float]:
        numbers = [next(self._next) for _ in range(count)] if app == OURS else list(range(count))
        taken = self._slack.tap([app], self._tap, numbers, rate)
        late = sum(ms is None or ms > LATE_MS for ms in taken)
        if late:
            self.problems.append(f"{late} taps not acknowledged within 3 s")
        return [ms if ms is not None else 10_000.0 for ms in taken]


@contextmanager
def ready(
    wish: Wish, backend: str, taps: int, warm: int = WARM, **more: Any
) -> Iterator[tuple[Load, Database, FastSlack]]:
    """The bot and the Bolt app, connected, and so many learners with an open question."""
    with fill.database(backend, wish.place) as opened, fast_slack() as slack:
        fill.answerable(opened, adapter.catalogue(), "T0", range(taps))
        fill.settle_in(opened)
        environment = adapter.settings(slack.api_url, fill.address(opened), OURS, **more)
        with workers(1, bot, environment), workers(1, bare_bolt, slack.api_url, BARE):
            for app in (OURS, BARE):
                slack.wait_for(app)
            load = Load(slack, opened, payload(opened, slack.api_url))
            load.ours(50, warm)
            load.bare(50, warm)
            # the first ones after a start may be slow; what is measured is everything after them
            load.problems.clear()
            yield load, opened, slack


@contextmanager
def steady(backend: str, wish: Wish) -> Iterator[Pair]:
    """200 a second, whatever becomes of them."""
    each = int(RATE * wish.seconds)
    with ready(wish, backend, WARM + each * wish.rounds) as (load, _, _slack):
        yield Pair(
            lambda: percentile(load.ours(RATE, each), 0.99),
            lambda: percentile(load.bare(RATE, each), 0.99),
            load.problems,
        )


BENCHES = tuple(
    Bench(
        f"clicks-{backend}",
        f"tap to durable answer and acknowledgement, 200/s, p99, {named}",
        "ms",
        partial(steady, backend),
        at_most=most,
    )
    for backend, named, most in (("sqlite", "SQLite", 0.35), ("postgres", "Postgres", 0.5))
)
