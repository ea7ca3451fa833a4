"""People who went through a track, written as the rows that months of messages would have left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from bot.domain.delivery import FIRST_ANSWER, SLIP
from bot.domain.delivery_subject import PLAIN
from bot.domain.rider import LATEST_NOTICE, Comfort, Moment, Rider, Worth
from bot.store import tables
from bot.store.database import Session
from tests.helpers import ADMIN, TEAM

TRACK = "short"
ITEMS = tuple(f"l{n}" for n in range(8))
TOLD = datetime(2026, 3, 2, 8, tzinfo=UTC)
DRAWN = 2


@dataclass(kw_only=True)
class Went:
    """Somebody's way through the track, an item a day from the day after they were told on.

    `before`, `after`, `later`: whether each of their drawn items was answered rightly when it was first asked, and at
    its checks; None where it wasn't.
    """

    who: str
    drawn: tuple[str, ...]
    before: tuple[bool | None, ...] = (False, False)
    after: tuple[bool | None, ...] = (True, True)
    later: tuple[bool | None, ...] = (True, True)
    others: bool = True
    """Whether the items that weren't drawn were answered rightly."""
    comfort: Mapping[Moment, int] = field(default_factory=dict)
    worth: tuple[bool, ...] = ()
    told: datetime | None = TOLD
    began: datetime = TOLD + timedelta(days=1)
    finished: bool = True
    slips: frozenset[str] = frozenset()
    """Items whose first answer was a slip."""
    enrolment: Mapping[str, Any] = field(default_factory=dict)
    track: str = TRACK
    items: tuple[str, ...] = ITEMS
    known: bool = False
    """They have a row as a learner."""


def went(n: int, **more: Any) -> Went:
    """The nth person, with two of the items drawn for them."""
    return Went(who=f"U{n:04}", drawn=(ITEMS[n % 8], ITEMS[(n + 3) % 8]), **more)


def write(session: Session, people: Iterable[Went]) -> None:
    """Write the rows of these people."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for person in people:
        _write_one(rows, person)
    if not session.execute(tables.content.select().where(tables.content.c.content_hash == "h")).first():
        session.execute(
            tables.content.insert(), {"workspace_id": TEAM, "content_hash": "h", "item_id": "l0", "packed": "{}"}
        )
    for name in TABLES:
        if rows[name]:
            session.execute(tables.metadata.tables[name].insert(), rows[name])
    if session.dialect == "postgresql":
        # as autovacuum would have done in months: for tables that it takes for empty Postgres plans badly
        session.execute(text("ANALYZE learner, enrolment, asking, answer, sample, delivery, counted"))


TABLES = ("learner", "enrolment", "asking", "answer", "sample", "done", "delivery")


def _write_one(rows: dict[str, list[dict[str, Any]]], person: Went) -> None:
    mine = {"workspace_id": TEAM, "learner_id": person.who}
    if not person.known:
        rows["learner"].append(_learner(mine, person))
    ended = person.began + timedelta(days=len(person.items) - 1)
    enrolment = {
        **mine, "track_id": person.track, "first_day": person.began.date(), "assigned_by": ADMIN, "after_step": 0,
        "announced": True, "last_asking": 8, "closed": True, "revision": 1, "started_at": person.began,
        "finished_at": ended if person.finished else None,
    }  # fmt: skip
    rows["enrolment"].append({**_BLANK_ENROLMENT, **enrolment, **person.enrolment})
    for step, item in enumerate(person.items):
        at = person.began + timedelta(days=step)
        given = dict(zip(person.drawn, person.before, strict=True)).get(item, person.others)
        asked: str | None = _ask(rows, person, item, step, at=at, why="item", right=given)
        if item in person.slips:
            _answer(rows, person, asked or "", at, attempt=SLIP, right=None)
        rows["done"].append({**mine, "item_id": item, "how": "answered", "step": step + 1, "at": at})
        if step < len(person.worth):
            _deliver(rows, person, at, Worth(person.worth[step]), asked)
    for place, item in enumerate(person.drawn):
        done = person.began + timedelta(days=person.items.index(item))
        checks: list[str | None] = []
        for days, rights in ((30, person.after), (60, person.later)):
            number, at = 100 + 10 * place + days, done + timedelta(days=days)
            asked = _ask(rows, person, item, number, at=at, why="check", right=rights[place]) if rights else None
            checks.append(asked)
        first, second = checks
        rows["sample"].append({**mine, "track_id": person.track, "item_id": item, "drawn_on": person.began.date(),
                               "first_check": first, "second_check": second})  # fmt: skip
    for moment, said in person.comfort.items():
        at = {Moment.START: person.began, Moment.END: ended, Moment.LATER: ended + timedelta(days=60)}[moment]
        _deliver(rows, person, at, Comfort(person.track, moment, said))


def _learner(mine: Mapping[str, str], person: Went) -> dict[str, Any]:
    return {
        **mine, "name": person.who, "tz": "Europe/London", "locale": "", "deleted": False, "bot": False,
        "foreign": False, "welcome_done": True, "askings": 200, "steps": 8, "titled": False, "lone_unanswered": 0,
        "privacy_told": LATEST_NOTICE, "figures_told_at": person.told,
    }  # fmt: skip


_BLANK_ENROLMENT = {"removed_at": None, "left_at": None, "began_alone": False}


def _ask(
    rows: dict[str, list[dict[str, Any]]], person: Went, item: str, number: int, *, at: datetime, why: str,
    right: bool | None,
) -> str:  # fmt: skip
    asking_id = f"{person.who}-{number}"
    rows["asking"].append({
        "workspace_id": TEAM, "asking_id": asking_id, "learner_id": person.who, "number": number, "item_id": item,
        "track_id": person.track, "content_hash": "h", "opened_at": at, "again": False, "reminders": 0,
        "outcome": "lapsed" if right is None else "answered", "preface": "", "reason": why,
    })  # fmt: skip
    if right is not None:
        _answer(rows, person, asking_id, at, attempt=FIRST_ANSWER, right=right)
    return asking_id


def _answer(
    rows: dict[str, list[dict[str, Any]]], person: Went, asking_id: str, at: datetime, attempt: int, *,
    right: bool | None,
) -> None:  # fmt: skip
    rows["answer"].append({
        "workspace_id": TEAM, "asking_id": asking_id, "attempt": attempt, "learner_id": person.who,
        "kind": "one_right", "response": {"choice": 1}, "choice": 1, "right": right, "at": at,
        "request_id": f"{asking_id}-{attempt}", "guessed": False, "day": at.date(),
    })  # fmt: skip


def _deliver(
    rows: dict[str, list[dict[str, Any]]], person: Went, at: datetime, rider: Rider, asking: str | None = None
) -> None:
    rows["delivery"].append({
        "workspace_id": TEAM, "delivery_id": f"{person.who}-{len(rows['delivery'])}", "learner_id": person.who,
        "slot": "daily", "state": "sent", "due_at": at, "asking_id": asking, "about": PLAIN, "attempt": 1,
        "rider": rider, "revision": 1, "shown": 1,
    })  # fmt: skip
