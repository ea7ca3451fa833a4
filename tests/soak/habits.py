"""What learners, admins and hosts do in a year, by chance: everything that can move, hold or take a date."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.actions.orders import submit
from bot.actions.preferences import Preferences, preferences, save_preferences
from bot.actions.profiles import changed, meet
from bot.domain.orders import Order, OrderVerb
from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.slack.handlers.commands import read
from bot.slack.handlers.deps import Caller
from bot.slack.handlers.request import dispatch, open_request
from bot.slack.handlers.taps import handler_of
from tests.helpers import ADMIN, TEAM
from tests.soak.year_promises import DAY, Person

if TYPE_CHECKING:
    from tests.soak.years import World

HOMES = (
    "Europe/London", "Europe/Copenhagen", "Europe/Lisbon", "America/New_York", "America/Los_Angeles", "Asia/Tokyo",
    "Asia/Kolkata", "Asia/Dubai", "Africa/Cairo", "America/Sao_Paulo", "Australia/Sydney", "Australia/Lord_Howe",
    "Pacific/Auckland", "Pacific/Chatham", "America/Santiago", "Asia/Jerusalem", "Africa/Casablanca", "UTC",
)  # fmt: skip
FAR = ("Pacific/Kiritimati", "Pacific/Apia", "Pacific/Pago_Pago", "Pacific/Honolulu", "Asia/Tokyo", "America/Anchorage",
       "Pacific/Auckland", "America/Los_Angeles", *HOMES)  # fmt: skip
YEAR = 365.0
HOUR = timedelta(hours=1)


def person_of(seed: int) -> Person:
    """A learner by their seed."""
    dice = random.Random(seed)
    return Person(seed, f"U{seed:06}", dice.choice(HOMES), dice.choice((0.98, 0.9, 0.8, 0.6, 0.3)))


class Habits:
    """What one learner does."""

    def __init__(self, world: World, person: Person) -> None:
        self.world, self.person, self.dice = world, person, world.dice

    def begin(self) -> None:
        """Plan a year."""
        self._order("assign", timedelta(days=self.dice.uniform(0, 20)))
        for times, habit in (
            (9, self._anything_assigned), (2, self._removed), (1, self._restarted), (4, self._another_hour),
            (1, self._other_days), (1, self._other_country), (5, self._travel), (3, self._zone_chosen),
            (3, self._pause_until), (1, self._pause), (6, self._next), (5, self._hello), (0.6, self._leave_company),
            (6, self._quiet), (2, self._go_silent), (1, self._start_by_themselves),
        ):  # fmt: skip
            for _ in range(_often(self.dice, times)):
                self.later(DAY * self.dice.uniform(5, YEAR), habit)

    def later(self, after: timedelta, do: Callable[[], None]) -> None:
        """Do something then, or as soon as host and Slack are there again."""

        def now() -> None:
            if self.world.awake and self.world.slack.works(TEAM):
                # what was owed until now is owed by what held until now
                self.world.judge(self.person)
                before = self.world.hour(self.person)
                do()
                self.world.forget(self.person)
                self.world.follow(self.person, before)
            else:
                self.later(timedelta(minutes=self.dice.uniform(5, 90)), do)

        self.world.at(self.world.now + after, now)

    def react(self, slot: str) -> None:
        """A message came: sooner or later, or never, something is done about it."""
        if not self.person.away and self.dice.random() < self.person.diligence:
            self.later(HOUR * min(30.0, self.dice.expovariate(0.5)) + timedelta(minutes=1), self._answer)

    def _answer(self) -> None:
        if not self.person.item:
            return
        subject = self.person.item
        kind = self.dice.choices(("answer", "read", "known", "later", "not_today", "pause", "hello"),
                                 (76, 7, 4, 5, 4, 1, 3))[0]  # fmt: skip
        if kind == "answer":
            self._tap("answer", subject, str(self.dice.randrange(3)))
            if self.dice.random() < 0.04:
                self._next()
        elif kind == "read":
            self._tap("read", subject)
        elif kind == "hello":
            self._hello()
        else:
            self._tap("more", subject, kind)
            if kind in {"later", "not_today"}:
                self.person.put_off = self.person.local(self.world.now).date()
            if kind == "pause":
                self._paused(None)

    def _tap(self, verb: str, subject: str, argument: str = "") -> None:
        self._tell(f"{verb} {argument}")
        tap = ids.TapMeaning(verb=verb, subject=subject, argument=argument)
        caller = self._caller()
        with self.world.ctx.db.write() as session:
            try:
                dispatch(handler_of(tap), self.world.deps, session, caller, tap, verb)
            except UnknownButtonError as error:
                self.world.break_(self.person.who, f"{verb} is a button that nobody knows: {error}")

    def _type(self, text: str) -> None:
        self._tell(text)
        reading, caller = read("/learn", text), self._caller()
        with self.world.ctx.db.write() as session:
            dispatch(reading.handler, self.world.deps, session, caller, reading.rest, reading.verb)

    def _tell(self, what: str) -> None:
        self.person.tell(self.world.now, what)

    def _caller(self) -> Caller:
        # as what listens to commands does first: who has never been seen is looked up
        meet(self.world.ctx, self.world.slack, TEAM, self.person.who)
        self.person.last_sign = self.world.steps
        return Caller(TEAM, self.person.who, f"request-{next(self.world.numbers)}")

    def _hello(self) -> None:
        self._type("help")

    def _next(self) -> None:
        self._type("next")

    def _start_by_themselves(self) -> None:
        self._tap("begin", f"track-{self.dice.choice((0, 2, 4))}")
        self.person.paused, self.person.until = False, None

    def _pause_until(self) -> None:
        until = self.person.local(self.world.now).date() + DAY * self.dice.randint(1, 25)
        self._type(f"pause until {until.isoformat()}")
        self._paused(until)

    def _pause(self) -> None:
        self._type("pause")
        self._paused(None)

    def _paused(self, until: date | None) -> None:
        self.person.paused, self.person.until = True, until
        self.person.paused_on.add(self.person.local(self.world.now).date())
        if until is None or self.dice.random() < 0.2:
            self.later(DAY * self.dice.uniform(0.1, 20), self._resume)

    def _resume(self) -> None:
        self._type("resume")
        self.person.paused, self.person.until = False, None

    def _go_silent(self) -> None:
        self.person.away = True
        self.later(DAY * self.dice.uniform(3, 40), self._come_back)

    def _come_back(self) -> None:
        self.person.away = False
        self.dice.choice((self._hello, self._next, self._answer))()

    def _prefer(self, **chosen: object) -> None:
        caller = self._caller()
        with self.world.ctx.db.write() as session:
            request = open_request(self.world.deps, session, caller)
            before = preferences(request.state)
            wishes: Preferences = replace(before, **chosen)  # type: ignore[arg-type]
            save_preferences(request.state, wishes)
        self._tell(f"prefers {', '.join(f'{name}={wish}' for name, wish in chosen.items())} instead of {before}")
        self.person.own_at, self.person.own_days = wishes.at, wishes.days
        self.person.own_tz, self.person.own_country = wishes.tz, wishes.country
        self.person.changed.append(self.world.now)

    def _another_hour(self) -> None:
        anywhen = time(self.dice.randrange(24), self.dice.choice((0, 0, 15, 30, 45, 59)))
        self._prefer(at=self.dice.choice((anywhen, anywhen, time(8), time(12), time(17, 30), None)))

    def _other_days(self) -> None:
        some = frozenset(self.dice.sample(range(7), self.dice.randint(1, 7)))
        self._prefer(days=self.dice.choice((some, some, None)))

    def _other_country(self) -> None:
        self._prefer(country=self.dice.choice(("", "DE", "JP", "AE", "IL", None)))

    def _zone_chosen(self) -> None:
        self._prefer(tz=self.dice.choice((*FAR, None)))

    def _travel(self) -> None:
        self._profile(tz=self.dice.choice(FAR))
        if self.dice.random() < 0.7:
            self.later(DAY * self.dice.uniform(0.3, 12), lambda: self._profile(tz=self.dice.choice(FAR)))

    def _profile(self, **said: object) -> None:
        known = self.world.slack.profiles[self.person.who]
        profile = self.world.slack.profiles[self.person.who] = replace(known, **said)  # type: ignore[arg-type]
        with self.world.ctx.db.write() as session:
            changed(session, self.world.ctx, profile, self.world.now)
        self.person.tz, self.person.deleted = profile.tz, profile.deleted
        self._tell(f"is {', '.join(f'{name}={wish}' for name, wish in said.items())} instead of {known.tz}")
        self.person.changed.append(self.world.now)

    def _leave_company(self) -> None:
        """Slack tells only of half of those who go, and of none who come back."""
        profiles, who = self.world.slack.profiles, self.person.who
        if self.dice.random() < 0.5:
            self._profile(deleted=True)
        profiles[who] = replace(profiles[who], deleted=True)
        self.person.deleted, gone = True, self.world.now
        self.later(DAY * self.dice.uniform(0.2, 30), lambda: self._return(gone))

    def _return(self, gone: datetime) -> None:
        profiles, who = self.world.slack.profiles, self.person.who
        profiles[who] = replace(profiles[who], deleted=False)
        self.person.deleted, self.person.back_since = False, self.world.now
        self.person.trouble.append((gone, self.world.now + 2 * DAY))

    def _quiet(self) -> None:
        until = self.world.now + HOUR * self.dice.uniform(1, 16)
        self.world.slack.quiet[self.person.who] = until
        self.person.trouble.append((self.world.now, until))

    def _anything_assigned(self) -> None:
        self._order("assign")

    def _removed(self) -> None:
        self._order("remove")

    def _restarted(self) -> None:
        self._order("assign", restart=True)

    def _order(self, verb: str, after: timedelta = timedelta(0), *, restart: bool = False) -> None:
        def now() -> None:
            dice, world = self.dice, self.world
            today = self.person.local(world.now).date()
            order = Order(
                workspace_id=TEAM, order_id=f"order-{next(world.numbers)}", admin_id=ADMIN, verb=OrderVerb(verb), track_id=f"track-{dice.randrange(6)}", people={"ids": [self.person.who]},
                created_at=world.now, first_day=dice.choice((None, None, today + DAY * dice.randint(1, 20))),
                at=dice.choice((None, None, time(dice.randint(7, 18), 30), time(19))),
                days=dice.choice((None, None, None, frozenset({0, 2, 4}))), restart=restart,
            )  # fmt: skip
            with world.ctx.db.write() as session:
                submit(session, world.ctx, order)
            world.sender.work_off()
            self._tell(f"order: {verb} {order.track_id} from {order.first_day} at {order.at} on {order.days} {restart}")
            self.person.changed.append(world.now)

        self.later(after, now)


def trials(world: World) -> None:
    """What befalls the host and its way to Slack in a year."""
    for times, trial in ((14, _sleep), (8, _cut_off), (12, _lose_replies), (2, _token_fails), (3, _forward), (4, _back),
                         (2, _forward_and_back)):  # fmt: skip
        for _ in range(_often(world.dice, times)):
            world.at(world.now + DAY * world.dice.uniform(2, YEAR), lambda trial=trial: trial(world))  # type: ignore[misc]


def _sleep(world: World) -> None:
    if not world.awake:
        return
    world.awake, began = False, world.now

    def wake() -> None:
        world.awake = True
        world.tell_all(f"(awake after {began:%m-%d %H:%M})")
        world.downtime.append((began, world.now + HOUR))
        if world.dice.random() < 0.4:
            world.restart()

    world.at(world.now + HOUR * min(100, world.dice.expovariate(1 / 14)), wake)


def _cut_off(world: World) -> None:
    world.slack.away, began = True, world.now

    def back() -> None:
        world.tell_all(f"(trouble since {began:%m-%d %H:%M} ends)")
        world.slack.away = False
        world.downtime.append((began, world.now + HOUR))

    world.at(world.now + HOUR * min(60, world.dice.expovariate(1 / 5)), back)


def _lose_replies(world: World) -> None:
    world.slack.lossy, began = 0.7, world.now

    def back() -> None:
        world.tell_all(f"(trouble since {began:%m-%d %H:%M} ends)")
        world.slack.lossy = 0.0
        world.downtime.append((began, world.now + HOUR))

    world.at(world.now + HOUR * world.dice.uniform(1, 8), back)


def _token_fails(world: World) -> None:
    world.slack.revoked, began = True, world.now

    def back() -> None:
        world.tell_all(f"(trouble since {began:%m-%d %H:%M} ends)")
        world.slack.revoked = False
        world.downtime.append((began, world.now + HOUR))

    world.at(world.now + HOUR * world.dice.uniform(1, 80), back)


def _forward(world: World) -> None:
    world.jump(HOUR * world.dice.uniform(1, 70))


def _back(world: World) -> None:
    world.jump(-HOUR * world.dice.uniform(0.2, 70))


def _forward_and_back(world: World) -> None:
    by = HOUR * world.dice.uniform(10, 90)
    world.jump(by)
    world.at(world.now + HOUR * world.dice.uniform(0.1, 5), lambda: world.jump(-by))


def _often(dice: random.Random, times: float) -> int:
    return int(times) + (dice.random() < times % 1)
