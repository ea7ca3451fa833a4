"""`missinglink` as its own process: from another folder, from the wheel, with nothing but its environment."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot import logs, signals
from bot.errors import AlreadyRunningError
from bot.store.process_lock import lock
from localslack import LocalSlack
from tests import patience
from tests.command_line import command
from tests.helpers import ADMIN, HENRIK, MONDAY
from tests.teaching import COURSE

ROOT = Path(__file__).parents[2]
NO_SUCH_PROXY = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
"""Nothing of the demo is beyond it."""


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command, ended by itself."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-m", "bot", *words], cwd=cwd, env=env, capture_output=True, text=True,
                          timeout=patience.SECONDS, check=False)  # fmt: skip


@contextmanager
def serving(command: list[str], cwd: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """`serve`, ended with SIGTERM."""
    process = subprocess.Popen(command, cwd=cwd, env={"PATH": os.environ["PATH"], **environment}, text=True,
                               stderr=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=patience.SECONDS)


def eventually(true: Callable[[], object], process: subprocess.Popen[str]) -> None:
    def runs() -> None:
        if process.poll() is not None:
            pytest.fail(f"serve ended: {process.communicate()[1]}")

    patience.eventually(true, meanwhile=runs)


def first_lesson(slack: LocalSlack, process: subprocess.Popen[str]) -> None:
    """Assign, and let the clock go on until the first lesson is there."""
    eventually(lambda: slack.sockets.connected, process)
    assert slack.command(ADMIN, "/track assign @henrik speak-the-language") == ""
    eventually(lambda: slack.messages(ADMIN), process)
    slack.move_to(MONDAY + timedelta(days=1, hours=2))
    eventually(lambda: any("1 of 1" in m.text for m in slack.messages(HENRIK)), process)


def environment_for(slack: LocalSlack, url: str) -> dict[str, str]:
    return {
        **slack.environment,
        "DATABASE_URL": url,
        "MISSINGLINK_ADMINS": ADMIN,
        "MISSINGLINK_TICK_SECONDS": "0.2",
        "MISSINGLINK_LESSONS_DIR": str(COURSE),
    }


def test_serve_runs_from_another_folder_with_only_its_environment(slack: LocalSlack, url: str, tmp_path: Path) -> None:
    slack.begin_at(MONDAY)
    environment = {**environment_for(slack, url), "PYTHONPATH": str(ROOT)}
    with serving([sys.executable, "-m", "bot", "serve"], tmp_path, environment) as process:
        first_lesson(slack, process)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=patience.SECONDS)
    assert process.returncode == 0
    assert "stopping took longer" not in log


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_restarted_bot_goes_on_with_the_messages_of_the_one_before(
    slack: LocalSlack, url: str, tmp_path: Path
) -> None:
    slack.begin_at(MONDAY)
    environment = {**environment_for(slack, url), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "serve"]
    with serving(command, tmp_path, environment) as process:
        first_lesson(slack, process)
        process.kill()
        process.communicate()
    patience.eventually(lambda: not slack.sockets.connected)
    with serving(command, tmp_path, environment) as process:
        eventually(lambda: slack.sockets.connected, process)
        message = next(m for m in slack.messages(HENRIK) if "1 of 12" in m.text)
        assert slack.tap(HENRIK, message, "answer:1:0") == ""
        eventually(lambda: "not shown to anybody else" in message.text, process)
        assert len(slack.messages(HENRIK)) == 2


def test_the_wheel_carries_lessons_and_migrations_and_serves_from_a_clean_environment(
    slack: LocalSlack, tmp_path: Path
) -> None:
    slack.begin_at(MONDAY)
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "*_cache", "test-output", "*.db*"))
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=source, check=True, capture_output=True
    )
    wheel = next((source / "dist").glob("*.whl"))
    place = tmp_path / "clean"
    venv.create(place, with_pip=False)
    # the clean environment borrows the libraries of this one; our own code comes from the wheel alone
    library = next((place / "lib").iterdir()) / "site-packages"
    shutil.unpack_archive(wheel, library, "zip")
    licence = next(library.glob("missinglink-*.dist-info/licenses/LICENSE"))
    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert "License-Expression: Apache-2.0" in licence.parents[1].joinpath("METADATA").read_text()
    libraries = Path(next(p for p in sys.path if p.endswith("site-packages")))
    (library / "libraries.pth").write_text(str(libraries))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    python = str(place / "bin" / "python")
    where = subprocess.run(
        [python, "-c", "import bot; print(bot.__file__)"], cwd=elsewhere, check=True, capture_output=True, text=True
    )
    assert where.stdout.startswith(str(place))
    environment = environment_for(slack, f"sqlite:///{elsewhere / 'wheel.db'}")
    del environment["MISSINGLINK_LESSONS_DIR"]
    start = [python, "-c", "from bot.__main__ import main; main()", "serve"]
    with serving(start, elsewhere, environment) as process:
        first_lesson(slack, process)
    checked = subprocess.run(
        [*start[:-1], "lessons", "check"], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert "lessons and 202 terms, all in order" in checked.stdout


def test_the_demo_prints_its_page_on_a_line_of_its_own_and_everybody_has_their_lessons(tmp_path: Path) -> None:
    with serving([sys.executable, "-u", "-m", "bot", "demo", "--port", "0", "--database", str(tmp_path / "demo.db")], ROOT,
                 {**NO_SUCH_PROXY, "PORT": "not a port"}) as process:  # fmt: skip
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith("Progress is kept"):
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            lines.append(line.rstrip("\n"))
        address = next(line for line in lines if line.startswith("http://127.0.0.1:"))
        import json
        from urllib.request import urlopen

        for person in ("U0MAYA", "U0HENRIK", "U0AIKO"):
            with urlopen(f"{address}/page/state?user={person}", timeout=patience.SECONDS) as answer:
                messages = json.load(answer)["channels"][0]["messages"]
            if person == "U0AIKO":
                assert [(f"{n} of 15" in m["text"]) for n, m in enumerate(messages)] == [False, *[True] * 13]
            else:
                assert [("1 of 15" in m["text"]) for m in messages] == [False, True], person
    assert process.returncode == 0


def ended(database: Path) -> bool:
    """Whether the demo's bot is gone: it holds the file's lock for as long as it lives."""
    try:
        lock(database).close()
    except AlreadyRunningError:
        return False
    return True


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGKILL])
def test_the_demo_ends_its_bot_when_its_window_closes_and_when_it_is_killed(
    tmp_path: Path, how: signal.Signals
) -> None:
    database = tmp_path / "demo.db"
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-u", "-m", "bot", "demo", "--port", "0", "--database", str(database)]
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        # as outside `nohup`, under which these tests may run, and which the demo respects
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    finally:
        signal.signal(signal.SIGHUP, before)
    with process:
        try:
            patience.eventually(lambda: database.exists() and not ended(database), "the bot doesn't serve")
            process.send_signal(how)
            patience.eventually(lambda: ended(database), "the bot lives on")
            process.wait(patience.SECONDS)
        finally:
            process.kill()
    assert process.returncode == (-signal.SIGKILL if how is signal.SIGKILL else 0)


def test_a_demo_whose_port_is_taken_says_so_and_leaves_the_other_ones_file_alone(tmp_path: Path) -> None:
    (tmp_path / "demo.db").write_text("another demo's")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("demo", "--port", port, "--database", str(tmp_path / "demo.db"), cwd=tmp_path)
    assert done.returncode == 2
    assert f"port {port} can't be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "demo.db").exists()


def test_a_start_that_cant_be_is_one_line_and_no_traceback(
    slack: LocalSlack, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # the process of the tests keeps its own log and signals
    monkeypatch.setattr(logs, "set_up", lambda *_, **__: None)
    monkeypatch.setattr(signals, "on_signals", threading.Event)
    good = environment_for(slack, f"sqlite:///{tmp_path / 'a.db'}")
    broken = tmp_path / "lessons" / "jargon"
    broken.mkdir(parents=True)
    (broken / "a.md").write_text("nothing that a database would be")
    for change, says in (
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": "xoxb-other"}, "SLACK_BOT_TOKEN was refused"),
        ({"SLACK_API_URL": "http://127.0.0.1:99999/api/"}, "SLACK_API_URL has a port that can't be"),
        ({"DATABASE_URL": "mysql://u@h/d"}, "DATABASE_URL names mysql"),
        ({"DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/a.db"}, "which doesn't exist"),
        ({"DATABASE_URL": f"sqlite:///{broken}/a.md"}, "file is not a database"),
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:9/d?foo=bar"}, 'invalid connection option "foo"'),
        ({"MISSINGLINK_DELIVER_AT": "soonish"}, "MISSINGLINK_DELIVER_AT is unclear: “soonish” isn't an hour"),
        (
            {"MISSINGLINK_LESSONS_DIR": str(tmp_path / "lessons")},
            "lessons/jargon/a.md:1: the file doesn't begin with ---",
        ),
    ):
        done = command(capsys, "serve", cwd=tmp_path, **{**good, **change})
        assert done.returncode == 2, change
        assert says in done.stderr, (says, done.stderr)
        assert "Traceback" not in done.stderr
    alone = run("serve", cwd=tmp_path, **{**good, **change})
    assert alone.returncode == 2
    assert says in alone.stderr, alone.stderr
    assert "Traceback" not in alone.stderr


def test_a_second_serve_on_one_file_says_so_and_ends(slack: LocalSlack, tmp_path: Path) -> None:
    environment = {**environment_for(slack, f"sqlite:///{tmp_path / 'a.db'}"), "PYTHONPATH": str(ROOT)}
    with serving([sys.executable, "-m", "bot", "serve"], tmp_path, environment) as process:
        eventually(lambda: slack.sockets.connected, process)
        second = run("serve", cwd=tmp_path, **environment)
    assert second.returncode == 1
    assert "another `missinglink serve` is using" in second.stderr


@pytest.mark.parametrize("backend", ["postgres"])
def test_serve_refuses_an_old_postgres_schema_with_the_command_to_run(
    slack: LocalSlack, empty_url: str, tmp_path: Path
) -> None:
    environment = environment_for(slack, empty_url)
    refused = run("serve", cwd=tmp_path, **environment)
    assert refused.returncode == 2
    assert "run `missinglink db upgrade`" in refused.stderr
    assert run("db", "upgrade", cwd=tmp_path, **environment).returncode == 0
    assert "The schema is empty" in run("db", "downgrade", "base", cwd=tmp_path, **environment).stdout
