"""An operator's mistake with the database is one line that names it and what mends it; a database away is something else."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg import OperationalError
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from bot.errors import ConfigurationError, DatabaseUnreachableError, MissingLinkError, SchemaError
from bot.store import migrate, preflight, process_lock
from bot.store.database import Database, parse_url
from bot.store.database_errors import classify, explained
from tests.databases import new_postgres
from tests.ordinary import as_somebody_ordinary

ROOT = Path(__file__).parents[2]
AWAY = parse_url("postgresql://maya:secret@db.example/progress")


def refusal(url: URL | str) -> MissingLinkError:
    """What is said of a database that can't be used."""
    database = Database(url if isinstance(url, str) else url.render_as_string(hide_password=False))

    def use() -> None:
        with explained(database.url):
            preflight.ensure_usable(database)
            migrate.upgrade(database)
            preflight.ensure_granted(database)

    with pytest.raises(MissingLinkError) as failed:
        use()
    database.close()
    assert "\n" not in str(failed.value)
    assert "Traceback" not in str(failed.value)
    return failed.value


def test_a_wrong_name_or_password_is_a_mistake_and_a_server_that_isnt_there_may_come(postgres: str, role: str) -> None:
    there = make_url(postgres)
    for url, says in (
        (there.set(username=role, password="wrong"), "password authentication failed"),
        (there.set(username=role), "no password supplied"),
        (there.set(username="nobody9"), 'role "nobody9" does not exist'),
        (there.set(database="nowhere"), 'database "nowhere" does not exist'),
        (there.update_query_dict({"options": "-c nonsense=1"}), "unrecognized configuration parameter"),
        (there.update_query_dict({"sslmode": "reqire"}), "invalid sslmode value"),
        (there.set(host="127.0.0.1", port=99999, query={}), "invalid port number"),
    ):
        found = refusal(url)
        assert isinstance(found, ConfigurationError), found
        assert says in str(found)
        assert "wrong" not in str(found)
    for address in (
        "postgresql://maya:secret@127.0.0.1:9/progress",
        "postgresql://maya@/progress?host=/nowhere",
        "postgresql://maya:secret@nowhere.invalid/progress",
    ):
        away = refusal(address)
        assert isinstance(away, DatabaseUnreachableError), away
        assert "secret" not in str(away)


def test_serve_ends_with_2_and_one_line_for_a_mistake_with_the_database(
    postgres: str, role: str, tmp_path: Path
) -> None:
    there = make_url(postgres)
    for url, says in (
        (there.set(username=role, password="wrong"), "password authentication failed"),
        (there.set(database="nowhere"), "create it with CREATE DATABASE"),
    ):
        environment = {
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": url.render_as_string(hide_password=False),
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "MISSINGLINK_ADMINS": "U0INES",
        }
        done = subprocess.run([sys.executable, "-m", "bot", "serve"], cwd=tmp_path, env=environment, capture_output=True,
                              text=True, timeout=60, check=False)  # fmt: skip
        assert done.returncode == 2
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("failed: FATAL:  no pg_hba.conf entry for host \"10.0.0.5\", user \"maya\", SSL off", ConfigurationError),
        ("failed: FATAL:  permission denied for database \"progress\"\nDETAIL:  User has no CONNECT", ConfigurationError),
        ("failed: FATAL:  no such database: progress", ConfigurationError),
        ("failed: FATAL:  SASL authentication failed", ConfigurationError),
        ("failed: FATAL:  unsupported startup parameter: options", ConfigurationError),
        ("failed: server does not support SSL, but SSL was required", ConfigurationError),
        ("failed: SSL error: certificate verify failed", ConfigurationError),
        ("failed: FATAL:  the database system is starting up", DatabaseUnreachableError),
        ("failed: FATAL:  sorry, too many clients already", DatabaseUnreachableError),
        ("failed: FATAL:  no more connections allowed (max_client_conn)", DatabaseUnreachableError),
        ("failed: SSL SYSCALL error: EOF detected", DatabaseUnreachableError),
        ("connection timeout expired", DatabaseUnreachableError),
    ],
)  # fmt: skip
def test_what_servers_say_before_there_is_a_connection(said: str, kind: type[MissingLinkError]) -> None:
    found = classify(OperationalError(f'connection failed: connection to server at "db.example", {said}'), AWAY)
    assert type(found) is kind, found
    assert "secret" not in str(found)
    assert "\n" not in str(found)
    assert str(found).startswith("the database postgresql://maya:***@db.example/progress ")


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("SQLITE_IOERR_LOCK", ConfigurationError, "put it on a local disk, or use Postgres"),
        ("SQLITE_PROTOCOL", ConfigurationError, "put it on a local disk, or use Postgres"),
        ("SQLITE_IOERR_SHMMAP", ConfigurationError, "put it on a local disk, or use Postgres"),
        ("SQLITE_FULL", ConfigurationError, "make room on the disk"),
        ("SQLITE_READONLY_DBMOVED", ConfigurationError, "let this user write"),
        ("SQLITE_CORRUPT_INDEX", ConfigurationError, "bring back a copy"),
        ("SQLITE_BUSY", DatabaseUnreachableError, "held by another program"),
    ],
)
def test_what_sqlite_says(name: str, kind: type[MissingLinkError], says: str) -> None:
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorname = name
    found = classify(error, parse_url("sqlite:///a.db"))
    assert type(found) is kind
    assert says in str(found)


def test_a_failure_that_is_nobodys_mistake_keeps_its_traceback() -> None:
    assert classify(ValueError("a bug of ours"), AWAY) is None


def test_a_user_who_may_not_make_tables_and_one_who_may_not_read_them_are_told_what_to_grant(
    postgres: str, postgres_template: str, role: str
) -> None:
    there = make_url(new_postgres(postgres)).set(username=role, password="right")
    assert "permission denied for schema public" in str(refusal(there))
    owner = Database(there.set(username="postgres", password=None).render_as_string(hide_password=False))
    migrate.upgrade(owner)
    with owner.write() as session:
        session.execute(text(f"GRANT SELECT ON alembic_version TO {role}"))
    found = refusal(there)
    assert isinstance(found, ConfigurationError)
    assert f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}" in str(found)
    with owner.write() as session:
        session.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"))
    owner.close()
    granted = Database(there.render_as_string(hide_password=False))
    preflight.ensure_granted(granted)
    granted.close()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_isnt_in_utf_8_is_refused(postgres: str, encoding: str) -> None:
    found = refusal(new_postgres(postgres, f"ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"))
    assert isinstance(found, ConfigurationError)
    assert f"is in {encoding}" in str(found)
    assert "ENCODING 'UTF8'" in str(found)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://u:p@h/d?foo=bar", 'invalid connection option "foo"'),
        ("postgresql://u:p@ss@h/d", "write it as %40"),
        ("postgresql://u:p@h/d\nMORE=1", "line break"),
        ("postgresql://u:p@h:port/d", "is no database address"),
        ("postgresql://u:p@db–1.example/d", "typographic dash"),
        ("sqlite:///a.db?mode=ro", "has the option mode"),
        ("sqlite:///a\0.db", "invisible sign"),
    ],
)
def test_an_address_with_a_slip_in_it_is_named(address: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as failed:
        parse_url(address)
    assert says in str(failed.value)
    assert "\n" not in str(failed.value)


def test_white_space_around_an_address_and_a_driver_that_isnt_ours_are_passed_over() -> None:
    assert parse_url(" postgresql://u:p@h/d\r\n").database == "d"
    assert parse_url("postgresql+asyncpg://u:p@h/d").drivername == "postgresql+psycopg"
    assert parse_url("sqlite+aiosqlite:///a.db").drivername == "sqlite"


def test_what_is_no_sqlite_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_text("minutes of the board\n" * 100)
    cut = tmp_path / "cut.db"
    cut.write_bytes(b"SQLite format 3\0" + b"\1" * 300)
    before = junk.read_bytes()
    for file, says in ((junk, "file is not a database"), (cut, "can't be used"), (tmp_path, "is a folder"),
                       (tmp_path / "nowhere" / "a.db", "doesn't exist"), (Path("/proc/a.db"), "unable to open"),
                       (tmp_path / f"{'a' * 300}.db", "File name too long")):  # fmt: skip
        found = refusal(f"sqlite:///{file}")
        assert isinstance(found, ConfigurationError)
        assert says in str(found)
    assert junk.read_bytes() == before


def test_a_folder_or_a_file_that_cant_be_written_is_one_line(sqlite_template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "kept.db")
    for file, mode, place, says in (
        ("kept.db", 0o444, 0o755, "may not read and write"),
        ("kept.db", 0o000, 0o755, "may not read and write"),
        ("kept.db", 0o644, 0o555, "may not write"),
        ("new.db", 0o644, 0o555, "may not write"),
        ("new.db", 0o644, 0o000, "Permission denied"),
    ):
        (folder / "kept.db").chmod(mode)
        folder.chmod(place)
        command = [sys.executable, "-m", "bot", "db", "upgrade"]
        done = as_somebody_ordinary(command, tmp_path, DATABASE_URL=f"sqlite:///{folder / file}")
        folder.chmod(0o755)
        assert done.returncode == 2, (file, oct(mode), oct(place), done)
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.EIO])
def test_a_file_system_that_cant_lock_is_no_second_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuses)
    with pytest.raises(ConfigurationError, match="can't lock files") as failed:
        process_lock.lock(tmp_path / "a.db")
    assert "another" not in str(failed.value).partition(":")[0]


def test_a_revision_that_isnt_there_is_named_with_those_that_are(database: Database) -> None:
    with pytest.raises(SchemaError, match="base, 0001"):
        migrate.downgrade(database, "0099")


def test_a_statement_that_fails_tells_no_values(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            session.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Maya Okafor"})

    with pytest.raises(DBAPIError) as failed:
        fail()
    assert "nowhere" in str(failed.value)
    assert "Maya" not in str(failed.value)


@pytest.mark.parametrize("host", ["a..b", ".example.com", "db.example.com..", "x" * 64 + ".com", "db.example.com,.b"])
def test_a_host_that_cant_be_is_named_before_anybody_looks_it_up(host: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL names the host") as failed:
        parse_url(f"postgresql://maya:secret@{host}/progress")
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    "host", ["db.example.com", "db.example.com.", "[::1]", "10.0.0.1,10.0.0.2", "bücher.example", ""]
)
def test_a_host_that_can_be_is_taken(host: str) -> None:
    assert parse_url(f"postgresql://maya:secret@{host}/progress")


def test_what_python_says_of_a_name_is_one_line_too() -> None:
    with pytest.raises(ConfigurationError, match="check the host") as failed, explained(AWAY):
        "a..b".encode("idna")
    assert "secret" not in str(failed.value)


def test_what_is_no_regular_file_and_a_link_to_itself_are_named(tmp_path: Path) -> None:
    (tmp_path / "self").symlink_to("self")
    os.mkfifo(tmp_path / "pipe")
    for name, says in (
        ("/dev/null", "is no regular file"),
        (tmp_path / "pipe", "is no regular file"),
        (tmp_path / "self", "DATABASE_URL names"),
        (tmp_path / "self" / "a.db", "DATABASE_URL names"),
        (tmp_path / ("a" * 300), "DATABASE_URL names"),
    ):
        found = refusal(f"sqlite:///{name}")
        assert isinstance(found, ConfigurationError)
        assert says in str(found)


def test_a_lock_that_cant_be_taken_is_found_without_taking_it(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    process_lock.ensure_locks(file)
    assert list(tmp_path.iterdir()) == []
    with process_lock.lock(file):
        process_lock.ensure_locks(file)
    (tmp_path / "a.db.lock").unlink()
    (tmp_path / "a.db.lock").mkdir()
    with pytest.raises(ConfigurationError, match="can't be written"):
        process_lock.ensure_locks(file)
    (tmp_path / "a.db.lock").rmdir()
    os.mkfifo(tmp_path / "a.db.lock")
    with pytest.raises(ConfigurationError, match="can't be written"):
        process_lock.lock(file)


def changed(url: str, statement: str) -> MissingLinkError:
    """What is said of a database that was at home in this program, once somebody ran a statement in it."""
    database = Database(url)
    migrate.upgrade(database)
    with database.write() as session:
        session.execute(text(statement))
    database.close()
    return refusal(url)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DROP TABLE learner", "has lost its table learner"),
        ("DELETE FROM alembic_version", "has tables of Missing Link and no schema's number"),
        ("UPDATE alembic_version SET version_num = '0001'", "isn't as its number says"),
        ("UPDATE alembic_version SET version_num = '0099'", "0099, which this version of Missing Link doesn't know"),
    ],
)
def test_tables_that_arent_those_of_the_schemas_number_are_one_line(empty_url: str, statement: str, says: str) -> None:
    if empty_url.startswith("postgres"):
        statement = statement.replace("DROP TABLE learner", "DROP TABLE learner CASCADE")
    found = changed(empty_url, statement)
    assert isinstance(found, SchemaError)
    assert says in str(found)


def test_a_number_without_tables_is_one_line(empty_url: str) -> None:
    database = Database(empty_url)
    with database.write() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        session.execute(text("INSERT INTO alembic_version VALUES ('0001')"))
    database.close()
    assert "has none of its tables" in str(refusal(empty_url))
