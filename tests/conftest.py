"""Ground for every test: real databases, a clock that stands where it is put, a local Slack, a running bot."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.engine import make_url

from bot import proxies
from bot.context import AppContext
from bot.domain.agenda import Defaults
from bot.domain.content import Catalogue
from bot.domain.typed_dates import parse_days
from bot.domain.workspaces import Workspace
from bot.store import migrate, workspaces
from bot.store.database import Database
from localslack import LocalSlack
from tests import compiled_once, lock_order, prompt_servers, teaching
from tests.contracts.ledger import check_ledger
from tests.databases import Spare, never_synced, new_postgres
from tests.helpers import ADMIN, MONDAY, TEAM, FakeClock, Running, small_catalogue
from tests.patience import IMPATIENT, PATIENT
from tests.postgres import Postgres, serving
from tests.renewed import FAILED
from tests.running import running
from tests.surface import check_claims

os.environ.pop("MISSINGLINK_CLOCK_URL", None)
# whoever works behind a proxy: what the tests listen on isn't beyond it
proxies.unify(os.environ)
lock_order.watch()
# how long an example takes on a busy machine says nothing
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")
compiled_once.share()
prompt_servers.hurry()
never_synced()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on a test that it failed, for what it shares with others."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_collection_finish() -> None:
    """What thousands of tests are made of stays to the end: the collector needn't look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nobody_waits_in_a_circle() -> Iterator[None]:
    """Every transaction of every test locks what it needs in the same order."""
    lock_order.found.clear()
    yield
    assert not lock_order.found, "\n".join(lock_order.found)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A real Postgres of this test run, ended with it."""
    with serving() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Postgres) -> str:
    """The address of the Postgres of this test run."""
    return postgres_server.address()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{file}")
    migrate.upgrade(database)
    database.close()
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Postgres) -> str:
    """A migrated Postgres database, to be copied."""
    url = new_postgres(postgres_server.address())
    database = Database(url)
    migrate.upgrade(database)
    database.close()
    return str(make_url(url).database)


@pytest.fixture(scope="session")
def spare_postgres(postgres_server: Postgres, postgres_template: str) -> Spare:
    """Migrated Postgres databases, emptied after each test."""
    return Spare(postgres_server.address(), postgres_template)


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return new_postgres(request.getfixturevalue("postgres"))


@pytest.fixture(params=["sqlite", "postgres"])
def backend(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    return str(request.param)


@pytest.fixture
def url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database with no rows in it, of this test's own for as long as it lasts."""
    if backend == "sqlite":
        file = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    spare: Spare = request.getfixturevalue("spare_postgres")
    taken = spare.take()
    yield taken
    if not request.node.stash.get(FAILED, False):
        spare.give_back(taken)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A migrated database, open."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FakeClock:
    """Stands at Monday 2 March 2026, 08:00 UTC, until it is moved."""
    return FakeClock(MONDAY)


@pytest.fixture
def ctx(database: Database, clock: FakeClock) -> AppContext:
    """A bot's insides with a small catalogue: two tracks that share an item."""
    catalogue = small_catalogue()
    defaults = Defaults(MONDAY.time().replace(hour=9), parse_days("mon-fri"))
    with database.write() as session:
        workspaces.save(session, Workspace(TEAM, "Test", "UBOT"))
    return AppContext(
        db=database,
        clock=clock,
        catalogue_of=lambda _: catalogue,
        admins_of=lambda _: frozenset({ADMIN}),
        defaults_of=lambda _: defaults,
    )


@pytest.fixture(scope="session")
def our_lessons() -> Catalogue:
    """The content that comes with the program."""
    return teaching.ours()


@pytest.fixture(scope="session")
def course() -> Catalogue:
    """The course that tests teach."""
    return teaching.course()


@pytest.fixture
def transport() -> str:
    """How Slack's requests reach the bot; the journeys of the surface ask for both ways."""
    return "socket"


@pytest.fixture
def slack(request: pytest.FixtureRequest, transport: str) -> Iterator[LocalSlack]:
    """A local Slack of this test's own. All that went to and fro is held against Slack's types afterwards, and against
    what the test is listed for in `tests/surface.py`.
    """
    local = LocalSlack(transport=transport).start()
    yield local
    local.stop()
    check_ledger(local.world, forged=request.node.get_closest_marker("forged") is not None)
    check_claims(request.node.originalname, local.world.acknowledged)


@pytest.fixture
def bot(request: pytest.FixtureRequest, slack: LocalSlack, url: str, course: Catalogue) -> Iterator[Running]:
    """The real bot, connected to the local Slack; its clock stands at MONDAY and ticks when the test says so."""
    how = IMPATIENT if request.node.get_closest_marker("impatient") else PATIENT
    with running(slack, url, course, **how) as bot:
        yield bot


@pytest.fixture
def settings_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment without any of our settings, in an empty folder."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "MISSINGLINK_", "DATABASE_URL", "PORT")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return monkeypatch
