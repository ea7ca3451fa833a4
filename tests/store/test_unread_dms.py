"""Which DMs are still to be read: in which order, by whom, and back to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.people import Profile
from bot.store import deliveries, learners, requests, unread_dms
from bot.store.database import Database, Session
from bot.store.unread_dms import Unread
from tests.helpers import MONDAY, TEAM
from tests.store.test_queue import REAL, due

LEASE = timedelta(minutes=3)
PEOPLE = ["U3", "U1", "U2"]


@pytest.fixture
def known(database: Database) -> Database:
    """Three people who have a DM, and one who has none."""
    with database.write() as session:
        for person in ("U1", "U2", "U3", "U4"):
            learner = learners.remember(session, Profile(workspace_id=TEAM, person_id=person, name=person, tz="UTC"))
            if person != "U4":
                learners.update(session, learner, channel_id=f"D{person}")
    return database


@pytest.fixture
def planned(known: Database) -> Database:
    with known.write() as session:
        unread_dms.plan(session, TEAM, PEOPLE, MONDAY, REAL)
    return known


def claim(database: Database, at: timedelta = timedelta(0)) -> Unread | None:
    with database.write() as session:
        return unread_dms.claim(session, TEAM, REAL + at, LEASE)


def claimed(database: Database, at: timedelta = timedelta(0)) -> Unread:
    found = claim(database, at)
    assert found is not None
    return found


def whose(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.execute(text("SELECT learner_id FROM unread ORDER BY rank")).scalars())


def test_each_is_claimed_once_in_the_order_of_the_plan_and_again_when_its_lease_is_over(planned: Database) -> None:
    first = [claimed(planned).learner_id for _ in PEOPLE]
    assert first == PEOPLE
    assert claim(planned) is None
    with planned.read() as session:
        assert not unread_dms.any_open(session, TEAM, REAL)
    assert claimed(planned, LEASE).learner_id == "U3", "who was in hand when somebody was killed isn't put behind"


def test_a_claim_is_held_on_to_until_somebody_else_has_it(planned: Database) -> None:
    mine = claimed(planned)
    with planned.write() as session:
        renewed = unread_dms.renew(session, mine, REAL + 2 * LEASE)
    assert renewed is not None
    for _ in PEOPLE[1:]:
        claim(planned)
    assert claim(planned, LEASE / 2) is None
    others = claimed(planned, 2 * LEASE)
    assert others.learner_id == mine.learner_id
    with planned.write() as session:
        assert unread_dms.renew(session, renewed, REAL + 3 * LEASE) is None
        unread_dms.dealt_with(session, renewed)
        unread_dms.put_behind(session, renewed, REAL)
    assert whose(planned) == PEOPLE
    with planned.write() as session:
        unread_dms.dealt_with(session, others)
    assert whose(planned) == PEOPLE[1:]


def test_one_that_is_put_behind_comes_after_all_others(planned: Database) -> None:
    mine = claimed(planned)
    with planned.write() as session:
        unread_dms.put_behind(session, mine, REAL)
    assert [claimed(planned).learner_id for _ in PEOPLE] == ["U1", "U2", "U3"]


def test_another_gap_keeps_the_earlier_instant_takes_what_is_in_hand_away_and_adds_who_is_new(known: Database) -> None:
    with known.write() as session:
        unread_dms.plan(session, TEAM, ["U2"], MONDAY, REAL)
    mine = claimed(known)
    later = MONDAY + timedelta(hours=1)
    with known.write() as session:
        unread_dms.plan(session, TEAM, ["U1", "U2"], later, REAL + timedelta(minutes=1))
        assert unread_dms.renew(session, mine, REAL + LEASE) is None
    found = [claimed(known, timedelta(minutes=1)) for _ in range(2)]
    assert [(dm.learner_id, dm.since_wall) for dm in found] == [("U2", MONDAY), ("U1", later)]


def test_a_clock_that_was_set_back_makes_the_later_gap_the_earlier_one(planned: Database) -> None:
    with planned.write() as session:
        unread_dms.plan(session, TEAM, [], MONDAY - timedelta(hours=1), REAL)
    assert claimed(planned).since_wall == MONDAY - timedelta(hours=1)


def test_a_workspace_reads_its_own(planned: Database) -> None:
    with planned.write() as session:
        learners.remember(session, Profile(workspace_id="T2", person_id="U1", name="Bea", tz="UTC"))
        unread_dms.plan(session, "T2", ["U1"], MONDAY, REAL)
        found = unread_dms.claim(session, "T2", REAL, LEASE)
    assert found is not None
    assert (found.workspace_id, found.learner_id) == ("T2", "U1")
    assert len(whose(planned)) == 4


@pytest.mark.parametrize("backend", ["postgres"])
def test_two_processes_claim_two_and_wait_for_nobody(planned: Database) -> None:
    with planned.write() as one, planned.write() as other:
        found = [unread_dms.claim(session, TEAM, REAL, LEASE) for session in (one, other, one)]
    assert [dm and dm.learner_id for dm in found] == PEOPLE


def test_who_was_talked_with_last_comes_first_whether_they_tapped_or_were_sent_something(known: Database) -> None:
    def sent(session: Session, person: str, ago: timedelta) -> None:
        deliveries.add(session, replace(due(f"d{person}", ts="1.2", due_at=MONDAY - ago), learner_id=person))

    def tapped(session: Session, person: str, ago: timedelta) -> None:
        requests.first_time(session, TEAM, f"tap:{person}:{ago.days}.2:next", REAL - ago)

    with known.write() as session:
        sent(session, "U1", timedelta(days=3))
        tapped(session, "U1", timedelta(days=5))
        sent(session, "U2", timedelta(days=9))
        tapped(session, "U2", timedelta(days=1))
        tapped(session, "U3", timedelta(days=10))
        sent(session, "U4", timedelta(days=1))
        assert unread_dms.talked_with(session, TEAM, MONDAY, REAL) == ["U2", "U1", "U3"]
        later = timedelta(days=12)
        assert unread_dms.talked_with(session, TEAM, MONDAY + later, REAL + later) == ["U2"]
