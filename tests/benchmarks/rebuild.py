"""Ten thousand answers made into cards again, against two seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlalchemy import text

from bot.domain.delivery import CONFIDENCE, FIRST_ANSWER, Asking, LoggedResponse, Outcome, Reason
from bot.domain.people import Profile
from bot.store import askings, cards, learners, responses
from bot.store.database import Session
from tests.benchmarks import adapter, fill
from tests.benchmarks.measure import Bench, Figure, Pair, Wish

LEARNERS, ITEMS, TIMES = 50, 12, 17
"""So many learners answered so many items so many times: 10,200 answers, every second one with its confidence."""
MOST_SECONDS = 2.0
BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)
T = fill.WORKSPACES[0]


@contextmanager
def rebuilding(backend: str, wish: Wish) -> Iterator[Pair]:
    """All learners of a workspace, one transaction each."""
    with fill.database(backend, wish.place) as database:
        people = [f"U{n:03}" for n in range(LEARNERS)]
        for person in people:
            with database.write() as session:
                learners.remember(session, Profile(workspace_id=T, person_id=person, name=person, tz="UTC"))
                _answers(session, person)
        # as in a database that has been at work: else Postgres plans for empty tables
        with database.write() as session:
            session.execute(text("ANALYZE"))

        def ours() -> float:
            begun, made = time.perf_counter(), 0
            for person in people:
                with database.write() as session:
                    made += len(cards.rebuild(session, T, person))
            assert made == LEARNERS * ITEMS
            return time.perf_counter() - begun

        yield Pair(ours, lambda: MOST_SECONDS)


def _answers(session: Session, person: str) -> None:
    items = list(adapter.catalogue().items.values())[:ITEMS]
    hashes = [askings.later_keep(session, T, item) for item in items]
    for number in range(ITEMS * TIMES):
        item, at = number % ITEMS, BEGIN + timedelta(days=number // 2)
        asking = Asking(
            workspace_id=T,
            asking_id=f"{person}-{number}",
            learner_id=person,
            number=number + 1,
            item_id=items[item].id,
            track_id=fill.TRACK,
            content_hash=hashes[item],
            opened_at=at,
            again=False,
            outcome=Outcome.ANSWERED,
            reason=Reason.ITEM if number < ITEMS else Reason.REVIEW,
        )
        askings.later_add(session, asking)
        responses.later_record(session, _entry(asking, FIRST_ANSWER, at, right=number % 3 > 0))
        if number % 2:
            responses.later_record(session, _entry(asking, CONFIDENCE, at, right=None))


def _entry(asking: Asking, attempt: int, at: datetime, *, right: bool | None) -> LoggedResponse:
    day: date = at.date()
    return LoggedResponse(
        workspace_id=T,
        asking_id=asking.asking_id,
        attempt=attempt,
        learner_id=asking.learner_id,
        kind="one_right" if attempt == FIRST_ANSWER else "confidence",
        response={"choice": 0} if attempt == FIRST_ANSWER else {"sure": asking.number % 4 > 0},
        right=right,
        at=at,
        request_id=asking.asking_id,
        day=day,
    )


BENCHES = tuple(
    Bench(
        f"cards-{backend}",
        partial(rebuilding, backend),
        (Figure(f"10,000 answers made into cards again, against 2 s, {named}", "s", at_most=1.0),),
    )
    for backend, named in (("sqlite", "SQLite"), ("postgres", "Postgres"))
)
