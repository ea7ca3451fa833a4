"""Socket Mode's connections, lost in every way there is, while three people go on typing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from random import Random
from threading import Event, Thread

from bot.content import load
from bot.messages.render import objections
from localslack import LocalSlack
from tests.helpers import ADMIN, HENRIK, MAYA, Running
from tests.journeys.stage import small_lessons
from tests.patience import IMPATIENT
from tests.running import running
from tests.soak.figure import Figure, Part, TickCounts, database
from tests.soak.promises import lost

PEOPLE = (ADMIN, HENRIK, MAYA)
BACK_SECONDS, NOTICED_SECONDS = 10.0, 20.0
GIVE_UP, ACK_SECONDS = 40.0, 3.0
AFTER = 0.3
"""They go on typing for a moment, so that what follows a loss is tried too."""


class Episode:
    """One loss, by its seed."""

    def __init__(self, bot: Running, seed: int, *, timed: bool) -> None:
        self._bot, self._slack, self._chance, self._timed = bot, bot.slack, Random(seed), timed
        self.way = tuple(WAYS)[seed % len(WAYS)]
        self.counts = {"requests acknowledged": 0.0, "requests not acknowledged": 0.0}
        self.wrong: list[str] = []

    def play(self) -> None:
        """Lose the connection, and wait until the bot is back."""
        with self._typing():
            WAYS[self.way](self)
            time.sleep(AFTER)
        known = self._bot.app.ctx.db
        # whoever was never met is met once they are acknowledged, and recorded then
        self._until(lambda: not list(lost(self._slack, known)), "recorded", GIVE_UP)
        self.wrong += lost(self._slack, known)

    def refreshed(self) -> None:
        """Slack warns, and ends the connection a while later, or at once."""
        self._slack.do(self._slack.sockets.refresh(pause_seconds=self._chance.choice((0.0, 0.3, 1.5))))
        self._back()

    def refreshed_twice(self) -> None:
        """The replacement is replaced at once."""
        for _ in range(2):
            self._until(lambda: self._slack.sockets.connected, "connected", BACK_SECONDS)
            self._slack.do(self._slack.sockets.refresh(pause_seconds=self._chance.uniform(0, 0.2)))
        self._back()

    def cut(self) -> None:
        """The connection is cut."""
        self._slack.now(self._slack.sockets.cut)
        self._back()

    def gone(self) -> None:
        """Slack is gone for a while."""
        self._slack.crash()
        time.sleep(self._chance.uniform(0, 8))
        self._slack.come_back()
        self._back()

    def frozen(self) -> None:
        """The connection says nothing any more."""
        before = self._slack.sockets.accepted
        time.sleep(self._chance.uniform(0, 3))
        self._slack.now(self._slack.sockets.freeze)
        self._noticed(before)
        self._slack.now(self._slack.sockets.thaw)
        self._back()

    def mute(self) -> None:
        """Nor do new ones."""
        before = self._slack.sockets.accepted
        self._slack.now(partial(_mute, self._slack))
        self._noticed(before)
        time.sleep(self._chance.uniform(0, 8))
        self._slack.now(self._slack.sockets.thaw)
        self._back()

    def _noticed(self, before: int) -> None:
        self._until(lambda: self._slack.sockets.accepted > before, "noticed", NOTICED_SECONDS)

    def _back(self) -> None:
        self._until(lambda: self._slack.sockets.connected and self._ask(ADMIN), "back", BACK_SECONDS)

    def _until(self, true: Callable[[], object], what: str, bearable: float) -> None:
        began = time.monotonic()
        while not true() and time.monotonic() - began < GIVE_UP:
            time.sleep(0.02)
        took = time.monotonic() - began
        name = f"most seconds until {what}"
        self.counts[name] = max(self.counts.get(name, 0), round(took, 2))
        if took > (bearable if self._timed else GIVE_UP):
            self.wrong.append(f"only {what} after {took:.1f} s")

    @contextmanager
    def _typing(self) -> Iterator[None]:
        over = Event()
        threads = [Thread(target=self._type, args=(person, over), daemon=True) for person in PEOPLE]
        for thread in threads:
            thread.start()
        yield
        over.set()
        for thread in threads:
            thread.join(GIVE_UP)

    def _type(self, person: str, over: Event) -> None:
        while not over.wait(0.05):
            self.counts["requests acknowledged" if self._ask(person) else "requests not acknowledged"] += 1

    def _ask(self, person: str) -> bool:
        try:
            return self._slack.command(person, "/learn tracks") == ""
        except (CancelledError, RuntimeError, TimeoutError):
            # Slack is gone, this moment or since a while
            return False


def _mute(slack: LocalSlack) -> None:
    slack.sockets.mute = True
    slack.sockets.freeze()


WAYS: dict[str, Callable[[Episode], None]] = {
    "refreshed": Episode.refreshed,
    "refreshed twice": Episode.refreshed_twice,
    "cut": Episode.cut,
    "gone": Episode.gone,
    "frozen": Episode.frozen,
    "mute": Episode.mute,
}


def play(part: Part) -> TickCounts:
    """One loss after the other, with one bot."""
    total = TickCounts(0)
    with database("sqlite", part.place) as url:
        slack = LocalSlack().start()
        with running(slack, url, load([small_lessons(part.place)], objections), **IMPATIENT) as bot:
            # what is lost with its connection is given up when Slack would
            slack.world.ack_seconds = ACK_SECONDS
            for seed in part.seeds:
                if time.time() > part.until:
                    break
                episode = Episode(bot, seed, timed=part.timed)
                episode.play()
                total = _added(total, episode, seed)
        slack.stop()
    return total


def _added(total: TickCounts, episode: Episode, seed: int) -> TickCounts:
    counts = dict(total.counts)
    for name, number in episode.counts.items():
        counts[name] = max(counts.get(name, 0), number) if name.startswith("most ") else counts.get(name, 0) + number
    told = [f"reconnect {seed}, {episode.way}: {what}\n(python -m tests.soak.run --only reconnects --first {seed} "
            "--count 1)" for what in episode.wrong]  # fmt: skip
    return TickCounts(total.played + 1, (*total.broken, *told), counts)


RECONNECTS = Figure(
    "reconnects",
    "lost connections, in six ways, that cost nothing acknowledged; noticed in 20 s, back in 10 s",
    "losses",
    50 * len(WAYS),
    6,
    play,
)
