"""What of the image can be tried without an engine: its entrypoint, as a user nobody knows; the commands of compose.yaml."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from localslack import LocalSlack
from tests import patience
from tests.journeys.test_processes import environment_for, eventually

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
NOBODY = ["unshare", "--user", "--map-user=12345", "--map-group=0"]
"""A user whom the machine doesn't know and whose powers end with their files; the group is 0, as OpenShift has it."""
NAMESPACES = pytest.mark.skipif(
    subprocess.run([*NOBODY, "true"], capture_output=True, check=False).returncode != 0 and not os.environ.get("CI"),
    reason="this machine lets nobody make a user namespace",
)


def entrypoint() -> list[str]:
    """The image's, with `serve` behind it."""
    found = re.search(r"^ENTRYPOINT (.*)$", DOCKERFILE, re.MULTILINE)
    assert found
    return [*json.loads(found[1]), "serve"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """`bin/missinglink` and an empty `data`, which belongs to somebody else where this test's user may arrange that."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "missinglink"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m bot "$@"\n')
    command.chmod(0o755)
    (tmp_path / "data").mkdir()
    give_away(tmp_path / "data", 0o2770)
    return tmp_path


def give_away(path: Path, mode: int) -> None:
    """To the image's own user and the group 0; what is left for others is what the group may."""
    if not os.geteuid():
        os.chown(path, 10001, 0)
    path.chmod(mode)


@contextmanager
def started(command: list[str], place: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A container's process; ended with SIGTERM, which has to reach the bot."""
    path = f"{place / 'bin'}:{os.environ['PATH']}"
    process = subprocess.Popen(command, cwd=place / "data", text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={"PATH": path, "PYTHONPATH": str(ROOT), **environment})  # fmt: skip
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1]
        assert process.returncode == 0, said
    finally:
        process.kill()
        process.wait()


@NAMESPACES
def test_the_image_serves_as_any_user_of_its_group_without_a_home_and_the_next_user_goes_on(
    slack: LocalSlack, place: Path
) -> None:
    environment = environment_for(slack, "sqlite:///missinglink.db")
    for _ in range(2):
        with started([*NOBODY, *entrypoint()], place, environment) as process:
            eventually(lambda: slack.sockets.connected, process)
            made = {path.name: path.stat().st_mode & 0o777 for path in (place / "data").iterdir()}
            assert {"missinglink.db", "missinglink.db.lock"} <= set(made)
            assert set(made.values()) == {0o660}, made
        for path in (place / "data").iterdir():
            give_away(path, 0o660)
        patience.eventually(lambda: not slack.sockets.connected)


def test_the_image_names_its_user_by_number_and_the_group_0() -> None:
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["10001:0"]
    assert "chown 10001:0 /data && chmod 2770 /data" in DOCKERFILE


@pytest.mark.parametrize("backend", ["postgres"])
def test_a_stop_reaches_the_bot_that_compose_starts(slack: LocalSlack, empty_url: str, place: Path) -> None:
    assert COMPOSE["services"]["bot"]["entrypoint"] == []
    with started(COMPOSE["services"]["bot"]["command"], place, environment_for(slack, empty_url)) as process:
        eventually(lambda: slack.sockets.connected, process)


def test_nothing_that_is_started_has_a_password_that_everybody_knows() -> None:
    given = {
        f"{service}.{name}": value
        for service, described in COMPOSE["services"].items()
        for name, value in described["environment"].items()
    }
    secret = {name: value for name, value in given.items() if "PASSWORD" in name}
    assert len(secret) == 2
    assert all(value.startswith("${POSTGRES_PASSWORD:?") for value in secret.values())
    assert not re.search(r"://[^@]*:[^@]*@", str(given))


def test_what_the_wheel_needs_is_copied_into_the_image() -> None:
    copied = " ".join(re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)).split()
    for needed in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "manifest.json",
        "bot",
        "localslack",
        "lessons",
        "migrations",
    ):
        assert needed in copied
