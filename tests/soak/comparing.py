"""How a step of a story is done to the bot, told to the model, and compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from bot.domain.orders import Order
from tests.soak.acts import Ordered
from tests.soak.broken import require
from tests.soak.model_ground import SINGLE, WHO, Ground
from tests.soak.review_comparing import Comparison
from tests.soak.reviews import Review, Reviews
from tests.soak.rules import REVIEWS_ALONE, Asked, Book, Came, Rules

MOMENT = timedelta(milliseconds=1)
A_WEEK = 7
"""The most learning days of a week."""


def here(machine: Any) -> bool:
    """The learner has an account, and can do something."""
    return not machine.ground.slack.profiles[WHO].deleted


def small_book() -> Book:
    """Four tracks of which three share items."""
    own = {"abc": ["a", "b", "c"], "cd": ["c", "d"], "ab": ["b", "g", "a"], "ef": ["e", "f", "h", "i", "j"]}
    return Book(own, dict.fromkeys("abcdefghij", 0))


class Held(RuleBasedStateMachine):
    """A story's ground and model, how a step is done, and what must hold after it."""

    place = Path()
    """Where its database lies."""
    counted: Callable[[str], None] = staticmethod(lambda _what: None)
    """Called for each step, and for each message that came."""

    def __init__(self) -> None:
        super().__init__()
        self.book = small_book()
        self.ground = Ground(self.book, self.place)
        self.model = Rules(self.book, self.ground.clock.at, reviews=Reviews(SINGLE))
        self.reviewed = Comparison(self.ground, self.model)
        self.messages: list[Came] = []
        self.orders: list[tuple[Order, Ordered]] = []
        self.told: list[str] = []
        self.failed, self.failed_at = 0, self.ground.clock.at
        self.waits_in_trouble = 0
        self.alone_of: set[frozenset[int]] = set()
        """The learner's days while reviews could come alone."""
        self.shaky = False
        """Something failed, and what is left of it isn't settled yet."""
        self.back_at: datetime | None = None
        """Since when an account that was closed is open again, and nobody told the bot."""

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.ground.close()

    def _items(self) -> list[Came]:
        return [m for m in self.messages if m.asking and m.slot != "reminder"] if here(self) else []

    def _of(self, slot: str) -> list[Came]:
        return [m for m in self.messages if m.slot == slot] if here(self) else []

    def _item(self, which: int) -> Came:
        found = self._items()
        return found[-1 - which % len(found)] if which > 2 else found[-1]

    def _note(self, what: str) -> None:
        # no two things happen in the same instant
        self.model.now += MOMENT
        self.ground.stand_still_until(self.model.now)
        self.told.append(f"{self.model.local():%a %d %b %H:%M} {what}")
        self.counted("steps")

    def _act(self, what: str, do: Callable[[], object], finished: list[str] | None = None) -> None:
        """Something is done; each track that it finished is closed at once."""
        self._note(what)
        before, owed = set(self.model.closings), set(finished or ())
        do()
        self.ground.follow()
        came = self._look()
        closed = {m.track for m in came if m.slot == "closing" and not m.unasked}
        if self._troubled():
            self.model.late_closings |= owed
        else:
            may = owed | before | self.model.late_closings
            require(owed <= closed <= may, f"closings of {closed}, not of {owed}")
            self.model.late_closings.clear()
        self._after()

    def _asks(self, what: str, do: Callable[[], object], *, anyway: bool, only: str = "") -> None:
        """The learner asks for an item: it comes, unless one is open. `anyway`: also one that begins later."""
        rules = self.model
        waits, pending = rules.open is not None and not rules.owed, rules.asks(rules.now)
        again = rules.open
        today, ever = rules.candidates(rules.today), rules.candidates(None)
        if only:
            left = rules.left(only)[:1] if rules.enrolled[only].active else []
            ever = {**ever, **{item: {only} for item in left}}
            rules.wanted = set(left)
        if rules.asked_for:
            rules.doubtful.add(rules.asked_on)
        rules.asked_for, rules.asked_on = None if waits else rules.now, rules.today
        before = set(rules.askings)
        self._act(what, do)
        rules.wanted = set()
        brought = (set(rules.askings) - before) or (again and not rules.owed)
        if waits:
            require(not set(rules.askings) - before, "an item came where one is open")
        elif self._troubled() or pending:
            rules.between(ever)
        elif today or (anyway and ever):
            require(brought, f"nothing came; next were {sorted(today or ever)}")
        rules.asked_for = rules.asked_for if self._troubled() else None

    def _order(self, what: str, verb: str, track: str, tell: Callable[[bool], Ordered], **more: Any) -> None:
        """An admin's order. `tell`: tells the model of it, and whether it was refused."""
        self._note(what)
        order = self.ground.order(verb, track, **more)
        refused = self.ground.outcome(order) == "deactivated"
        require(not refused or not here(self), "refused as deactivated, with an active account")
        self.orders.append((order, tell(refused)))
        self.ground.follow()
        self._look()
        self._after()

    def _wait(self, until: datetime) -> None:
        """Ticks come until then; at each of the learner's hours comes what must."""
        self._note(f"until {self.model.local(until):%a %d %b %H:%M}")
        self._heals()
        for minutes in (1, 5, 10) if self._troubled() else ():
            if self.model.now + timedelta(minutes=minutes) < until:
                self._to(self.model.now + timedelta(minutes=minutes))
        while self.model.now < until:
            day = self.model.today
            hours = (self.model.hour_of(day + timedelta(days=n)) for n in range(2))
            hour = next((h for h in hours if h is not None and h > self.model.now), None)
            if hour is None or hour > until:
                self._to(min(until, self.model.now + timedelta(hours=12)))
            else:
                self._the_hour(hour)
        self._after()

    def _heals(self) -> None:
        """Trouble doesn't last: most of a story is to be played without it."""
        slack = self.ground.slack
        self.waits_in_trouble = self.waits_in_trouble + 1 if slack.trouble else 0
        if self.waits_in_trouble > 2:
            self.told.append("    Slack and the account are well again, and nobody says so")
            slack.bad_token = False
            slack.next.clear()
            self.ground.profile(deleted=False, tell=False)

    def _the_hour(self, hour: datetime) -> None:
        before = hour - timedelta(seconds=1)
        while self.model.now < before:
            self._to(min(before, self.model.now + timedelta(hours=12)))
        day = self.model.local(hour).date()
        if self.model.hour_of(day) != hour:
            return self._to(hour)
        expected = self._expected(day)
        failed = self.ground.slack.failed
        if self._troubled():
            self.model.between(self.model.candidates(day))
        came = self._tick(hour)
        if failed != self.ground.slack.failed:
            self.model.between(self.model.candidates(day))
        return self._hold_against(expected, came, day)

    def _expected(self, day: date) -> set[str] | None:
        """What may come on a date; None too where a hold may end in the tick itself, which looks at Slack."""
        found_well = self.model.unreachable and here(self)
        return None if self.model.held or found_well else self.model.expected(day)

    def _hold_against(self, expected: set[str] | None, came: list[Came], day: date) -> None:
        if expected is None:
            return
        if any(m.slot == "asked" and m.item for m in came):
            # it was asked for before, and came first
            return
        got = {str(m) for m in came if m.unasked} or {""}
        fine = got == {""} if self._troubled() else False
        require(fine or got <= expected, f"on {day:%a %d %b} came {got}, not one of {expected}")
        self._alone_in_time(expected, got, day)

    def _alone_in_time(self, expected: set[str], got: set[str], day: date) -> None:
        """Where reviews could have come alone, they come within a week; on which of its days isn't said."""
        if True not in self.model.taught(day):
            return
        reviews, could = self.model.reviews, expected == {"", REVIEWS_ALONE}
        days = self.model.days()
        # which days it may be follows from all of the learner's days
        same = len(days) == 1 and days == self.alone_of
        self.alone_of = days
        reviews.idle = reviews.idle + 1 if could and got == {""} and same and not self._troubled() else 0
        require(reviews.idle <= A_WEEK, f"no review came alone on {reviews.idle} learning days in a row")

    def _to(self, at: datetime) -> None:
        self._tick(at)

    def _tick(self, at: datetime) -> list[Came]:
        self.ground.tick_at(at)
        self.model.now = at
        came = self._look()
        self._sync()
        if self.shaky:
            # what was left uncertain before is settled at the beginning of a tick
            self.ground.tick_at(at)
            came += self._look()
            self._sync()
        if not self._troubled() or at >= self.failed_at + timedelta(minutes=10):
            self.shaky = False
        self._troubled()
        return came

    def _stuck(self, after: datetime, until: datetime) -> None:
        """Hours that nobody served: what was on its way then may come first."""
        day = self.model.local(after).date()
        while day <= self.model.local(until).date():
            self.model.between(self.model.candidates(day))
            day += timedelta(days=1)

    def _troubled(self) -> bool:
        slack = self.ground.slack
        if slack.trouble or slack.failed != self.failed:
            self.shaky, self.failed, self.failed_at = True, slack.failed, self.ground.clock.at
        return self.shaky

    def _look(self) -> list[Came]:
        for review in self.reviewed.look():
            self.counted("reviews")
            self.told.append(f"    {self.model.local(review.at):%a %d %b %H:%M} opened: {review}")
        came = self.ground.arrived()
        for message in came:
            self.counted("messages")
            self.told.append(f"    {self.model.local(message.at):%a %d %b %H:%M} came {message} for {message.track}")
            self.model.came(message)
            self.messages.append(message)
        return came

    # What must hold after each step

    def _sync(self) -> None:
        """Holds end only by what began them. What only Slack can tell, the bot has from it."""
        stored, rules, slack = self.ground.holds(), self.model, self.ground.slack
        if "workspace" in stored:
            require(slack.bad_token or rules.held, "the workspace is held, and its token works")
            rules.held = True
        elif rules.held:
            require(not slack.bad_token, "the workspace is held no longer, and its token fails")
            rules.held = False
            rules.ended()
        if "unreachable" in stored:
            require(slack.profiles[WHO].deleted or rules.unreachable, "unreachable with an active profile")
            rules.unreachable = True
        elif rules.unreachable:
            require(not slack.profiles[WHO].deleted, "reachable again with a deactivated profile")
            rules.unreachable = False
            rules.ended()

    def _after(self) -> None:
        require(not self.ground.faults.said, f"the log says {self.ground.faults.said}")
        self._sync()
        stored, rules = self.ground.holds(), self.model
        if not rules.paused and rules.was_until and stored.get("person") == rules.was_until > rules.today:
            # its date had come, and lies ahead again for somebody who flew west
            rules.paused, rules.until = True, rules.was_until
        paused = "person" in stored and (stored["person"] is None or stored["person"] > rules.today)
        thought = rules.paused and (rules.until is None or rules.until > rules.today)
        require(paused == thought, f"paused: {paused}, and should be {thought}")
        require(rules.silent or "silence" not in stored, "silent, and no second reminder came since a sign of life")
        self._answers_stand()
        self.reviewed.stands()
        for track, (removed, finished) in self.ground.enrolments().items():
            known = rules.enrolled[track]
            require(removed == known.removed, f"{track} removed: {removed}")
            if not removed and track not in rules.closings:
                require(finished == known.finished, f"{track} finished: {finished}")

    def _answers_stand(self) -> None:
        rules, stored = self.model, self.ground.answers()
        every: dict[str, Asked | Review] = {**rules.askings, **rules.reviews.asked}
        first = {a: k.first for a, k in every.items() if k.first is not None}
        require({a: c for a, (c, _) in stored.items()} == first, f"answers {stored}, and given were {first}")
        for asking, (choice, right) in stored.items():
            known = every[asking]
            require(right == (choice == known.version % 3), f"{known.item} graded as {right}")
            if isinstance(known, Review):
                continue
            shown = self.ground.chosen_in(asking)
            require(shown <= {choice}, f"{known.item} was answered with {choice}, and shows {shown}")
