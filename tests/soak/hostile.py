"""What Slack would never send, and what others may: a hundred thousand malformed requests over HTTP and over the socket.

No 5xx, no traceback, nothing of their content in the log, no thread lost, memory and the event loop at ease, and
afterwards a tap is answered as fast as before.
"""

from __future__ import annotations

import re
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlsplit

from bot.playground import LocalSlack, payloads
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY
from tests.running import free_port
from tests.soak import bots
from tests.soak.figure import Figure, Part, Tally, database
from tests.soak.mutations import WORD
from tests.soak.shots import Base, Shot, http_shot, socket_shot

CHUNK, VOLLEY, LINES = 2_500, 25, 4
WAYS = (("sqlite", "http"), ("sqlite", "socket"), ("postgres", "http"), ("postgres", "socket"))
"""One chunk after the other takes the next."""
MOST_GROWTH, MOST_WAIT, SLOWER, TAPS = 64.0, 3.0, 4.0, 15
"""Megabytes, seconds for `/livez`, times; taps that are timed before and after."""
LOUD = re.compile(r"(?m)^Traceback \(most recent call last\)|^(\S+ \S+ )?(ERROR|CRITICAL)\b")
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSED = frozenset({200, 400, 401, 403, 404, 405, 408, 411, 413, 431})


@dataclass
class Target:
    """A bot in a process of its own, its local Slack, and its log."""

    slack: LocalSlack
    process: BaseProcess
    log: Path
    port: int
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

    @property
    def threads(self) -> int:
        """How many there are."""
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))


@contextmanager
def target(backend: str, transport: str, place: Path) -> Iterator[Target]:
    """A bot at work, with somebody who has had an item, and one sound payload of every kind that Slack sends."""
    with database(backend, place) as url:
        slack, port, log = LocalSlack(transport=transport).start(), free_port(), place / "bot.log"
        slack.begin_at(MONDAY)
        slack.world.retry_waits = ()
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        process = bots.bot(slack, url, log, MISSINGLINK_ADMINS=ADMIN, PORT=str(port))
        try:
            made = Target(slack, process, log, port)
            bots.wait(lambda: _livez(port) is not None and slack.transport.connected, "the bot never came", 30)
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
    done(slack.tap(HENRIK, dm(HENRIK)[1], "answer:0"))
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


def play(part: Part) -> Tally:
    """One bot, and everything that is thrown at it."""
    backend, transport = WAYS[part.seeds.start // CHUNK % len(WAYS)]
    with target(backend, transport, part.place) as bot:
        for _ in range(TAPS):
            bot.help()
        before = statistics.median(bot.help() for _ in range(TAPS))
        broken = [*bot.faults()]
        threads, size = bot.threads, 0.0
        played = 0
        with watched(bot.port) as waits:
            for first in range(part.seeds.start, part.seeds.stop, VOLLEY):
                if time.time() > part.until or len(broken) > 25:
                    break
                seeds = range(first, min(first + VOLLEY, part.seeds.stop))
                broken += volley(bot, transport, seeds)
                played += len(seeds)
                if not size and played >= min(500, len(part.seeds) // 2):
                    size = bot.megabytes
        try:
            after = statistics.median(bot.help() for _ in range(TAPS))
        except (TimeoutError, OSError) as error:
            after, broken = 99.0, [*broken, f"afterwards {error}"]
        grown = bot.megabytes - size
        worst = max(waits, default=0.0)
        broken += [
            f"{what} after seeds {part.seeds.start} to {part.seeds.start + played - 1} on {backend} over {transport}"
            for what, bad in (
                (f"{grown:.0f} MB more memory", grown > MOST_GROWTH),
                (f"{threads - bot.threads} threads fewer", bot.threads < threads),
                (f"/livez took {worst:.2f} s", worst > MOST_WAIT),
                (
                    f"a tap took {after * 1000:.1f} ms, before it was {before * 1000:.1f}",
                    after > SLOWER * before + 0.02,
                ),
            )
            if bad
        ]
        lines = bot.log.read_text("utf-8", "replace").count("\n")
    counts = {"most MB grown": round(grown, 1), "most seconds for /livez": round(worst, 3), "lines of log": lines,
              "most ms for a tap before": round(before * 1000, 1), "most ms for a tap after": round(after * 1000, 1),
              **{f"{transport} {status}": count for status, count in bot.statuses.items()}}  # fmt: skip
    return Tally(played, tuple(broken), counts)


def volley(bot: Target, transport: str, seeds: range) -> list[str]:
    """Some shots at once; when the log speaks of a fault, one after the other again, to know whose it was."""
    if (broken := fired(bot, transport, seeds)) and len(seeds) > 1:
        found = [
            f"seed {seed} over {transport}: {what}\n  again: python -m tests.soak.run --only hostile --first {seed} "
            f"--count 1"
            for seed in seeds
            for what in fired(bot, transport, range(seed, seed + 1))
        ]
        return found or [f"seeds {seeds.start} to {seeds.stop - 1} over {transport}: {broken[0]}"]
    return broken


def fired(bot: Target, transport: str, seeds: range) -> list[str]:
    """What didn't hold while these were sent."""
    broken = over_http(bot, seeds) if transport == "http" else over_socket(bot, seeds)
    return [*broken, *bot.faults()]


def over_http(bot: Target, seeds: range) -> list[str]:
    """A few connections, each with its share; what was answered that must not be."""
    secret = bot.slack.world.signing_secret
    with ThreadPoolExecutor(LINES) as pool:
        shares = [[(seed, http_shot(seed, bot.bases, secret)) for seed in seeds[n::LINES]] for n in range(LINES)]
        results = [one for share in pool.map(lambda shots: _along(bot.port, shots), shares) for one in share]
    bot.statuses.update(str(status) for _, _, status in results)
    return [
        f"seed {seed} ({shot.what}) was answered with {status}: {shot.bytes[:300]!r}"
        for seed, shot, status in results
        if status not in REFUSED and not (status == 0 and shot.closes)
    ]


def _along(port: int, shots: list[tuple[int, Shot]]) -> list[tuple[int, Shot, int]]:
    done, line = [], None
    for seed, shot in shots:
        line = line or socket.create_connection(("127.0.0.1", port), 10)
        status = _answer(line, shot)
        done.append((seed, shot, status))
        if shot.closes or status in {0, 413}:
            line.close()
            line = None
    if line is not None:
        line.close()
    return done


def _answer(line: socket.socket, shot: Shot) -> int:
    """The status of the answer; 0 where the bot hung up without one."""
    said = b""
    try:
        line.sendall(shot.bytes)
        if shot.closes:
            line.shutdown(socket.SHUT_WR)
        while not _complete(said) and (more := line.recv(65_536)):
            said += more
    except TimeoutError:
        return 999
    except OSError:
        pass
    # after "go on" comes the answer itself
    said = said.removeprefix(GO_ON)
    return int(said[9:12]) if said.startswith(b"HTTP/1.") else 0


def _complete(said: bytes) -> bool:
    top, gap, body = said.removeprefix(GO_ON).partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", top)
    return bool(gap) and length is not None and len(body) >= int(length[1])


def over_socket(bot: Target, seeds: range) -> list[str]:
    """All of them into the socket, and then something sound, which must be acknowledged."""
    shots = [socket_shot(seed, bot.bases) for seed in seeds]
    bots.wait(lambda: bot.slack.sockets.connected, "the bot didn't call again", 15)
    bot.statuses.update(what for what, _ in shots)
    try:
        bot.slack.do(_sent(bot.slack, [message for _, message in shots]))
        bot.help()
    except (TimeoutError, OSError):
        # it may have called anew just now
        try:
            bots.wait(lambda: bot.slack.sockets.connected, "the bot didn't call again", 15)
            bot.help()
        except (TimeoutError, OSError) as error:
            return [f"seeds {seeds.start} to {seeds.stop - 1} over the socket: {error}, after {shots[-1][0]}"]
    return []


async def _sent(slack: LocalSlack, messages: Sequence[str | bytes]) -> None:
    for message in messages:
        if not slack.sockets._open:
            return
        line = slack.sockets._open[-1]
        try:
            await (line.send_bytes(message) if isinstance(message, bytes) else line.send_text(message))
        except RuntimeError:
            return


@contextmanager
def watched(port: int) -> Iterator[list[float]]:
    """Ask whether the bot is alive all the time; how long each answer took."""
    waits: list[float] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(0.05):
            began = time.perf_counter()
            answered = _livez(port)
            waits.append(time.perf_counter() - began if answered else 99.0)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    yield waits
    stop.set()
    thread.join()


def _livez(port: int) -> float | None:
    connection = HTTPConnection(str(urlsplit(f"//127.0.0.1:{port}").hostname), port, timeout=10)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except OSError:
        return None
    finally:
        connection.close()


HOSTILE = Figure("hostile", "malformed requests without an accident", "requests", 100_000, CHUNK, play)
