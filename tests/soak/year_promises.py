"""What people can count on about the days and hours of unasked messages, written as rules over what happened.

The rules are those of a person who reads the promises, not the bot's own: they look at what arrived in Slack, at what
the person did, and at the rows only for what was recorded of a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import ColumnElement, Table, select

from bot.domain.content import Catalogue
from bot.domain.delivery import Slot, State
from bot.domain.people import Enrolment
from bot.domain.workdays import country_of
from bot.store import tables
from bot.store.database import Session
from tests.helpers import TEAM

SEVEN, EIGHT, NINE = time(7), time(20), time(9)
DAY = timedelta(days=1)
REACHED_AGAIN = timedelta(days=2)
"""A person who is active again is noticed within a day of a host that is awake."""


@dataclass
class Person:
    """One learner as the world knows them."""

    seed: int
    who: str
    tz: str
    diligence: float
    own_at: time | None = None
    own_days: frozenset[int] | None = None
    own_tz: str | None = None
    own_country: str | None = None
    away: bool = False
    paused: bool = False
    until: date | None = None
    paused_on: set[date] = field(default_factory=set)
    """The dates on which they began a pause."""
    deleted: bool = False
    back_since: datetime | None = None
    free_from: date = date.min
    """The date on which the last pause ended by itself."""
    put_off: date = date.min
    """The last local date on which they asked for an item later or another day."""
    last_sign: int = -1
    last_word: int = -1
    last_item: int = -1
    """When, in steps of the world, they did something, a reminder said that it was the last, and an item came."""
    reminders: int = 0
    came: dict[date, str] = field(default_factory=dict)
    """What wasn't asked for and came, by the date on their wall clock."""
    settled: set[date] = field(default_factory=set)
    waiting: dict[date, datetime] = field(default_factory=dict)
    """Dates that are still to be sent or recorded, with the instant they were due."""
    changed: list[datetime] = field(default_factory=list)
    """When they moved, or changed hour, days or country, or an admin did."""
    trouble: list[tuple[datetime, datetime]] = field(default_factory=list)
    judged: date = date(2026, 1, 4)
    due_on: date | None = None
    due_at: datetime | None = None
    item: str = ""
    item_at: datetime | None = None
    """The delivery that brought the last item, and when."""
    told: list[str] = field(default_factory=list)
    """What happened, the latest last."""
    broken: bool = False
    """A promise to them didn't hold: what comes after it says nothing new."""

    @property
    def zone(self) -> str:
        """Where they are taught."""
        return self.own_tz or self.tz

    def local(self, at: datetime) -> datetime:
        """Their wall clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def tell(self, at: datetime, what: str) -> None:
        """Remember what happened."""
        self.told = [*self.told[-11:], f"{self.local(at):%m-%d %H:%M} {what}"]

    def pausing(self, day: date) -> bool:
        """They asked for nothing on this date."""
        return self.paused and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Facts:
    """What the database says of a person now."""

    enrolments: tuple[Enrolment, ...]
    done: dict[str, int]
    open: bool
    welcomed: bool
    holds: dict[str, datetime]


def enrolled(session: Session, person: Person) -> tuple[Enrolment, ...]:
    """Their tracks, but for those removed."""
    row = tables.enrolment
    query = select(row).where(row.c.workspace_id == TEAM, row.c.learner_id == person.who, row.c.removed_at.is_(None))
    return tuple(Enrolment(**found) for found in session.execute(query).mappings())


def facts(session: Session, person: Person) -> Facts:
    """Read them."""

    def mine(of: Table) -> tuple[ColumnElement[bool], ...]:
        return of.c.workspace_id == TEAM, of.c.learner_id == person.who

    done = session.execute(select(tables.done).where(*mine(tables.done))).mappings()
    asking = select(tables.asking.c.asking_id).where(*mine(tables.asking), tables.asking.c.outcome.is_(None))
    welcome = select(tables.delivery.c.delivery_id).where(
        *mine(tables.delivery), tables.delivery.c.unique_key == "welcome"
    )
    learner = session.execute(select(tables.learner.c.welcome_done).where(*mine(tables.learner))).scalar()
    holds = session.execute(select(tables.hold).where(*mine(tables.hold))).mappings()
    return Facts(
        enrolled(session, person),
        {row["item_id"]: row["step"] for row in done},
        session.execute(asking).first() is not None,
        bool(learner) or session.execute(welcome).first() is not None,
        {row["kind"]: row["since"] for row in holds},
    )


@dataclass(frozen=True)
class Hour:
    """When a person is taught: "the learner's own choice, else the track's, else the default; days the same way"."""

    at: time
    days: frozenset[int]
    zone: str
    own: bool
    country: str

    def learns(self, day: date) -> bool:
        """A learning date."""
        return day.weekday() in self.days and not (self.country and day in _off(self.country, day.year))

    def due(self, day: date) -> datetime:
        """The instant of a date's hour."""
        return datetime.combine(day, self.at, ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def last(self) -> time:
        """Nothing comes from then on: 20:00, or an hour after one's own later hour, before midnight."""
        after = datetime.combine(date(2026, 1, 1), self.at) + timedelta(hours=1)
        return max(EIGHT, after.time() if after.day == 1 else time(23, 59, 59)) if self.own else EIGHT

    def end(self, day: date) -> datetime:
        """The instant from which a date is missed."""
        return datetime.combine(day, self.last, ZoneInfo(self.zone)).astimezone(UTC)

    def after(self, day: date) -> date:
        """The next learning date."""
        return next(d for n in range(1, 400) if self.learns(d := day + DAY * n))

    def before(self, day: date) -> date:
        """The last learning date before."""
        return next((d for n in range(1, 15) if self.learns(d := day - DAY * n)), day - DAY)


@lru_cache(maxsize=4096)
def _off(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, "ENG" if country == "GB" else None, years=year))


@lru_cache(maxsize=512)
def _working(country: str) -> frozenset[int]:
    weekend = holidays.country_holidays(country).weekend if country else {5, 6}
    return frozenset(range(7)) - frozenset(weekend)


def hour_of(person: Person, tracks: tuple[Enrolment, ...]) -> Hour:
    """Whose hour."""
    running = sorted((e for e in tracks if e.finished_at is None), key=lambda e: (e.first_day, e.track_id))
    at = next((e.at for e in running if e.at), NINE)
    country = country_of(person.zone, "") if person.own_country is None else person.own_country
    days = next((e.days for e in running if e.days), _working(country))
    own = person.own_at is not None
    return Hour(person.own_at if person.own_at is not None else at, person.own_days or days, person.zone, own, country)


def reason(person: Person, known: Facts, when: Hour, day: date, at: datetime, catalogue: Catalogue) -> str:
    """Why a learning date brings nothing; "" when it must bring something."""
    if "unreachable" in known.holds and (person.deleted or just_back(person, at)):
        return "unreachable"
    if person.pausing(day) or day < person.free_from:
        return "paused"
    if "silence" in known.holds and person.last_sign < person.last_word:
        return "silent"
    if day <= person.put_off:
        return "put off"
    if known.open or any(e.finished_at and not e.closed for e in known.enrolments):
        return ""
    left = [e for e in known.enrolments if e.finished_at is None and _left(e, known, catalogue)]
    assigned = [e for e in left if e.assigned_by]
    if assigned and not known.welcomed:
        return "" if when.before(min(e.first_day for e in assigned)) <= day else "welcome later"
    return "" if any(e.first_day <= day for e in left) else "nothing to teach"


def just_back(person: Person, at: datetime) -> bool:
    """Their account is open again, and the bot need not know yet."""
    return person.back_since is not None and at - person.back_since < REACHED_AGAIN


def _left(enrolment: Enrolment, known: Facts, catalogue: Catalogue) -> bool:
    items = catalogue.tracks[enrolment.track_id].items
    return any(known.done.get(item, 0) <= enrolment.after_step for item in items)


def arrival(person: Person, when: Hour, slot: Slot, claimed_date: date, at: datetime) -> Iterator[str]:
    """What is wrong with an unasked message that arrives at `at`."""
    shown = person.local(at)
    day, clock = shown.date(), shown.time()
    if day in person.came:
        yield f"a {slot} after a {person.came[day]} of the same date"
    if day != claimed_date:
        yield f"a {slot} of {claimed_date} comes on another date"
    if clock >= when.last:
        yield f"a {slot} after {when.last}"
    if clock < (min(SEVEN, when.at) if slot is Slot.WELCOME else when.at):
        yield f"a {slot} before {when.at}"
    if person.pausing(day):
        yield f"a {slot} in a pause"
    if not when.learns(day) and not any(person.local(c).date() == day for c in person.changed):
        yield f"a {slot} on a date that is none to learn on"
    if slot is Slot.REMINDER and (person.reminders >= 2 or person.last_word > max(person.last_sign, person.last_item)):
        yield "a reminder after the last one"


def recorded(session: Session, person: Person, day: date) -> tuple[State | None, str]:
    """What the rows say of a date."""
    row = tables.delivery
    query = select(row.c.state, row.c.problem).where(
        row.c.workspace_id == TEAM, row.c.learner_id == person.who, row.c.claimed_date == day
    )
    found = session.execute(query).one_or_none()
    return (State(found.state), found.problem or "") if found else (None, "")
