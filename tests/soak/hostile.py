"""What Slack would never send, and what others may: a hundred thousand malformed requests over HTTP and over the socket.

No 5xx, no traceback, nothing of their content in the log, no thread lost, memory and the event loop at ease, and
afterwards a tap is answered as fast as before.
"""

from __future__ import annotations

import re
import socket
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.websockets import WebSocketDisconnect

from bot.slack.inbound.payload_guard import LARGEST
from localslack import LocalSlack
from tests.soak import bots
from tests.soak.figure import Figure, Part, TickCounts
from tests.soak.shots import Shot, http_shot, socket_shot
from tests.soak.target import TAPS, Target, target, watched

CHUNK, VOLLEY, LINES = 2_500, 25, 4
WAYS = (("sqlite", "http"), ("sqlite", "socket"), ("postgres", "http"), ("postgres", "socket"))
"""One chunk after the other takes the next."""
MOST_GROWTH, MOST_WAIT, SLOWER, TRIES = 64.0, 3.0, 4.0, 5
"""Megabytes, seconds for `/livez`, times; looks, a second apart, until it is calm."""
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSED = frozenset({200, 400, 401, 403, 404, 405, 408, 411, 413, 431})


def play(part: Part) -> TickCounts:
    """One bot, and everything that is thrown at it."""
    backend, transport = WAYS[part.seeds.start // CHUNK % len(WAYS)]
    with target(backend, transport, part.place) as bot:
        for _ in range(TAPS):
            bot.help()
        before = statistics.median(bot.help() for _ in range(TAPS))
        broken = [*bot.faults()]
        threads, size = bot.threads(), 0.0
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
            after, lost = _calm(bot, before), _lost(bot, threads)
        except (TimeoutError, OSError) as error:
            after, lost, broken = 99.0, [], [*broken, f"afterwards {error}"]
        # a part that was broken off before has nothing to be held against
        grown = bot.megabytes - size if size else 0.0
        worst = max(waits, default=0.0)
        broken += [
            f"{what} after seeds {part.seeds.start} to {part.seeds.start + played - 1} on {backend} over {transport}"
            for what, bad in (
                (f"{grown:.0f} MB more memory", grown > MOST_GROWTH),
                (f"{', '.join(lost)} gone", lost),
                (f"/livez took {worst:.2f} s", part.timed and worst > MOST_WAIT),
                (
                    f"a tap took {after * 1000:.1f} ms, before it was {before * 1000:.1f}",
                    part.timed and after > _slow(before),
                ),
            )
            if bad
        ]
        lines = bot.log.read_text("utf-8", "replace").count("\n")
    counts = {"most MB grown": round(grown, 1), "most seconds for /livez": round(worst, 3), "lines of log": lines,
              "most ms for a tap before": round(before * 1000, 1), "most ms for a tap after": round(after * 1000, 1),
              **{f"{transport} {status}": count for status, count in bot.statuses.items()}}  # fmt: skip
    return TickCounts(played, tuple(broken), counts)


def _lost(bot: Target, before: Counter[str]) -> list[str]:
    """The threads that there were, and aren't any more."""
    lost = before - bot.threads()
    for _ in range(TRIES):
        if not lost:
            break
        # a connection may just be replaced
        time.sleep(1)
        lost = before - bot.threads()
    return sorted(lost)


def _slow(before: float) -> float:
    return SLOWER * before + 0.02


def _calm(bot: Target, before: float) -> float:
    """How long a tap takes, once what was begun is done."""
    after = statistics.median(bot.help() for _ in range(TAPS))
    for _ in range(TRIES):
        if after <= _slow(before):
            break
        time.sleep(1)
        after = statistics.median(bot.help() for _ in range(TAPS))
    return after


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
        if status not in REFUSED and not (status == 0 and (shot.closes or len(shot.bytes) > LARGEST))
    ]


def _along(port: int, shots: list[tuple[int, Shot]]) -> list[tuple[int, Shot, int]]:
    done, line = [], None
    for seed, shot in shots:
        line = line or socket.create_connection(("127.0.0.1", port), 10)
        status = answer(line, shot)
        done.append((seed, shot, status))
        if shot.closes or status in {0, 413}:
            line.close()
            line = None
    if line is not None:
        line.close()
    return done


def answer(line: socket.socket, shot: Shot) -> int:
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
        except (RuntimeError, WebSocketDisconnect):
            return


HOSTILE = Figure("hostile", "malformed requests without an accident", "requests", 100_000, CHUNK, play)
