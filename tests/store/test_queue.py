"""Idempotency is a constraint; claims are leases; instants are UTC on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.delivery import FIRST_ANSWER, NO_ANSWER, Asking, Delivery, LoggedResponse, Slot, State
from bot.domain.people import Learner, Profile
from bot.domain.workspaces import Workspace
from bot.store import (
    askings,
    audit,
    deliveries,
    delivery_queue,
    lagging,
    learners,
    requests,
    responses,
    tables,
    workspaces,
)
from bot.store.database import Database
from tests import databases, rows
from tests.helpers import MONDAY, TEAM, enrolment, lesson

DAY = date(2026, 3, 2)
LEASE = timedelta(minutes=2)
REAL = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def learner(database: Database) -> Learner:
    """Somebody."""
    with database.write() as session:
        return learners.remember(session, Profile(workspace_id=TEAM, person_id="U1", name="Ada", tz="Europe/London"))


def due(name: str, **more: Any) -> Delivery:
    return Delivery(
        workspace_id=TEAM,
        delivery_id=name,
        learner_id="U1",
        slot=Slot.DAILY,
        state=State.DUE,
        **{"due_at": MONDAY, "claimable_at": MONDAY, **more},
    )


@pytest.mark.usefixtures("learner")
@pytest.mark.parametrize("key", [{"claimed_date": DAY}, {"caused_by": "request-1"}, {"unique_key": "welcome"}])
def test_a_place_a_cause_and_the_welcome_are_taken_once(database: Database, key: dict[str, Any]) -> None:
    with database.write() as session:
        assert deliveries.add(session, due("first", **key))
        assert not deliveries.add(session, due("second", **key))
        assert deliveries.add(session, due("third"))


@pytest.mark.usefixtures("learner")
def test_a_withdrawn_delivery_gives_back_its_place_and_a_missed_one_keeps_it(database: Database) -> None:
    with database.write() as session:
        first = due("first", claimed_date=DAY)
        deliveries.add(session, first)
        deliveries.retire(session, first, State.MISSED)
        assert not deliveries.add(session, due("second", claimed_date=DAY))
        deliveries.retire(session, first, State.WITHDRAWN)
        assert deliveries.add(session, due("second", claimed_date=DAY))


@pytest.mark.usefixtures("learner")
def test_a_delivery_is_claimed_by_one_of_many_at_once(database: Database) -> None:
    with database.write() as session:
        for n in range(40):
            deliveries.add(session, due(f"d{n:02}"))

    def claim(_: int) -> list[str]:
        with database.write() as session:
            return [
                d.delivery_id for d in delivery_queue.claim(session, TEAM, at=MONDAY, real=REAL, lease=LEASE, most=5)
            ]

    with ThreadPoolExecutor(8) as pool:
        claimed = [name for names in pool.map(claim, range(12)) for name in names]
    assert sorted(claimed) == [f"d{n:02}" for n in range(40)]


@pytest.mark.usefixtures("learner")
def test_what_is_not_due_or_must_wait_or_is_held_is_not_claimed(database: Database) -> None:
    with database.write() as session:
        workspaces.save(session, Workspace(TEAM, "Test", "UBOT"))
        deliveries.add(session, due("early", claimable_at=MONDAY + timedelta(minutes=1)))
        deliveries.add(session, due("waits", retry_real=REAL + timedelta(minutes=1)))
        assert delivery_queue.due_in(session, MONDAY, REAL) == []
        assert delivery_queue.claim(session, TEAM, at=MONDAY, real=REAL, lease=LEASE, most=5) == []
        assert delivery_queue.due_in(session, MONDAY, REAL + timedelta(minutes=1)) == [TEAM]
        assert (
            len(delivery_queue.claim(session, TEAM, at=MONDAY, real=REAL + timedelta(minutes=1), lease=LEASE, most=5))
            == 1
        )
        assert delivery_queue.due_in(session, MONDAY + timedelta(hours=1), REAL) == [TEAM]
        assert workspaces.hold(session, TEAM, "token_revoked")
        assert not workspaces.hold(session, TEAM, "token_revoked")
        assert delivery_queue.due_in(session, MONDAY + timedelta(hours=1), REAL) == []


@pytest.mark.usefixtures("learner")
def test_a_lease_that_ran_out_is_taken_over_once(database: Database) -> None:
    with database.write() as session:
        deliveries.add(session, due("d1"))
        delivery_queue.claim(session, TEAM, at=MONDAY, real=REAL, lease=LEASE, most=5)
        assert delivery_queue.expired(session, REAL + LEASE - timedelta(seconds=1), LEASE, 5) == []
        assert [d.delivery_id for d in delivery_queue.expired(session, REAL + LEASE, LEASE, 5)] == ["d1"]
        assert delivery_queue.expired(session, REAL + LEASE, LEASE, 5) == []


@pytest.mark.usefixtures("learner")
def test_a_message_changed_while_it_was_updated_goes_on_lagging(database: Database) -> None:
    with database.write() as session:
        deliveries.add(session, due("d1", ts="1.0", channel_id="D1", shown=1))
        first = deliveries.get(session, TEAM, "d1")
        assert first is not None
        lagging.touch(session, first, REAL)
        seen = deliveries.get(session, TEAM, "d1")
        assert seen is not None
        lagging.touch(session, first, REAL)
        lagging.caught_up(session, seen, seen.revision)
        assert [d.delivery_id for d in lagging.find(session, REAL, 5)] == ["d1"]
        latest = deliveries.get(session, TEAM, "d1")
        assert latest is not None
        lagging.caught_up(session, latest, latest.revision)
        assert lagging.find(session, REAL, 5) == []


@pytest.mark.usefixtures("learner")
def test_an_asking_has_one_first_answer(database: Database) -> None:
    with database.write() as session:
        content_hash = rows.keep_wording(session, TEAM, lesson("a"))
        assert rows.keep_wording(session, TEAM, lesson("a")) == content_hash
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
        first = given(response={"choice": 0}, right=False)
        assert rows.record_response(session, first)
        assert not rows.record_response(session, replace(first, response={"choice": 1}, right=True))
        assert responses.first_answer(session, TEAM, "k1") == first
        assert askings.wording(session, TEAM, content_hash) == lesson("a")


def given(**more: Any) -> LoggedResponse:
    """The first answer to an asking, unless said otherwise."""
    usual = {"attempt": FIRST_ANSWER, "kind": "one_right", "response": {"choice": 1}, "right": True, "request_id": "r1"}
    return LoggedResponse(workspace_id=TEAM, asking_id="k1", learner_id="U1", at=MONDAY, **{**usual, **more})


@pytest.fixture
def asking(database: Database, learner: Learner) -> Asking:
    """An item in front of somebody."""
    with database.write() as session:
        content_hash = rows.keep_wording(session, TEAM, lesson("a"))
        asking = Asking(
            workspace_id=TEAM,
            asking_id="k1",
            learner_id=learner.learner_id,
            number=1,
            item_id="a",
            track_id="abc",
            content_hash=content_hash,
            opened_at=MONDAY,
        )
        rows.save_asking(session, asking)
    return asking


@pytest.mark.usefixtures("asking")
def test_what_was_read_is_in_the_log_beside_the_answer_and_is_none(database: Database) -> None:
    with database.write() as session:
        read = given(attempt=NO_ANSWER, kind="read", response={}, right=None)
        assert rows.record_response(session, read)
        assert responses.first_answer(session, TEAM, "k1") is None
        assert not responses.answered(session, TEAM, "U1")
        assert rows.record_response(session, given())
        assert responses.first_answer(session, TEAM, "k1") == given()
        assert responses.answered(session, TEAM, "U1")
        assert responses.tally(session, TEAM, "U1", ("a",)) == (1, 1)


@pytest.mark.usefixtures("asking")
def test_an_answer_of_the_release_before_is_one_and_what_is_given_now_is_one_to_it(database: Database) -> None:
    columns = 'workspace_id, asking_id, attempt, learner_id, choice, "right", at, request_id'
    with database.write() as session:
        session.execute(
            text(
                f"INSERT INTO answer ({columns}) SELECT workspace_id, asking_id, 1, learner_id, 2, false, opened_at, 'r0' FROM asking"
            )
        )
        before = responses.first_answer(session, TEAM, "k1")
        assert before == given(response={"choice": 2}, right=False, request_id="r0")
        assert not rows.record_response(session, given())
    with database.write() as session:
        session.execute(text("DELETE FROM answer"))
        rows.record_response(session, given())
        assert session.execute(text('SELECT choice, "right" FROM answer WHERE attempt = 1')).one() == (1, True)


def test_a_request_has_its_effect_once(database: Database) -> None:
    with database.write() as session:
        assert requests.first_time(session, TEAM, "r1", REAL)
        assert not requests.first_time(session, TEAM, "r1", REAL)
        assert requests.first_time(session, "T2", "r1", REAL)


def test_one_workspaces_learner_is_not_anothers(database: Database) -> None:
    with database.write() as session:
        learners.remember(session, Profile(workspace_id="T1", person_id="U1", name="Ada", tz="UTC"))
        learners.remember(session, Profile(workspace_id="T2", person_id="U1", name="Bea", tz="UTC"))
        rows.save_enrolment(session, replace(enrolment("abc"), workspace_id="T1"))
        assert rows.enrolments_of(session, "T2", "U1") == ()
        ada = learners.get(session, "T1", "U1")
        assert ada is not None
        assert ada.name == "Ada"


def test_every_table_begins_its_key_with_the_workspace(database: Database) -> None:
    for table in tables.metadata.sorted_tables:
        assert next(iter(table.primary_key)).name == "workspace_id", table.name


@pytest.mark.usefixtures("learner")
def test_instants_come_back_as_utc_and_naive_ones_are_refused(database: Database) -> None:
    tokyo = MONDAY.astimezone(timezone(timedelta(hours=9)))
    with database.write() as session:
        deliveries.add(session, due("d1", due_at=tokyo))
        stored = deliveries.get(session, TEAM, "d1")
        assert stored is not None
        assert (stored.due_at, stored.due_at.utcoffset()) == (MONDAY, timedelta(0))
    with pytest.raises(StatementError, match="time zone"), database.write() as session:
        deliveries.add(session, due("d2", due_at=MONDAY.replace(tzinfo=None)))


def test_a_row_of_nobody_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        deliveries.add(session, due("d1"))


@pytest.mark.usefixtures("learner")
def test_what_fails_in_a_transaction_leaves_nothing(database: Database) -> None:
    class HalfwayError(Exception):
        pass

    def fail() -> None:
        raise HalfwayError

    with pytest.raises(HalfwayError), database.write() as session:  # noqa: PT012 - the failing is the point
        deliveries.add(session, due("d1"))
        fail()
    with database.read() as session:
        assert deliveries.get(session, TEAM, "d1") is None


def test_old_audit_rows_and_requests_are_forgotten(database: Database) -> None:
    with database.write() as session:
        for at in (MONDAY, MONDAY + timedelta(days=10)):
            audit.record(session, TEAM, at, "U1", "assign", "abc")
            requests.first_time(session, TEAM, f"r{at}", at)
        audit.forget(session, MONDAY + timedelta(days=1))
        requests.forget(session, *(MONDAY + timedelta(days=1),) * 2)
        assert [a.at for a in audit.since(session, MONDAY)] == [MONDAY + timedelta(days=10)]
        assert session.execute(text("SELECT count(*) FROM request")).scalar() == 1


def test_taps_and_typed_words_are_kept_for_longer_than_other_requests(database: Database) -> None:
    with database.write() as session:
        for name in ("tap:U1:1.2:next", "said:D1:1.2", "tapestry"):
            requests.first_time(session, TEAM, name, MONDAY)
        requests.forget(session, MONDAY + timedelta(days=3), MONDAY - timedelta(days=4))
        kept = session.execute(text("SELECT request_id FROM request ORDER BY request_id")).scalars().all()
        assert kept == ["said:D1:1.2", "tap:U1:1.2:next"]
        requests.forget(session, MONDAY + timedelta(days=11), MONDAY + timedelta(days=4))
        assert session.execute(text("SELECT count(*) FROM request")).scalar() == 0


@pytest.mark.parametrize("backend", ["sqlite"])
def test_sqlite_writes_through_one_connection_and_durably(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.database._sqlite", databases.AS_SERVED)
    database = Database(url)
    for engine in (database.writer, database.reader):
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    assert database.writer.pool.size() == 1  # type: ignore[attr-defined]
    database.close()
