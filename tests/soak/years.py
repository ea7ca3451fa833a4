"""A year of learners on one host that sleeps, is cut off from Slack and has its clock set forward and back, while they
answer, fall silent, travel, pause, change their minds and are given other tracks.

The ticker, the sender, the services, what is behind taps and commands, and the database are the real ones; only Slack
and the clock are made up. A host that is awake ticks at every instant at which anything can become due: by the bot's
own reckoning, and by that of the rules (`promises.py`).
"""

from __future__ import annotations

import heapq
import itertools
import random
import time as machine
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from bot.context import AppContext
from bot.delivery import Sender, Ticker, Timeouts
from bot.domain.agenda import Defaults
from bot.domain.content import Catalogue, Track
from bot.domain.delivery import Slot, State
from bot.domain.dm_history import HistoryPage
from bot.domain.people import Profile
from bot.domain.workspaces import Workspace
from bot.errors import SlackRefusedError, SlackUncertainError, SlackUnreachableError
from bot.planning.at_startup import plan_forgotten
from bot.slack.handlers.deps import Deps
from bot.store import deliveries, delivery_queue, learners, migrate, tables, workspaces
from bot.store.database import Database
from bot.view_models import View
from tests.helpers import ADMIN, TEAM, FakeClock, FakeSlack, lesson
from tests.soak.figure import Figure, Part, TickCounts, database
from tests.soak.habits import Habits, person_of, trials
from tests.soak.year_promises import (
    DAY,
    NINE,
    Hour,
    Person,
    arrival,
    enrolled,
    facts,
    hour_of,
    just_back,
    reason,
    recorded,
)

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
GROUP = 20
BACKENDS = ("sqlite", "sqlite", "postgres", "sqlite")
POKE = timedelta(minutes=20)
"""How often the host ticks while Slack is away."""
SIZES = (12, 20, 30, 45, 60, 80)


def catalogue() -> Catalogue:
    """Six tracks; every tenth item of one is also in the next."""
    tracks, items = {}, {}
    for n, size in enumerate(SIZES):
        names = [f"item-{n}-{i}" for i in range(size)]
        shared = [f"item-{n - 1}-{i}" for i in range(0, SIZES[n - 1], 10)] if n else []
        items.update({name: lesson(name) for name in names})
        tracks[f"track-{n}"] = Track(
            id=f"track-{n}", title=f"Track {n}", summary="Things.", items=(*shared, *names), open=n % 2 == 0
        )
    return Catalogue(items, tracks)


@dataclass
class YearSlack(FakeSlack):
    """A Slack that is away, loses replies or refuses the token when the world says so, and tells what arrived."""

    away: bool = False
    revoked: bool = False
    lossy: float = 0.0
    dice: random.Random = field(default_factory=random.Random)
    arrived: Callable[[str, str], None] = lambda _channel, _key: None
    keys: dict[str, str] = field(default_factory=dict)
    troubled: bool = False

    def post(self, workspace_id: str, channel_id: str, view: View, key: str) -> str:
        """As in the Protocol; a lost reply may be to a message that stands."""
        self._reach()
        if self.profiles[channel_id[1:]].deleted:
            raise SlackRefusedError("user_disabled")
        lost, stands = self.dice.random() < self.lossy, self.dice.random() < 0.5
        if not lost or stands:
            self.arrived(channel_id[1:], key)
            self.keys[key] = f"{len(self.keys) + 1}.0"
        if lost:
            self.troubled = True
            raise SlackUncertainError("timeout")
        return self.keys[key]

    def history(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> HistoryPage:
        """As in the Protocol, all on one page."""
        self._reach()
        return HistoryPage(self.keys, "")

    def update(self, workspace_id: str, channel_id: str, ts: str, view: View) -> None:
        """As in the Protocol."""
        self._reach()

    def open_dm(self, workspace_id: str, person_id: str) -> str:
        """As in the Protocol."""
        self._reach()
        return f"D{person_id}"

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        """As in the Protocol."""
        self._reach()
        return self.profiles.get(person_id)

    def works(self, workspace_id: str) -> bool:
        """As in the Protocol."""
        return not (self.away or self.revoked)

    def _reach(self) -> None:
        if self.away or self.revoked:
            self.troubled = True
            raise SlackRefusedError("token_revoked") if self.revoked else SlackUnreachableError("refused")


class World:
    """A group of learners, their host, and Slack."""

    def __init__(self, db: Database, seeds: range) -> None:
        self.dice = random.Random(seeds.start)
        self.clock, self.content = FakeClock(BEGIN, real_at=BEGIN), catalogue()
        self.slack = YearSlack(dice=self.dice, arrived=self.arrived)
        self.slack.add(ADMIN)
        self.ctx = AppContext(
            db=db,
            clock=self.clock,
            catalogue_of=lambda _: self.content,
            admins_of=lambda _: frozenset({ADMIN}),
            defaults_of=lambda _: Defaults(NINE),
        )
        self.people = {p.who: p for p in (person_of(seed) for seed in seeds)}
        self.again = f"python -m tests.soak.run --only years --first {seeds.start} --count {len(seeds)}"
        self.events: list[tuple[datetime, int, Callable[[], None]]] = []
        self.numbers = itertools.count()
        self.steps, self.awake, self.downtime = 0, True, list[tuple[datetime, datetime]]()
        self.broken, self.counts, self.keys = list[str](), Counter[str](), set[str]()
        self._hours: dict[str, Hour] = {}
        with db.write() as session:
            workspaces.save(session, Workspace(TEAM, "Test", "UBOT"))
        self.start()
        for person in self.people.values():
            self.slack.add(person.who, person.tz)
            Habits(self, person).begin()
        trials(self)

    def start(self) -> None:
        """The bot's process begins."""
        self.sender = Sender(self.ctx, self.slack, Timeouts(), threads=1)
        self.ticker = Ticker(self.ctx, self.clock, self.sender, timedelta(days=400))
        self.deps = Deps(ctx=self.ctx, slack=self.slack, screens=self.slack, sender=self.sender)
        plan_forgotten(self.ctx)

    def restart(self) -> None:
        """Another process of the bot."""
        self.sender.stop()
        self.start()

    @property
    def now(self) -> datetime:
        """On the host's clock."""
        return self.clock.at

    def at(self, when: datetime, do: Callable[[], None]) -> None:
        """Something happens then; when the host's clock jumped over it, at once."""
        heapq.heappush(self.events, (when, next(self.numbers), do))

    def live(self, until: datetime, deadline: float) -> bool:
        """Let time pass; False when the machine's own time was up before."""
        while self.now < until:
            if machine.time() > deadline:
                return False
            self._pass(min(self._next_stop(), until))
        self._audit(all_of_it=True)
        self.sender.stop()
        return True

    def jump(self, by: timedelta) -> None:
        """The host's clock is set: it is one clock for dates and for leases."""
        before, self.clock.at = self.now, self.now + by
        self.clock.real_at += by
        self.tell_all(f"the clock is set by {by}")
        self.downtime.append((min(before, self.now), max(before, self.now)))

    def tell_all(self, what: str) -> None:
        """Remember what happened to everybody."""
        for person in self.people.values():
            person.tell(self.now, what)

    def _pass(self, stop: datetime) -> None:
        if stop > self.now:
            self.clock.real_at += stop - self.now
            self.clock.at = stop
        while self.events and self.events[0][0] <= self.now:
            self.steps += 1
            heapq.heappop(self.events)[2]()
        self.steps += 1
        if self.awake:
            self.ticker.tick()
            for person in self.people.values():
                self.judge(person)
            self._audit()

    def _next_stop(self) -> datetime:
        found = [self.events[0][0]] if self.events else [self.now + DAY]
        if self.awake:
            found += [p.due_at for p in self.people.values() if p.due_at]
            with self.ctx.db.read() as session:
                found += [
                    d
                    for d in (learners.next_due(session, self.now), delivery_queue.next_claimable(session, self.now))
                    if d
                ]
            found += self._retries()
        return max(min(found), self.now + timedelta(seconds=1))

    def _retries(self) -> list[datetime]:
        if not self.slack.troubled:
            return []
        if self.slack.away or self.slack.revoked:
            return [self.now + POKE]
        row = tables.delivery.c
        with self.ctx.db.read() as session:
            times = session.execute(select(func.min(row.retry_real), func.min(row.lease_real))).one()
        self.slack.troubled = any(times)
        ahead = [self.now + (t - self.clock.real_at) + timedelta(seconds=1) for t in times if t]
        return [max(a, self.now + timedelta(seconds=5)) for a in ahead]

    def forget(self, person: Person) -> None:
        """Something happened to them: their hour may be another."""
        self._hours.pop(person.who, None)

    def hour(self, person: Person) -> Hour:
        """Theirs, now."""
        if person.who not in self._hours:
            with self.ctx.db.read() as session:
                self._hours[person.who] = hour_of(person, enrolled(session, person))
        return self._hours[person.who]

    def follow(self, person: Person, before: Hour | None = None) -> None:
        """Find the next date to judge. A date whose hour has passed counts only if it was one before a change."""
        when = self.hour(person)
        day = when.after(person.judged)
        while when.due(day) <= self.now and before is not None and not before.learns(day):
            person.judged, day = day, when.after(day)
        person.due_on, person.due_at = day, when.due(day)

    def arrived(self, who: str, key: str) -> None:
        """A message stands in somebody's DM."""
        person = self.people.get(who)
        if key in self.keys:
            self.break_(who, "the same message twice")
        self.keys.add(key)
        with self.ctx.db.read() as session:
            delivery = deliveries.get(session, TEAM, key)
            if delivery is None or person is None:
                return
            when = hour_of(person, enrolled(session, person))
        if delivery.claimed_date is not None:
            person.settled.add(delivery.claimed_date)
        person.tell(self.now, f"<{delivery.slot}>")
        if delivery.asking_id is not None and delivery.slot is not Slot.REMINDER:
            person.item, person.item_at, person.reminders, person.last_item = key, self.now, 0, self.steps
        if delivery.claimed_date is not None and delivery.slot is not Slot.ASKED:
            for wrong in arrival(person, when, delivery.slot, delivery.claimed_date, self.now):
                self.break_(who, wrong)
            person.came[person.local(self.now).date()] = delivery.slot
            person.reminders += delivery.slot is Slot.REMINDER
            if delivery.last_reminder:
                person.last_word = self.steps
            self.counts[f"sent: {delivery.slot}"] += 1
        self.forget(person)
        if delivery.slot is not Slot.NOTICE:
            Habits(self, person).react(delivery.slot)

    def judge(self, person: Person) -> None:
        """Look at the dates whose hour has come: the reason for nothing, or that there is none."""
        if person.paused and person.until and person.local(self.now).date() >= person.until:
            person.paused, person.free_from, person.until = False, person.until, None
        if person.due_at is None or person.who not in self._hours:
            self.follow(person)
        while person.due_at is not None and person.due_on is not None and person.due_at <= self.now:
            day, due = person.due_on, person.due_at
            person.judged = max(person.judged, day)
            if day not in person.settled:
                self._judge_one(person, day, due)
            self.follow(person)

    def _judge_one(self, person: Person, day: date, due: datetime) -> None:
        with self.ctx.db.read() as session:
            known = facts(session, person)
        why = reason(person, known, hour_of(person, known.enrolments), day, self.now, self.content)
        if why:
            self.counts[f"nothing: {why}"] += 1
        else:
            person.waiting[day] = due

    def _audit(self, *, all_of_it: bool = False) -> None:
        if self.slack.away or self.slack.revoked or any(end > self.now for _, end in self.downtime[-3:]):
            return
        for person in self.people.values():
            for day, due in list(person.waiting.items()):
                if self.now - due > DAY + timedelta(hours=2) or all_of_it:
                    del person.waiting[day]
                    self._settle(person, day, due)

    def _settle(self, person: Person, day: date, due: datetime) -> None:
        with self.ctx.db.read() as session:
            state, problem = recorded(session, person, day)
        if day in person.settled or state is State.SENT:
            return
        if state is State.MISSED:
            self.counts["missed"] += 1
            if not self._excused(person, due):
                self.break_(person.who, f"{day} was missed without a reason ({problem})")
            return
        if state is State.DUE and self.now - due < DAY:
            # the year ends before its hour, which was moved
            return
        why = self._since(person, day, due) if state is None else ""
        if why:
            self.counts[f"nothing: {why}"] += 1
        else:
            self.break_(person.who, f"{day}, due {due:%d %H:%M}, is {state or 'neither sent nor recorded'}")

    def _since(self, person: Person, day: date, due: datetime) -> str:
        """What kept a date's message from coming after it was due, or ""."""
        if person.deleted or just_back(person, due):
            return "unreachable"
        if person.pausing(day) or day < person.free_from or day in person.paused_on:
            return "paused"
        with self.ctx.db.read() as session:
            known = facts(session, person)
        silent_since = known.holds.get("silence")
        if person.item_at is not None and person.local(person.item_at).date() > day:
            # the clock jumped over the date, and what is open came only afterwards
            before = replace(known, open=False)
            if why := reason(person, before, self.hour(person), day, self.now, self.content):
                return why
        if silent_since is not None and silent_since <= due:
            # the host's clock went back over the date, and forward again
            return "silent"
        if person.item_at is not None and person.local(person.item_at).date() == day:
            return "the item came on that date, by the calendar one flew to"
        changed = any(due <= c <= due + DAY * 5 for c in person.changed)
        # a host that wakes hears of new days before its first tick: what was owed by the old ones is forgotten
        return "other days chosen before the host woke" if changed and not self.hour(person).learns(day) else ""

    def _excused(self, person: Person, due: datetime) -> bool:
        end = due + DAY
        changed = any(due - DAY <= c <= end for c in person.changed)
        return changed or any(a <= end and b >= due for a, b in (*self.downtime, *person.trouble))

    def break_(self, who: str, what: str) -> None:
        """A promise didn't hold."""
        person = self.people.get(who)
        if person is None or not person.broken:
            told = f"learner {person.seed} in {person.zone}: {'; '.join(person.told)}: at " if person else f"{who}: "
            when = person.local(self.now) if person else self.now
            self.broken.append(f"{told}{when:%Y-%m-%d %H:%M}: {what}; again: {self.again}")
        if person is not None:
            person.broken = True


def play(part: Part, days: int = 365) -> TickCounts:
    """A group of learners on one host and one database; a year each, unless fewer days are asked for."""
    backend = BACKENDS[part.seeds.start // GROUP % len(BACKENDS)]
    with database(backend, part.place) as url:
        db = Database(url)
        if backend == "sqlite":
            migrate.upgrade(db)
        world = World(db, part.seeds)
        whole = world.live(BEGIN + DAY * days, part.until)
        db.close()
    return TickCounts(len(part.seeds) if whole else 0, tuple(world.broken), dict(world.counts))


YEARS = Figure("years", "simulated years in which every learning date was sent or explained, and none twice",
               "learner-years", 1_000, GROUP, play)  # fmt: skip
