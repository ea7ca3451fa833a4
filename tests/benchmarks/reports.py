"""A report over a hundred thousand learners and five million answers, and the making of its figures, on Postgres.

Each against the time that an admin waits for it at most: two seconds, and a minute for what the tick makes once a month.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete, text

from bot.actions.figures import make_figures
from bot.context import AppContext
from bot.domain.content import Catalogue
from bot.domain.insight import FigureKind
from bot.domain.rider import Moment
from bot.domain.workspaces import Workspace
from bot.queries.programme import programme
from bot.store import figures, tables, workspaces
from bot.store.database import Database
from localslack import LocalSlack
from localslack.objects import UserGroup
from tests.benchmarks import adapter, fill
from tests.benchmarks.measure import Bench, Figure, Pair, Wish
from tests.helpers import ADMIN, MAYA, TEAM, FakeClock
from tests.programme import TABLES, TOLD, TRACK, Went, write
from tests.running import running

LEARNERS = 100_000
ITEMS = tuple(f"i{n:02}" for n in range(48))
MODELS = 8
"""So many ways through the track, which are copied."""
FOUR_HUNDRED, MOST_TO_ACK = 400, 0.15
MOST_SECONDS, MOST_MAKING = 2.0, 60.0
MADE_ON = datetime(2026, 9, 1, 3, tzinfo=UTC)


def many(database: Database, learners: int) -> None:
    """Write so many learners who went through a track of 48 items, with two checks of two each."""
    with database.write() as session:
        workspaces.save(session, Workspace(TEAM, "Benchmark", "UBOT"))
        write(session, [_model(n) for n in range(MODELS)])
        # what is copied refers to what is copied: else Postgres looks each reference up, by a plan for empty tables
        session.execute(text("SET LOCAL session_replication_role = replica"))
        for name in TABLES:
            table = tables.metadata.tables[name]
            session.execute(text(_copies(name, [c.name for c in table.c])), {"last": learners // MODELS - 1})
        for name in reversed(TABLES):
            of = tables.metadata.tables[name]
            session.execute(delete(of).where(of.c.learner_id.like("model%")))
    fill.settle_in(database)


def _model(n: int) -> Went:
    comfort = {Moment.START: 1 + n % 5, Moment.END: 3 + n % 3, Moment.LATER: 4}
    return Went(
        who=f"model{n}",
        drawn=(ITEMS[n], ITEMS[n + 20]),
        before=(n % 3 == 0, n % 4 == 0),
        after=(n % 4 > 0, True),
        others=n % 2 == 0,
        comfort=comfort,
        worth=(n % 5 > 0, True),
        began=TOLD + timedelta(days=1 + n),
        items=ITEMS,
    )


def _copies(name: str, columns: Sequence[str]) -> str:
    """Copy each model's rows, with a number in the place of the word in all ids."""
    ids = {"learner_id", "asking_id", "delivery_id", "first_check", "second_check", "name", "request_id"}
    values = [f"REPLACE(m.\"{c}\", 'model', 'U' || n || '-')" if c in ids else f'm."{c}"' for c in columns]
    named = ", ".join(f'"{column}"' for column in columns)
    return (
        f"INSERT INTO {name} ({named}) SELECT {', '.join(values)} FROM {name} m CROSS JOIN generate_series(0, :last) n "
        "WHERE m.learner_id LIKE 'model%'"
    )


@contextmanager
def reporting(wish: Wish) -> Iterator[Pair]:
    """The report as an admin asks for it, and the figures of a month, made anew in each round."""
    learners = min(wish.learners, LEARNERS)
    with fill.database("postgres", wish.place) as database:
        many(database, learners)
        ctx = replace(adapter.context_of(database, Catalogue()), clock=FakeClock(MADE_ON))
        problems: list[str] = []

        def ours() -> Sequence[float]:
            with database.write() as session:
                session.execute(delete(tables.figure))
                session.execute(delete(tables.counted))
            made = timed(lambda: make_figures(ctx, TEAM))
            read = timed(lambda: _read(ctx, learners, problems))
            return read, made

        yield Pair(ours, lambda: (MOST_SECONDS, MOST_MAKING), problems)


@contextmanager
def assigning(backend: str, wish: Wish) -> Iterator[Pair]:
    """Four hundred people assigned a track by their group and by a list of ids, over the wire: until it is acknowledged."""
    people = [f"U0P{n:04}" for n in range(FOUR_HUNDRED)]
    slack = LocalSlack().start()
    slack.world.granted.add("usergroups:read")
    for person in people:
        slack.world.users[person] = replace(slack.world.users[MAYA], id=person, handle=person.lower())
    slack.world.groups["S0ALL"] = UserGroup(id="S0ALL", handle="all-leaders", people=people)
    try:
        with fill.database(backend, wish.place) as database, running(slack, fill.address(database)) as bot:
            bot.command(ADMIN, "/track list")

            def acknowledged(whom: str) -> float:
                taken = timed(lambda: slack.command(ADMIN, f"/track assign {whom} speak-the-language"))
                bot.quiet()
                bot.eventually(lambda: asks(slack), slack.whispers(ADMIN)[-1].text)
                return taken

            by_id = " ".join(people)
            yield Pair(lambda: (acknowledged("@all-leaders"), acknowledged(by_id)), lambda: (MOST_TO_ACK, MOST_TO_ACK))
    finally:
        slack.stop()


def asks(slack: LocalSlack) -> bool:
    """Return True once the admin is asked about all of them."""
    return f"{FOUR_HUNDRED} people get Speak the language" in slack.whispers(ADMIN)[-1].text.replace("*", "")


def timed(act: Any) -> float:
    """Return the seconds that something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _read(ctx: AppContext, learners: int, problems: list[str]) -> None:
    with ctx.db.read() as session:
        view = programme(session, ctx, TEAM, "U0ADMIN")
        kinds = {f.kind for f in figures.of_workspace(session, TEAM) if f.track_id == TRACK}
    if view.tracks[0].count.finished != learners // MODELS * MODELS or kinds < set(FigureKind) - OTHERS:
        problems.append(f"the report has {view.tracks[0].count} and {sorted(kinds)}")


OTHERS = {FigureKind.GROUP, FigureKind.ACTIVE}
BENCHES = (
    Bench(
        "reports",
        reporting,
        (
            Figure("A report over 100,000 learners and 5 million answers, against 2 s, Postgres", "s", at_most=1.0),
            Figure("Making a month's figures of them, against a minute, Postgres", "s", at_most=1.0),
        ),
    ),
    *(
        Bench(
            f"assigning-{backend}",
            partial(assigning, backend),
            (
                Figure(f"Assigning 400 by their group, acknowledged, against 150 ms, {named}", "s", at_most=1.0),
                Figure(f"The same by a list of 400, acknowledged with the look, {named}", "s", at_most=1.0),
            ),
        )
        for backend, named in (("sqlite", "SQLite"), ("postgres", "Postgres"))
    ),
)
