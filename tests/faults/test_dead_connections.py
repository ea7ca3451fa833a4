"""Connections to Postgres that end while nobody uses them: whoever comes next isn't told."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from bot.domain.people import Learner
from bot.store import learners, migrate
from bot.store.database import Database
from localslack import LocalSlack
from tests.databases import execute, new_postgres
from tests.helpers import AIKO, HENRIK, MAYA, MONDAY, TEAM, small_catalogue
from tests.postgres import serving
from tests.running import running

CONNECTIONS = 5
OTHERS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"
PID = select(func.pg_backend_pid())


@pytest.fixture
def opened(database: Database) -> Database:
    """A database with a pool in which every connection was just used."""
    with ExitStack() as held:
        for _ in range(CONNECTIONS):
            held.enter_context(database.read()).execute(PID)
    return database


def end_all(database: Database) -> None:
    """End every connection of the database's, from outside."""
    execute(database.url.render_as_string(hide_password=False), OTHERS.format(database.url.database))


@pytest.mark.parametrize("backend", ["postgres"])
def test_all_connections_of_the_pool_may_have_ended(opened: Database) -> None:
    for _ in range(2):
        end_all(opened)
        with ExitStack() as held:
            for _ in range(CONNECTIONS - 1):
                held.enter_context(opened.read()).execute(PID)
            with opened.write() as session:
                assert learners.add(session, Learner(workspace_id=TEAM, learner_id=MAYA, name="Maya", tz="UTC"))
                assert not learners.add(session, Learner(workspace_id=TEAM, learner_id=MAYA, name="Maya", tz="UTC"))
        with opened.write() as session:
            assert learners.get(session, TEAM, MAYA) is not None
            session.execute(text("DELETE FROM learner"))


@pytest.mark.parametrize("backend", ["postgres"])
def test_a_connection_that_ends_within_a_transaction_takes_all_of_it_along(opened: Database) -> None:
    def two() -> None:
        with opened.write() as session:
            learners.add(session, Learner(workspace_id=TEAM, learner_id=MAYA, name="Maya", tz="UTC"))
            end_all(opened)
            learners.add(session, Learner(workspace_id=TEAM, learner_id=HENRIK, name="Henrik", tz="UTC"))

    with pytest.raises(OperationalError):
        two()
    with opened.read() as session:
        assert learners.names(session, TEAM, [MAYA, HENRIK]) == {}


def test_a_restart_of_the_server_under_a_pool_just_used_costs_no_tap(slack: LocalSlack) -> None:
    with serving() as server:
        url = new_postgres(server.address())
        migrated = Database(url)
        migrate.upgrade(migrated)
        migrated.close()
        with running(slack, url, small_catalogue()) as bot:
            bot.assign("@maya @henrik @aiko abc")
            bot.advance(MONDAY + timedelta(days=1, hours=12))
            for person in (MAYA, HENRIK, AIKO):
                server.restart()
                bot.tap(person, bot.last(person), "answer:1:0")
            server.restart()
            bot.command(HENRIK, "/learn next")
