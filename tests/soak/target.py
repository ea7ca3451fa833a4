"""A bot at which things are thrown: in a process of its own, with its local Slack, and its log read all the time."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing.process import BaseProcess
from pathlib import Path

from localslack import LocalSlack, payloads
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY
from tests.ports import free_port
from tests.soak import bots
from tests.soak.figure import database
from tests.soak.mutations import WORD
from tests.soak.shots import Base

TAPS = 15
"""Timed, before and after."""
THREADS = "threads.txt"
OF_POOL = re.compile(r"^Thread-\d+ |[_-]\d+$")
LOUD = re.compile(r"(?m)^Traceback \(most recent call last\)|^(\S+ \S+ )?(ERROR|CRITICAL)\b")


@dataclass
class Target:
    """A bot in a process of its own, its local Slack, and its log."""

    slack: LocalSlack
    process: BaseProcess
    log: Path
    port: int
    url: str
    """Of the database."""
    bases: Sequence[Base] = ()
    read: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    def news(self) -> str:
        """What was logged since the last look."""
        with self.log.open("rb") as file:
            file.seek(self.read)
            said = file.read()
        self.read += len(said)
        return said.decode("utf-8", "replace")

    def faults(self) -> list[str]:
        """What was logged that must not be."""
        said = self.news()
        found = [said[max(0, m.start() - 200) : m.end() + 4_000] for m in LOUD.finditer(said)][:1]
        if WORD in said:
            place = said.index(WORD)
            found.append(f"content in the log: {said[max(0, place - 300) : place + 40]}")
        if not self.process.is_alive():
            found.append(f"the bot died with {self.process.exitcode}")
        return found

    def help(self) -> float:
        """Ask for help as Henrik; the seconds until it was acknowledged."""
        world = self.slack.world
        answering = {"trigger_id": world.new_trigger(HENRIK), "response_url": f"{self.slack.url}/response/none"}
        sent = payloads.command(world.users[HENRIK], world.dm(HENRIK), "/learn", "help", **answering)
        began = time.perf_counter()
        answer = self.slack.do(self.slack.people.outbox.send("slash_commands", sent, answers=True))
        if not answer:
            raise TimeoutError("a command wasn't answered")
        return time.perf_counter() - began

    @property
    def megabytes(self) -> float:
        """Of memory, resident."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * 4096 / 1e6

    def threads(self) -> Counter[str]:
        """Which there are, by name; those of a pool have one name, and come and go."""
        told = self.log.with_name(THREADS)
        told.unlink(missing_ok=True)
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGUSR1)
        bots.wait(told.exists, "the bot didn't tell its threads")
        return Counter({OF_POOL.sub("", name) for name in told.read_text("utf-8").splitlines()})


def tell_threads(place: str) -> None:
    """In the bot's process: on SIGUSR1 the names of all threads are written there."""

    def tell(*_: object) -> None:
        told = Path(place)
        told.with_suffix(".part").write_text("\n".join(t.name for t in threading.enumerate()), "utf-8")
        told.with_suffix(".part").rename(told)

    signal.signal(signal.SIGUSR1, tell)


@contextmanager
def target(backend: str, transport: str, place: Path) -> Iterator[Target]:
    """A bot at work, with somebody who has had an item, and one sound payload of every kind that Slack sends."""
    with database(backend, place) as url:
        slack, port, log = LocalSlack(transport=transport).start(), free_port(), place / "bot.log"
        slack.begin_at(MONDAY)
        slack.world.retry_waits = ()
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        # no reply is lost here; a busy machine mustn't look as if one were
        process = bots.bot(
            slack,
            url,
            log,
            tell_threads,
            (str(log.with_name(THREADS)),),
            MISSINGLINK_ADMINS=ADMIN,
            PORT=str(port),
            MISSINGLINK_HTTP_TIMEOUT_SECONDS="10",
            MISSINGLINK_SETTLE_SECONDS="12",
        )
        try:
            made = Target(slack, process, log, port, url)
            bots.wait(lambda: says(port, "/readyz") and slack.transport.connected, "the bot never came", 60)
            made.bases = everything(slack)
            yield made
        finally:
            bots.kill(process)
            slack.stop()


def everything(slack: LocalSlack) -> list[Base]:
    """Do everything there is to do, once; the payloads by which the bot was told."""
    dm = slack.messages

    def done(complaint: str) -> None:
        assert not complaint, complaint

    done(slack.command(ADMIN, "/track assign @henrik @maya speak-the-language"))
    bots.wait(lambda: dm(HENRIK), "no welcome")
    done(slack.tap(HENRIK, dm(HENRIK)[0], "start"))
    bots.wait(lambda: len(dm(HENRIK)) > 1, "no item")
    done(slack.tap(HENRIK, dm(HENRIK)[1], "answer:1:0"))
    done(slack.say(HENRIK, "fomo"))
    done(slack.command(HENRIK, "/jargon fomo"))
    done(slack.shortcut(HENRIK, dm(HENRIK)[0], "explain_jargon"))
    bots.wait(lambda: slack.modal(HENRIK), "no dialog")
    done(slack.close_modal(HENRIK))
    for user, typed, field_ in ((HENRIK, "/learn settings", "zone"), (ADMIN, "/track", "")):
        before = (slack.modal(user) or {}).get("id")
        done(slack.command(user, typed))
        bots.wait(lambda who=user, was=before: (slack.modal(who) or {}).get("id") != was, f"no dialog of {typed}")  # type: ignore[misc]
        if field_:
            slack.suggest(user, field_, "berlin")
        slack.submit(user)
    done(slack.open_home(HENRIK))
    bots.wait(lambda: slack.home(HENRIK), "no Home")
    done(slack.tap_view(HENRIK, slack.home(HENRIK) or {}, "settings"))
    done(slack.do(slack.people.change_profile(MAYA, tz="Europe/London")))
    return [(kind, payload) for kind, payload in slack.world.sent if "challenge" not in payload]


@contextmanager
def watched(port: int) -> Iterator[list[float]]:
    """Ask whether the bot is alive all the time; how long each answer took."""
    waits: list[float] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(0.05):
            began = time.perf_counter()
            answered = livez(port)
            waits.append(time.perf_counter() - began if answered else 99.0)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    yield waits
    stop.set()
    thread.join()


def livez(port: int) -> bool | None:
    """Whether the bot says that it is alive; None when it says nothing."""
    return says(port, "/livez")


def says(port: int, path: str) -> bool | None:
    """Whether the bot says that all is well, there; None when it says nothing."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return None
    finally:
        connection.close()
