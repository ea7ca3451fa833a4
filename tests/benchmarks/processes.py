"""What is measured and what it is measured against, each in a process of its own."""

from __future__ import annotations

import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from sqlalchemy import text

from bot import app
from bot.settings import load
from bot.store.database import Database
from tests.benchmarks import bare, slack
from tests.benchmarks.slack import Manner, Posted

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.benchmarks.processes"])
START_SECONDS = 60.0
LONGEST_SECONDS = 1800.0
Work = Callable[..., Any]


def megabytes(pid: int) -> float:
    """What a process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def _used(pid: int, *, ended: bool = False) -> tuple[int, float]:
    """Return a process's parent and the seconds of CPU that it used. `ended`: with those of children that ended."""
    # what stands before the bracket is the command, which may have any sign in it
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    ticks = sum(int(value) for value in fields[11 : 15 if ended else 13])
    return int(fields[1]), ticks / os.sysconf("SC_CLK_TCK")


def postgres_seconds(database: Database) -> float:
    """Return the seconds of CPU that the Postgres of a database has used so far, on this machine; the work of the
    connection that asks is left out.
    """
    with database.read() as session:
        own = int(session.execute(text("SELECT pg_backend_pid()")).scalar_one())
        server, _ = _used(own)
        _, total = _used(server, ended=True)
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                parent, seconds = _used(int(folder.name))
                total += seconds if parent == server and int(folder.name) != own else 0.0
        return total


class FastSlack:
    """The handle of the Slack for benchmarks."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self.api_url = f"http://127.0.0.1:{pipe.recv()}/api/"

    def tap(self, apps: Sequence[str], payload: str, numbers: Sequence[int], rate: float) -> list[float | None]:
        """See `Slack.tap`."""
        return list(self._do("tap", apps, payload, numbers, rate))

    def behave(self, manner: Manner) -> None:
        """See `Slack.behave`."""
        self._do("behave", manner)

    def counted(self) -> Posted:
        """See `Slack.counted`."""
        found: Posted = self._do("counted")
        return found

    def wait_for(self, app: str) -> None:
        """Wait until an app has connected."""
        if not self._do("has", app, START_SECONDS):
            raise TimeoutError(f"{app} never connected")

    def _do(self, name: str, *arguments: Any) -> Any:
        self._pipe.send((name, arguments))
        if not self._pipe.poll(LONGEST_SECONDS):
            raise TimeoutError(name)
        return self._pipe.recv()


@contextmanager
def fast_slack() -> Iterator[FastSlack]:
    """A Slack for benchmarks, gone afterwards."""
    ours, its = CONTEXT.Pipe()
    process = CONTEXT.Process(target=slack.run, args=(its,), daemon=True)
    process.start()
    its.close()
    yield FastSlack(ours)
    ours.close()
    process.join(10)


class Worker:
    """A process that does one kind of work again and again when it is told to, and says what came of it."""

    def __init__(self, work: Work, *arguments: Any) -> None:
        self._pipe, its = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_work, args=(its, work, arguments), daemon=True)
        self._process.start()
        its.close()
        self.said()

    def tell(self, *arguments: Any) -> None:
        """Begin."""
        self._pipe.send(arguments)

    def said(self) -> Any:
        """What came of it."""
        if not self._pipe.poll(LONGEST_SECONDS):
            raise TimeoutError("a worker never said anything")
        return self._pipe.recv()

    def end(self) -> None:
        """Let it go."""
        self._pipe.close()
        self._process.join(20)
        if self._process.exitcode is None:
            self._process.kill()


def _work(pipe: Pipe, work: Work, arguments: tuple[Any, ...]) -> None:
    logging.basicConfig(level=logging.ERROR)
    with work(*arguments) as do:
        pipe.send(None)
        while True:
            try:
                told = pipe.recv()
            except EOFError:
                return
            pipe.send(do(*told))


@contextmanager
def workers(count: int, work: Work, *arguments: Any) -> Iterator[Callable[..., list[Any]]]:
    """So many processes that work at once. `work` is a context manager that yields what is to be done."""
    processes = [Worker(work, *arguments) for _ in range(count)]

    def together(*given: Sequence[Any]) -> list[Any]:
        for process, told in zip(processes, zip(*given, strict=True) if given else [()] * count, strict=True):
            process.tell(*told)
        return [process.said() for process in processes]

    yield together
    for process in processes:
        process.end()


@contextmanager
def bot(environment: Mapping[str, Any]) -> Iterator[Callable[[], float]]:
    """Work: the bot, as `serve` runs it, for as long as the process lives; the seconds of CPU of all its threads."""
    with app.running(load(**environment, file=None)):
        app.tune_process()
        yield time.process_time


@contextmanager
def bare_bolt(api_url: str, app_token: str) -> Iterator[Callable[[], float]]:
    """Work: a Bolt app as its documentation shows it, with default settings; its listener acknowledges, no more. The
    seconds of CPU of all its threads.
    """
    handler = SocketModeHandler(bare.made(api_url), app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    yield time.process_time
    handler.close()  # type: ignore[no-untyped-call]


@contextmanager
def bare_sdk(api_url: str, threads: int, payload: Mapping[str, Any]) -> Iterator[Callable[[int], float]]:
    """Work: so many posts with the SDK alone, in as many threads; the seconds of CPU that
    they cost.
    """
    client = WebClient("xoxb-bare", base_url=api_url, retry_handlers=[])

    def post(_: int) -> None:
        client.chat_postMessage(**payload)

    def all_of(count: int) -> float:
        begun = time.process_time()
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(post, range(count)):
                pass
        return time.process_time() - begun

    yield all_of
