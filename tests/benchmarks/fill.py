"""Fills a database with thousands or a million learners: one of each kind is made as the bot makes them, and the
database copies that one by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, bindparam, text

from bot.domain.content import Catalogue
from bot.domain.delivery import FIRST_ANSWER, Asking, Delivery, LoggedResponse, Outcome, Slot, State
from bot.domain.people import Done, Enrolment, Learner
from bot.domain.workspaces import Workspace
from bot.store import deliveries, enrolments, learners, migrate, tables, workspaces
from bot.store.database import Database, Session
from tests import rows
from tests.soak import figure

TRACK = "speak-the-language"
WORKSPACES = tuple(f"T{n}" for n in range(20))
MODEL = "model"
"""The id of the learner that is copied."""
CHUNK = 100_000
TAUGHT = (tables.learner, tables.enrolment, tables.asking, tables.delivery)
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT CAST(:first AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < :last)"


@contextmanager
def database(backend: str, place: Path) -> Iterator[Database]:
    """A database as the bot sets it up, twenty workspaces in it, gone afterwards. Postgres writes through to the disk."""
    with figure.database(backend, place) as url:
        opened = Database(url)
        migrate.upgrade(opened)
        twenty_workspaces(opened)
        yield opened
        opened.close()


def address(database: Database) -> str:
    """Where another process finds it."""
    return database.url.render_as_string(hide_password=False)


def noon_zone(now: datetime) -> str:
    """A zone in which it is about noon: a day's message is neither too early nor too late there."""
    ahead = 12 - now.hour
    return "Etc/GMT" if not ahead else f"Etc/GMT{-ahead:+d}"


def noon_date(now: datetime) -> date:
    """The date in that zone."""
    return (now + timedelta(hours=12 - now.hour)).date()


def twenty_workspaces(database: Database) -> None:
    """Twenty workspaces, installed."""
    with database.write() as session:
        for workspace_id in WORKSPACES:
            workspaces.save(session, Workspace(workspace_id, "Benchmark", "U0BOT"))


def waiting(
    database: Database, workspace_id: str, numbers: range, *, due_at: datetime, due_on: date | None = None
) -> None:
    """Learners in a track whom planning looks at from `due_at` on."""
    with database.write() as session:
        _model(session, workspace_id, due_on or due_at.date(), due_at)
        _copy(session, workspace_id, numbers, (tables.learner, tables.enrolment))


def answerable(database: Database, catalogue: Catalogue, workspace_id: str, numbers: range) -> None:
    """Learners whose first item was sent, and is open."""
    _with_item(database, catalogue, workspace_id, numbers, sent=True)


def answered(database: Database, catalogue: Catalogue, workspace_id: str, numbers: range) -> None:
    """Learners who have answered their first item, as most have in a database that has been at work: its tables aren't
    empty, and Postgres knows so when it plans.
    """
    now = datetime.now(UTC)
    with database.write() as session:
        learner, asking = _item(session, catalogue, workspace_id, now, outcome=Outcome.ANSWERED)
        _delivery(session, learner, asking, now, sent=True)
        response = LoggedResponse(
            workspace_id=workspace_id,
            asking_id=MODEL,
            attempt=FIRST_ANSWER,
            learner_id=MODEL,
            kind="one_right",
            response={"choice": 0},
            right=True,
            at=now,
            request_id="before",
        )
        rows.record_response(session, response)
        done = Done(workspace_id=workspace_id, learner_id=MODEL, item_id=asking.item_id, how="answered", step=1, at=now)
        enrolments.later_done(session, done)
        session.flush()
        _copy(session, workspace_id, numbers, (*TAUGHT, tables.response, tables.done))
        session.execute(
            text(
                f"{_NUMBERS} INSERT INTO request (workspace_id, request_id, at) "
                "SELECT :workspace, 'before' || n.i, :at FROM n"
            ).bindparams(bindparam("at", type_=tables.request.c.at.type)),
            {"first": numbers.start, "last": numbers.stop - 1, "workspace": workspace_id, "at": now},
        )


def due(database: Database, catalogue: Catalogue, workspace_id: str, numbers: range) -> None:
    """Learners to whom their first item is due now."""
    _with_item(database, catalogue, workspace_id, numbers, sent=False)


def _with_item(database: Database, catalogue: Catalogue, workspace_id: str, numbers: range, *, sent: bool) -> None:
    now = datetime.now(UTC)
    with database.write() as session:
        _delivery(session, *_item(session, catalogue, workspace_id, now), now, sent=sent)
        _copy(session, workspace_id, numbers, TAUGHT)


def _item(
    session: Session, catalogue: Catalogue, workspace_id: str, now: datetime, **columns: Any
) -> tuple[Learner, Asking]:
    """The model, and their first item."""
    tomorrow = now + timedelta(days=1)
    learner = _model(session, workspace_id, tomorrow.date(), tomorrow, asked=1)
    item = catalogue.items[catalogue.tracks[TRACK].items[0]]
    kept = rows.keep_wording(session, workspace_id, item)
    asking = Asking(
        workspace_id=workspace_id,
        asking_id=MODEL,
        learner_id=MODEL,
        number=1,
        item_id=item.id,
        track_id=TRACK,
        content_hash=kept,
        opened_at=now,
        again=False,
        **columns,
    )
    rows.save_asking(session, asking)
    return learner, asking


def _delivery(session: Session, learner: Learner, asking: Asking, now: datetime, *, sent: bool) -> None:
    delivery = Delivery(
        workspace_id=learner.workspace_id,
        delivery_id=MODEL,
        learner_id=MODEL,
        slot=Slot.DAILY,
        state=State.DUE,
        due_at=now - timedelta(seconds=1),
        claimed_date=noon_date(now),
        asking_id=asking.asking_id,
        channel_id=learner.channel_id,
        claimable_at=now,
    )
    deliveries.add(session, delivery)
    if sent:
        deliveries.update_row(
            session, delivery, state=State.SENT, ts="1800000000.000001", attempt=1, shown=1, claimable_at=None
        )


def _model(session: Session, workspace_id: str, due_on: date, due_at: datetime, asked: int = 0) -> Learner:
    learner = Learner(
        workspace_id=workspace_id,
        learner_id=MODEL,
        name="Model",
        tz=noon_zone(datetime.now(UTC)),
        channel_id="D0",
        welcome_done=True,
        askings=asked,
        next_due_on=due_on,
        next_due_at=due_at,
    )
    learners.add(session, learner)
    rows.save_enrolment(
        session,
        Enrolment(
            workspace_id=workspace_id,
            learner_id=MODEL,
            track_id=TRACK,
            first_day=date(2026, 1, 1),
            assigned_by="U0ADMIN",
            announced=True,
            last_asking=asked,
        ),
    )
    return learner


def _copy(session: Session, workspace_id: str, numbers: range, copied: Sequence[Table]) -> None:
    """As many of the model as there are numbers; the model itself goes."""
    for begin in range(numbers.start, numbers.stop, CHUNK):
        part = range(begin, min(begin + CHUNK, numbers.stop))
        for each in copied:
            session.execute(
                text(_insert(each)), {"first": part.start, "last": part.stop - 1, "workspace": workspace_id}
            )
    for each in reversed(copied):
        session.execute(
            text(f"DELETE FROM {each.name} WHERE workspace_id = :workspace AND learner_id = '{MODEL}'"),
            {"workspace": workspace_id},
        )


def _insert(copied: Table) -> str:
    """Copy the model's row once for each number, with the number in its ids."""
    own: Mapping[str, str] = {
        "learner_id": "'U' || n.i",
        "channel_id": "'D' || n.i",
        "asking_id": "'a' || n.i",
        "delivery_id": "'d' || n.i",
    }
    columns = [f'"{column.name}"' for column in copied.columns]
    values = [own.get(column.name, f'm."{column.name}"') for column in copied.columns]
    return (
        f"{_NUMBERS} INSERT INTO {copied.name} ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM {copied.name} m CROSS JOIN n "
        f"WHERE m.workspace_id = :workspace AND m.learner_id = '{MODEL}'"
    )


def settle_in(database: Database) -> None:
    """Let Postgres know its tables, as its autovacuum would have done by now."""
    if not database.sqlite:
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
