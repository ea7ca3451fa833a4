"""Postgres as companies have it: behind PgBouncer in transaction mode, and with defaults of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.store import migrate
from bot.store.database import Database
from localslack import LocalSlack
from tests.databases import execute, new_postgres
from tests.helpers import AIKO, HENRIK, MAYA, MONDAY
from tests.pooling import POOLED, pooled
from tests.running import running
from tests.soak import at_once
from tests.soak.figure import Part


@pytest.fixture
def bouncer(url: str) -> Iterator[str]:
    """A migrated database's address, through PgBouncer."""
    with pooled(url) as through:
        yield through


@POOLED
@pytest.mark.parametrize("backend", ["postgres"])
def test_a_statement_that_is_repeated_on_one_connection_after_the_other_is_understood(bouncer: str) -> None:
    database = Database(bouncer)

    def ask(nth: int) -> int:
        # what is rolled back is forgotten by the driver too
        with database.write() as session:
            return int(session.execute(text("SELECT :nth + 0"), {"nth": nth}).scalar() or 0)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(200))) == list(range(200))
    database.close()


@pytest.mark.parametrize("backend", ["postgres"])
def test_without_a_pooler_statements_are_prepared(url: str) -> None:
    database = Database(url)
    with database.read() as session:
        for _ in range(8):
            session.execute(text("SELECT 'once more'"))
        found = session.execute(text("SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'once more'"))
        assert found.scalar() == 1
    database.close()


@POOLED
def test_three_processes_may_upgrade_one_database_behind_a_pooler(postgres: str) -> None:
    with pooled(new_postgres(postgres)) as through:
        command = [sys.executable, "-m", "bot", "db", "upgrade"]

        def upgrade(_: int) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                command, env={"DATABASE_URL": through, "PATH": ""}, capture_output=True, text=True, check=False
            )

        with ThreadPoolExecutor(3) as pool:
            done = list(pool.map(upgrade, range(3)))
        assert [d.returncode for d in done] == [0, 0, 0], [d.stderr for d in done]
        database = Database(through)
        migrate.check(database)
        database.close()


@POOLED
@pytest.mark.parametrize("backend", ["postgres"])
def test_lessons_go_out_and_are_answered_behind_a_pooler(
    slack: LocalSlack, bouncer: str, caplog: pytest.LogCaptureFixture
) -> None:
    with running(slack, bouncer) as bot:
        bot.assign()
        for day in range(1, 4):
            bot.advance(MONDAY + timedelta(days=day, hours=6, minutes=30))
            for person in (MAYA, HENRIK, AIKO):
                question = bot.last(person)
                if any("answer" in str(block) for block in question.blocks):
                    bot.tap(person, question, "answer:1:0")
        for person in (MAYA, HENRIK, AIKO):
            answered = [m for m in slack.messages(person) if "not shown to anybody else" in m.text]
            assert len(answered) >= 2, [m.text for m in slack.messages(person)]
    assert [r.getMessage() for r in caplog.records if r.levelname in {"ERROR", "CRITICAL"}] == []


def unusual(server: str, template: str) -> str:
    """A migrated database whose own defaults are others than Postgres's."""
    url = new_postgres(server, f"TEMPLATE {template}")
    name = make_url(url).database
    for setting in ("default_transaction_isolation = 'serializable'", "datestyle = 'German, DMY'",
                    "timezone = 'Pacific/Apia'", "intervalstyle = 'sql_standard'"):  # fmt: skip
        execute(url, f"ALTER DATABASE {name} SET {setting}")
    return url


def test_two_who_write_the_same_row_of_a_database_that_is_serializable_wait_for_each_other(
    postgres: str, postgres_template: str
) -> None:
    database = Database(unusual(postgres, postgres_template))
    first_wrote, second_reads = threading.Event(), threading.Event()
    add = text("UPDATE tally SET n = n + 1")
    with database.write() as session:
        session.execute(text("CREATE TABLE tally AS SELECT 0 AS n"))

    def second() -> None:
        with database.write() as session:
            session.execute(text("SELECT n FROM tally"))
            second_reads.set()
            assert first_wrote.wait(30)
            session.execute(add)

    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            waiting = pool.submit(second)
            assert second_reads.wait(30)
            session.execute(add)
            first_wrote.set()
        waiting.result(30)
    with database.read() as session:
        assert session.execute(text("SELECT n FROM tally")).scalar() == 2
    database.close()


@pytest.mark.parametrize("pooler", [False, pytest.param(True, marks=POOLED)], ids=["direct", "pooled"])
def test_of_fifty_taps_at_once_on_two_bots_one_counts_whatever_the_databases_defaults(
    postgres: str, postgres_template: str, pooler: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def database(_backend: str, _place: Path) -> Iterator[str]:
        url = unusual(postgres, postgres_template)
        if not pooler:
            yield url
            return
        with pooled(url) as through:
            yield through

    monkeypatch.setattr(at_once, "database", database)
    monkeypatch.setattr(at_once, "ACK_SECONDS", 20.0)
    first = 2 * at_once.CHUNK
    tally = at_once.play(Part(range(first, first + 1), tmp_path))
    assert tally.broken == ()
    assert tally.played == 1
