"""`serve` where the network isn't up yet, or stands behind a proxy and an authority of its own; each as a process."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from localslack import LocalSlack
from tests.helpers import ADMIN
from tests.in_between import Certificates, Listener, Proxy, silent, tls
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
HOST = "slack.test"


@dataclass
class Served:
    """A `serve` process, and what it has logged so far."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str] = field(default_factory=list)

    def read(self) -> None:
        assert self.process.stderr is not None
        self.lines += iter(self.process.stderr.readline, "")

    def eventually(self, true: Callable[[], object], seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while not true():
            assert self.process.poll() is None, self.lines
            assert time.monotonic() < until, self.lines
            time.sleep(0.05)

    def unready(self) -> dict[str, str]:
        """What `/readyz` says is wrong."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                return {}
        except HTTPError as error:
            with error:
                return dict(json.load(error)["problems"])
        except (URLError, ConnectionError):
            return {"nothing": "nobody listens yet"}

    def ends(self) -> int:
        """Its exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@contextmanager
def served(folder: Path, *command: str, **environment: str) -> Iterator[Served]:
    """`serve`, or another Python command."""
    port = free_port()
    given = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PORT": str(port), "MISSINGLINK_ADMINS": ADMIN,
             "DATABASE_URL": f"sqlite:///{folder / 'a.db'}", "MISSINGLINK_TICK_SECONDS": "0.2", **environment}  # fmt: skip
    words = command or ("-m", "bot", "serve")
    process = subprocess.Popen([sys.executable, *words], cwd=folder, env=given, text=True,
                               stderr=subprocess.PIPE)  # fmt: skip
    found = Served(process, port)
    reader = Thread(target=found.read, daemon=True)
    reader.start()
    try:
        yield found
    finally:
        process.kill()
        process.wait()
        reader.join()
        assert process.stderr is not None
        process.stderr.close()
    assert not [line for line in found.lines if "Traceback" in line], found.lines


def works(slack: LocalSlack) -> bool:
    return slack.command(ADMIN, "/track list") == ""


@pytest.mark.parametrize("way", ["socket", "http"])
def test_serve_waits_for_a_slack_that_cant_be_reached_yet_and_says_why(tmp_path: Path, way: str) -> None:
    slack = LocalSlack(transport=way).start()
    slack.crash()
    with served(tmp_path, **slack.environment) as bot:
        bot.eventually(lambda: "127.0.0.1 refuses the connection" in bot.unready().get("start", ""))
        with urlopen(f"http://127.0.0.1:{bot.port}/livez", timeout=5) as alive:
            assert alive.status == 200
        slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
        slack.come_back()
        bot.eventually(lambda: bot.unready() == {})
        assert works(slack)
        assert bot.ends() == 0
        told = [line for line in bot.lines if "waiting for Slack" in line]
        assert len(told) == 1, "once is enough"
    slack.stop()


def test_a_stop_while_slack_doesnt_answer_is_prompt_and_no_error(tmp_path: Path, slack: LocalSlack) -> None:
    with Listener(silent) as nothing:
        url = f"http://127.0.0.1:{nothing.port}/api/"
        environment = {**slack.environment, "SLACK_API_URL": url, "MISSINGLINK_CLOCK_URL": ""}
        patient = {"MISSINGLINK_HTTP_TIMEOUT_SECONDS": "60", "MISSINGLINK_SETTLE_SECONDS": "70"}
        with served(tmp_path, **environment, **patient) as bot:
            bot.eventually(lambda: nothing.accepted)
            assert bot.ends() == 0


def test_serve_waits_for_a_database_that_isnt_up_yet(tmp_path: Path, slack: LocalSlack) -> None:
    port = free_port()
    database = f"postgresql://nobody:wrong@127.0.0.1:{port}/none"
    with served(tmp_path, **{**slack.environment, "DATABASE_URL": database}) as bot:
        bot.eventually(lambda: "Connection refused" in bot.unready().get("start", ""))
        assert "wrong" not in str(bot.unready())
        assert bot.ends() == 0


def test_the_whole_bot_works_through_a_proxy_with_a_password_and_an_authority_of_ones_own(
    tmp_path: Path, slack: LocalSlack
) -> None:
    certificates = Certificates.make(tmp_path, HOST)
    port = int(slack.url.rpartition(":")[2])
    proxy = Proxy({HOST: 0}, password="bot:hunter2")
    with Listener(tls(certificates.good, port)) as outer, Listener(proxy) as listening:
        proxy.routes[HOST] = outer.port
        slack.url = f"https://{HOST}"
        environment = {
            **slack.environment,
            "MISSINGLINK_CLOCK_URL": "",
            "HTTPS_PROXY": f"http://bot:hunter2@127.0.0.1:{listening.port}",
            "SSL_CERT_FILE": str(certificates.authority),
        }
        with served(tmp_path, **environment) as bot:
            bot.eventually(lambda: slack.sockets.connected)
            assert works(slack)
            bot.eventually(lambda: any("speak-the-language" in m.text for m in slack.whispers(ADMIN)))
            assert set(proxy.asked) == {f"{HOST}:443"}
            assert len(proxy.asked) >= 3, "the Web API, and the socket too"
            assert not any("hunter2" in line for line in bot.lines)
        untrusted = {**environment, "SSL_CERT_FILE": ""}
        looked = subprocess.run([sys.executable, "-m", "bot", "doctor"], cwd=tmp_path, capture_output=True, text=True,
                                env={**untrusted, "PYTHONPATH": str(ROOT)}, check=False)  # fmt: skip
        assert f"the certificate of {HOST} is signed by nobody this machine trusts" in looked.stdout
        assert "name the file in SSL_CERT_FILE" in looked.stdout.partition("→")[2]
        forgotten = {**environment, "HTTPS_PROXY": f"http://127.0.0.1:{listening.port}"}
        with served(tmp_path, **forgotten) as bot:
            bot.eventually(lambda: "asks for a name and a password (407)" in bot.unready().get("start", ""))


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_is_never_asked_for_this_machines_own_addresses(tmp_path: Path, slack: LocalSlack, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as dead:
        unused = f"127.0.0.1:{dead.getsockname()[1]}"
    with served(tmp_path, **slack.environment, **{name: unused}) as bot:
        bot.eventually(lambda: slack.sockets.connected)
        bot.eventually(lambda: bot.unready() == {})
        assert works(slack)
        bot.eventually(lambda: any("speak-the-language" in m.text for m in slack.whispers(ADMIN)))
