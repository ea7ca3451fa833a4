"""The schema moves up and down on both databases, by itself only where that is safe."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.domain.delivery import FIRST_ANSWER, NO_ANSWER, Asking, LoggedResponse, Outcome, Reason
from bot.domain.people import Profile
from bot.errors import AlreadyRunningError, ConfigurationError, SchemaError
from bot.store import askings, learners, migrate, process_lock, responses, unread_dms
from bot.store.database import Database, parse_url
from bot.store.indexes import schema
from tests import rows
from tests.helpers import MONDAY, TEAM, lesson


def test_up_and_down_and_up_again(empty_url: str) -> None:
    database = Database(empty_url)
    migrate.upgrade(database)
    assert migrate.current(database) == migrate.head()
    migrate.downgrade(database, "base")
    with database.writer.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(database)
    migrate.check(database)
    database.close()


def test_the_migrations_make_the_tables_that_the_code_describes(database: Database) -> None:
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema) == []


def test_what_was_done_before_it_was_noted_when_stays_done(database: Database) -> None:
    migrate.downgrade(database, "0003")
    with database.write() as session:
        session.execute(
            text(
                'INSERT INTO learner (workspace_id, learner_id, name, tz, locale, deleted, bot, "foreign", '
                "welcome_done, askings, steps) VALUES ('T1', 'U1', 'Ada', 'UTC', '', false, false, false, true, 1, 1)"
            )
        )
        session.execute(text("INSERT INTO done VALUES ('T1', 'U1', 'reach', 'read', 1)"))
    migrate.upgrade(database)
    with database.read() as session:
        assert rows.done_by(session, "T1", "U1") == {"reach": 1}
        assert session.execute(text("SELECT at FROM done")).scalar() is None


def test_who_was_kept_as_a_stranger_is_met_anew(database: Database) -> None:
    migrate.downgrade(database, "0006")
    with database.write() as session:
        for person, foreign in (("U1", "true"), ("U2", "false")):
            session.execute(
                text(
                    'INSERT INTO learner (workspace_id, learner_id, name, tz, locale, deleted, bot, "foreign", '
                    f"welcome_done, askings, steps) VALUES ('T1', '{person}', 'Ada', 'UTC', '', false, false, {foreign}, "
                    "true, 1, 1)"
                )
            )
    migrate.upgrade(database)
    with database.read() as session:
        known = [learners.get(session, "T1", person) for person in ("U1", "U2")]
    assert [(p.name, p.foreign) for p in known if p] == [("", True), ("Ada", False)]


def test_what_is_still_to_be_read_goes_with_its_migration_and_everybody_stays(database: Database) -> None:
    with database.write() as session:
        learners.remember(session, Profile(workspace_id="T1", person_id="U1", name="Ada", tz="UTC"))
    migrate.downgrade(database, "0007")
    migrate.upgrade(database)
    with database.write() as session:
        unread_dms.plan(session, "T1", ["U1"], MONDAY, MONDAY)
        assert unread_dms.any_open(session, "T1", MONDAY)
    migrate.downgrade(database, "0007")
    migrate.upgrade(database)
    with database.read() as session:
        assert not unread_dms.any_open(session, "T1", MONDAY)
        assert learners.names(session, "T1", ["U1"]) == {"U1": "Ada"}


def test_answers_become_responses_and_stay_answers_for_the_release_before(database: Database) -> None:
    given = LoggedResponse(
        workspace_id=TEAM,
        asking_id="k1",
        attempt=FIRST_ANSWER,
        learner_id="U1",
        kind="one_right",
        response={"choice": 1},
        right=True,
        at=MONDAY,
        request_id="r1",
    )
    with database.write() as session:
        learners.remember(session, Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="UTC"))
        content_hash = rows.keep_wording(session, TEAM, lesson("a"))
        rows.save_asking(
            session,
            Asking(
                workspace_id=TEAM,
                asking_id="k1",
                learner_id="U1",
                number=1,
                item_id="a",
                track_id="abc",
                content_hash=content_hash,
                opened_at=MONDAY,
            ),
        )
        rows.record_response(session, given)
        rows.record_response(
            session, replace(given, attempt=NO_ANSWER, kind="read", response={}, right=None, request_id="r0")
        )
    migrate.downgrade(database, "0008")
    with database.read() as session:
        assert session.execute(text('SELECT attempt, choice, "right" FROM answer')).all() == [(1, 1, True)]
    migrate.upgrade(database)
    with database.read() as session:
        assert session.execute(text("SELECT response FROM answer")).scalar() in ({"choice": 1}, '{"choice":1}')
        assert responses.first_answer(session, TEAM, "k1") == given


def test_an_old_schema_is_refused_with_the_command_to_run(empty_url: str) -> None:
    database = Database(empty_url)
    with pytest.raises(SchemaError, match="missinglink db upgrade"):
        migrate.check(database)
    database.close()


def test_a_schema_from_the_future_is_refused(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'f00d'"))
    for step in (migrate.check, migrate.upgrade):
        with pytest.raises(SchemaError, match="newer one"):
            step(database)


def test_an_sqlite_file_that_holds_something_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    assert migrate.upgrade(database) is None
    migrate.downgrade(database, "0001")
    backup = migrate.upgrade(database)
    assert backup == tmp_path / "a.db.0001.bak"
    copy = Database(f"sqlite:///{backup}")
    with copy.read() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
    copy.close()
    database.close()


def test_a_migration_that_fails_on_sqlite_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.writer.connect() as connection:
        connection.execute(text("CREATE VIEW workspace AS SELECT 1 AS something"))
        connection.commit()
    with pytest.raises(Exception, match="already exists"):
        migrate.upgrade(database)
    with database.reader.connect() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()


def test_a_database_of_another_program_is_refused_and_left_as_it_is(empty_url: str) -> None:
    database = Database(empty_url)
    with database.write() as session:
        session.execute(text("CREATE TABLE talk (something TEXT)"))
    with pytest.raises(ConfigurationError, match="holds the table talk of another program"):
        migrate.upgrade(database)
    with database.reader.connect() as connection:
        assert inspect(connection).get_table_names() == ["talk"]
    database.close()


@pytest.mark.parametrize("backend", ["postgres"])
def test_three_processes_may_upgrade_one_postgres_at_once(empty_url: str) -> None:
    command = [sys.executable, "-m", "bot", "db", "upgrade"]

    def upgrade(_: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env={"DATABASE_URL": empty_url, "PATH": ""}, capture_output=True, text=True, check=False
        )

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(upgrade, range(3)))
    assert [d.returncode for d in done] == [0, 0, 0], [d.stderr for d in done]
    database = Database(empty_url)
    migrate.check(database)
    database.close()


def test_a_second_serve_on_the_same_file_is_told_so(tmp_path: Path) -> None:
    handle = process_lock.lock(tmp_path / "a.db")
    with pytest.raises(AlreadyRunningError, match="another `missinglink serve`"):
        process_lock.lock(tmp_path / "a.db")
    handle.close()
    process_lock.lock(tmp_path / "a.db").close()


@pytest.mark.parametrize("address", ["mysql://u@h/d", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_an_address_this_program_cant_use_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        parse_url(address)


@pytest.mark.parametrize("address", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_postgres_addresses_get_the_driver_that_is_installed(address: str) -> None:
    assert parse_url(address).drivername == "postgresql+psycopg"


def asked(database: Database, **more: Any) -> None:
    """Somebody was asked something."""
    with database.write() as session:
        learners.remember(session, Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="UTC"))
        asking = Asking(
            workspace_id=TEAM,
            asking_id="k1",
            learner_id="U1",
            number=1,
            item_id="a",
            track_id="t",
            content_hash=askings.later_keep(session, TEAM, lesson("a")),
            opened_at=MONDAY,
            **more,
        )
        askings.later_add(session, asking)


def test_what_was_asked_before_there_were_wordings_is_asked_as_it_was(database: Database) -> None:
    asked(database, question_id="which", choice_order="201", asks_first=True, text_shown=False)
    migrate.downgrade(database, "0010")
    migrate.upgrade(database)
    with database.read() as session:
        found = askings.get(session, TEAM, "k1")
        assert found is not None
        assert (found.question_id, found.choice_order, found.asks_first, found.holds_back) == ("", "", False, False)
        assert askings.asked_item(session, found) == lesson("a")


@pytest.mark.parametrize("outcome", [Outcome.LAPSED, Outcome.DROPPED])
def test_the_release_before_reads_reviews_that_ended_in_a_way_it_doesnt_know(
    database: Database, outcome: Outcome
) -> None:
    asked(database, reason=Reason.REVIEW, outcome=outcome)
    migrate.downgrade(database, "0010")
    with database.read() as session:
        assert session.execute(text("SELECT outcome FROM asking")).scalar() == Outcome.SKIPPED.value
