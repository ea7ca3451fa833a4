"""Stories of one learner, made by Hypothesis: each step is done to the bot and told to the model, and then compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.store.orders import Order
from tests.soak import acts
from tests.soak.acts import Ordered
from tests.soak.ground import WHO, Ground, catalogue_of
from tests.soak.rules import Book, Came, Rules, require

ZONES = ("Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles", "UTC")
TRACKS = ("abc", "cd", "ab", "ef")
HOURS = (time(7), time(9), time(12, 30), time(17), time(19))
OWN_HOURS = (time(5), time(7), time(9), time(16), time(20), time(22))
DAYS = (None, frozenset(range(5)), frozenset(range(7)), frozenset({0, 2, 4}), frozenset({5, 6}))
tracks = st.sampled_from(TRACKS)
nth = st.integers(0, 5)


def here(machine: Any) -> bool:
    """The learner has an account, and can do something."""
    return not machine.ground.slack.profiles[WHO].deleted


def small_book() -> Book:
    """Four tracks of which three share items."""
    own = {"abc": ["a", "b", "c"], "cd": ["c", "d"], "ab": ["b", "g", "a"], "ef": ["e", "f", "h", "i", "j"]}
    return Book(own, dict.fromkeys("abcdefghij", 0))


class Machine(RuleBasedStateMachine):
    """One story."""

    place = Path()
    """Where its database lies."""
    counted: Callable[[str], None] = staticmethod(lambda _what: None)
    """Called for each step, and for each message that came."""

    def __init__(self) -> None:
        super().__init__()
        self.book = small_book()
        self.ground = Ground(self.book, self.place)
        self.rules = Rules(self.book, self.ground.clock.at)
        self.messages: list[Came] = []
        self.orders: list[tuple[Order, Ordered]] = []
        self.told: list[str] = []
        self.failed = 0
        self.shaky = False
        """Something failed, and what is left of it isn't settled yet."""
        self.back_at: datetime | None = None
        """Since when an account that was closed is open again, and nobody told the bot."""

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.ground.close()

    @initialize(track=st.sampled_from([*TRACKS, None]))
    def begins(self, track: str | None) -> None:
        """Most stories begin with a track."""
        if track is not None:
            told = acts.assigns(self.rules, track, None, None, None, restart=False)
            self._order(f"assigns {track}", "assign", track, told)

    # The learner

    @precondition(lambda self: self._items())
    @rule(which=nth, choice=st.integers(0, 2))
    def answers(self, which: int, choice: int) -> None:
        """A choice is tapped, in a message however old."""
        message = self._item(which)
        assert message.asking
        acts.signs_of_life(self.rules)
        finished = acts.answers(self.rules, message.asking, choice)
        self._act("answers", lambda: self.ground.tap("answer", message.key, str(choice)), finished)

    @precondition(lambda self: self._items())
    @rule(which=nth, verb=st.sampled_from(["read", "known"]))
    def reads(self, which: int, verb: str) -> None:
        """*I've read it* or *I know this*."""
        message = self._item(which)
        assert message.asking
        acts.signs_of_life(self.rules)
        known = self.rules.askings[message.asking]
        finished = [] if known.first is not None else acts.deals_with(self.rules, message.asking)
        tap = ("read", message.key) if verb == "read" else ("more", message.key, "known")
        self._act(verb, lambda: self.ground.tap(*tap), finished)

    @precondition(lambda self: self._items())
    @rule(which=nth, verb=st.sampled_from(["later", "not_today"]))
    def puts_off(self, which: int, verb: str) -> None:
        """*Later today* or *Not today*."""
        message = self._item(which)
        assert message.asking
        acts.signs_of_life(self.rules)
        (acts.later if verb == "later" else acts.not_today)(self.rules, message.asking)
        self._act(verb, lambda: self.ground.tap("more", message.key, verb))

    @precondition(lambda self: self._of("reminder"))
    @rule(which=nth, verb=st.sampled_from(["show", "not_today", "known", "pause"]))
    def taps_reminder(self, which: int, verb: str) -> None:
        """A button of a reminder."""
        found = self._of("reminder")
        message = found[-1 - which % len(found)]
        assert message.asking
        acts.signs_of_life(self.rules)
        finished: list[str] = []
        if verb == "known" and self.rules.askings[message.asking].first is None:
            finished = acts.deals_with(self.rules, message.asking)
        elif verb == "not_today":
            acts.not_today(self.rules, message.asking)
        elif verb == "pause":
            acts.pauses(self.rules)
        tap = ("show", message.key) if verb == "show" else ("more", message.key, verb)
        self._act(f"{verb} in a reminder", lambda: self.ground.tap(*tap), finished)

    @precondition(lambda self: self._of("welcome"))
    @rule(verb=st.sampled_from(["start", "hour", "not_now"]), hour=st.sampled_from(OWN_HOURS))
    def taps_welcome(self, verb: str, hour: time) -> None:
        """A button of the welcome."""
        message = self._of("welcome")[0]
        acts.signs_of_life(self.rules)
        self.rules.greeted = True
        if verb == "start":
            self.rules.resumed()
            return self._asks("Start", lambda: self.ground.tap("start", message.key), anyway=True)
        if verb == "hour":
            self.rules.own_at = hour
            return self._act("another hour", lambda: self.ground.tap("hour", message.key, f"{hour:%H:%M}"))
        acts.pauses(self.rules)
        return self._act("not now", lambda: self.ground.tap("not_now", message.key))

    @precondition(here)
    @rule(way=st.sampled_from(["/learn next", "next"]))
    def asks_for_next(self, way: str) -> None:
        """`/learn next`, or the word."""
        acts.signs_of_life(self.rules)
        do = (lambda: self.ground.type(way)) if way.startswith("/") else (lambda: self.ground.say(way))
        self._asks(way, do, anyway=False)

    @precondition(lambda self: here(self) and not self.rules.paused)
    @rule(days=st.one_of(st.none(), st.integers(1, 20)), way=st.sampled_from(["command", "word", "message"]))
    def pauses(self, days: int | None, way: str) -> None:
        """A pause, for good or until a date."""
        until = self.rules.today + timedelta(days=days) if days and way == "command" else None
        acts.signs_of_life(self.rules)
        acts.pauses(self.rules, until)
        if way == "word":
            return self._act("says pause", lambda: self.ground.say("pause"))
        items = self._items()
        if way == "message" and items:
            return self._act("pauses in a message", lambda: self.ground.tap("more", items[-1].key, "pause"))
        return self._act(f"pauses until {until}", lambda: self.ground.type(f"/learn pause {until or ''}".strip()))

    @precondition(here)
    @rule(way=st.sampled_from(["/learn resume", "resume"]))
    def resumes(self, way: str) -> None:
        """The pause ends."""
        acts.signs_of_life(self.rules)
        self.rules.resumed()
        self._act(way, (lambda: self.ground.type(way)) if way.startswith("/") else (lambda: self.ground.say(way)))

    @precondition(here)
    @rule(text=st.sampled_from(["thank you", "hm", "/learn progress", "/learn settings", "/jargon a"]))
    def shows_life(self, text: str) -> None:
        """Any word."""
        acts.signs_of_life(self.rules)
        do = (lambda: self.ground.type(text)) if text.startswith("/") else (lambda: self.ground.say(text))
        self._act(f"says {text}", do)

    @precondition(here)
    @rule(track=st.sampled_from(["abc", "cd", "ef"]))
    def starts(self, track: str) -> None:
        """`/learn start <track>`, and its button."""
        acts.signs_of_life(self.rules)
        acts.starts(self.rules, track)
        self._asks(f"starts {track}", lambda: self.ground.tap("begin", track), anyway=True, only=track)

    @precondition(here)
    @rule(at=st.sampled_from([None, *OWN_HOURS]), days=st.sampled_from(DAYS), tz=st.sampled_from([None, None, *ZONES]))
    def settles(self, at: time | None, days: frozenset[int] | None, tz: str | None) -> None:
        """The settings are submitted."""
        acts.signs_of_life(self.rules)
        self.rules.own_at, self.rules.own_days, self.rules.own_tz = at, days, tz
        paused = self.rules.paused
        self._act(f"chooses {at} {days and sorted(days)} {tz}",
                  lambda: self.ground.chooses(at, days, tz, paused=paused))  # fmt: skip

    # Admins

    @rule(
        track=tracks,
        wait=st.sampled_from([None, None, None, 0, 1, 3, 9]),
        at=st.sampled_from([None, None, *HOURS]),
        days=st.sampled_from([None, None, *DAYS[1:]]),
        restart=st.sampled_from([False, False, True]),
    )
    def assigns(
        self, track: str, wait: int | None, at: time | None, days: frozenset[int] | None, restart: bool
    ) -> None:
        """A track is assigned, again or anew."""
        first = None if wait is None else self.rules.today + timedelta(days=wait)
        told = acts.assigns(self.rules, track, first, at, days, restart=restart)
        what = f"assigns {track} from={first} at={at} on={days and sorted(days)} restart={restart}"
        self._order(what, "assign", track, told, first_day=first, at=at, days=days, restart=restart)

    @rule(track=tracks)
    def removes(self, track: str) -> None:
        """A track is removed."""
        self._order(f"removes {track}", "remove", track, acts.removes(self.rules, track))

    @precondition(lambda self: self.orders)
    @rule(which=nth, sure=st.booleans())
    def undoes(self, which: int, sure: bool) -> None:
        """*Undo*, and *Yes* when it asks first."""
        order, told = self.orders[-1 - which % len(self.orders)]
        state = self.ground.undo(order, sure=sure)
        begun = self.rules.steps > told.steps
        self._note(f"undo of {order.verb} {order.track_id} (sure={sure}): {state}")
        require(state != "asks" or begun, "undo asks, and nobody has begun")
        if state == "done":
            acts.undoes(self.rules, told)
        self._after()

    @rule(item=st.sampled_from("abcdefghij"), how=st.sampled_from(["edit", "edit", "remove"]))
    def edits(self, item: str, how: str) -> None:
        """A lesson gets another wording and another right choice, or is taken out."""
        if how == "edit":
            self.book.items[item] += 1
        elif sum(item in own for own in self.book.tracks.values()) and all(
            own != [item] for own in self.book.tracks.values()
        ):
            acts.drops(self.rules, item)
        self.ground.catalogue = catalogue_of(self.book)
        self._note(f"{how} {item}")

    @rule(track=tracks)
    def turns(self, track: str) -> None:
        """A track has another order."""
        self.book.tracks[track].reverse()
        self.ground.catalogue = catalogue_of(self.book)
        self._note(f"{track} is now {self.book.tracks[track]}")

    # The world

    @precondition(lambda self: here(self) and self.ground.last)
    @rule()
    def repeats(self) -> None:
        """Slack sends the last tap again: it is a sign of life and nothing else."""
        acts.signs_of_life(self.rules)
        before = len(self.messages)
        self._act("the last tap arrives again", self.ground.repeat)
        came = self.messages[before:] if not self._troubled() else []
        require(not came, f"a tap that arrived twice brought {[str(m) for m in came]}")

    @rule(tz=st.sampled_from(ZONES))
    def travels(self, tz: str) -> None:
        """The profile's zone changes."""
        self.rules.tz = tz
        self._act(f"travels to {tz}", lambda: self.ground.profile(tz=tz))

    @precondition(lambda self: not self.ground.slack.profiles[WHO].deleted)
    @rule(tell=st.booleans())
    def is_deactivated(self, tell: bool) -> None:
        """The account is closed; Slack says so, or posting fails."""
        if tell:
            self.rules.unreachable = True
        self._act(f"is deactivated (tell={tell})", lambda: self.ground.profile(deleted=True, tell=tell))

    @precondition(lambda self: self.ground.slack.profiles[WHO].deleted)
    @rule(tell=st.booleans())
    def is_back(self, tell: bool) -> None:
        """The account is open again; Slack says so, or the daily look finds it."""
        self.back_at = self.rules.now
        if tell and self.rules.unreachable:
            self.rules.unreachable = False
            self.rules.ended()
        self._act(f"is back (tell={tell})", lambda: self.ground.profile(deleted=False, tell=tell))

    @rule()
    def token_changes(self) -> None:
        """The workspace's token fails, or works again."""
        self.ground.slack.bad_token = not self.ground.slack.bad_token
        self._note(f"the token {'fails' if self.ground.slack.bad_token else 'works'}")

    @rule(fate=st.sampled_from(["lost", "swallowed", "busy"]))
    def post_will_fail(self, fate: str) -> None:
        """The next post goes wrong."""
        if not self.ground.slack.next:
            self.ground.slack.next.append(fate)
        self._note(f"the next post is {fate}")

    @rule(minutes=st.sampled_from([1, 20, 60, 185, 400, 700]))
    def minutes_pass(self, minutes: int) -> None:
        """Time passes, and ticks come."""
        self._wait(self.rules.now + timedelta(minutes=minutes))

    @rule(days=st.sampled_from([1, 1, 1, 2, 3, 7, 14]))
    def days_pass(self, days: int) -> None:
        """More time passes."""
        self._wait(self.rules.now + timedelta(days=days))

    @rule(days=st.integers(1, 3), minutes=st.integers(-30, 120))
    def until_the_hour(self, days: int, minutes: int) -> None:
        """Until about the learner's hour of a day to come."""
        hour = self.rules.hour_of(self.rules.today + timedelta(days=days))
        if hour is not None and hour + timedelta(minutes=minutes) > self.rules.now:
            self._wait(hour + timedelta(minutes=minutes))

    @rule(hours=st.sampled_from([2, 8, 24, 30, 100]))
    def outage(self, hours: int) -> None:
        """The machine sleeps: no tick comes. What was due today and isn't too late comes with the first."""
        before, at = self.rules.now, self.rules.now + timedelta(hours=hours)
        self._note(f"an outage of {hours} hours")
        today = self.rules.local(at).date()
        hour = self.rules.hour_of(today)
        self._stuck(before, at)
        missed = hour is not None and before < hour <= at < self.rules.too_late(today)
        self.ground.stand_still_until(at)
        self.rules.now = at
        expected = self.rules.expected(today) if missed else None
        came = self._tick(at)
        if missed:
            self._hold_against(expected, came, today)

    # How

    def _items(self) -> list[Came]:
        return [m for m in self.messages if m.asking and m.slot != "reminder"] if here(self) else []

    def _of(self, slot: str) -> list[Came]:
        return [m for m in self.messages if m.slot == slot] if here(self) else []

    def _item(self, which: int) -> Came:
        found = self._items()
        return found[-1 - which % len(found)] if which > 2 else found[-1]

    def _note(self, what: str) -> None:
        self.told.append(f"{self.rules.local():%a %d %b %H:%M} {what}")
        self.counted("steps")

    def _act(self, what: str, do: Callable[[], object], finished: list[str] | None = None) -> None:
        """Something is done; each track that it finished is closed at once."""
        self._note(what)
        do()
        self.ground.follow()
        came = self._look(during=True)
        closed = sorted(m.track for m in came if m.slot == "closing" and not m.unasked)
        if not self._troubled():
            require(closed == sorted(finished or []), f"closings of {closed}, not of {finished}")
        self._after()

    def _asks(self, what: str, do: Callable[[], object], *, anyway: bool, only: str = "") -> None:
        """The learner asks for an item: it comes, unless one is open. `anyway`: also one that begins later."""
        rules = self.rules
        waits, pending = rules.open is not None, rules.asked_for
        today, ever = rules.candidates(rules.today), rules.candidates(None)
        if only:
            left = rules.left(only)[:1] if rules.enrolled[only].active else []
            ever = {**ever, **{item: {only} for item in left}}
            rules.wanted = set(left)
        rules.asked_for = not waits
        before = set(rules.askings)
        self._act(what, do)
        rules.wanted = set()
        brought = set(rules.askings) - before
        if waits:
            require(not brought, "an item came where one is open")
        elif self._troubled() or pending:
            rules.stuck |= set(ever)
        elif today or (anyway and ever):
            require(brought, f"nothing came; next were {sorted(today or ever)}")
        rules.asked_for = rules.asked_for and self._troubled()

    def _order(self, what: str, verb: str, track: str, told: Ordered, **more: Any) -> None:
        self._note(what)
        order = self.ground.order(verb, track, **more)
        self.ground.follow()
        self._look(during=False)
        self.orders.append((order, told))
        self._after()

    def _wait(self, until: datetime) -> None:
        """Ticks come until then; at each of the learner's hours comes what must."""
        self._note(f"until {self.rules.local(until):%a %d %b %H:%M}")
        for minutes in (1, 5, 10) if self._troubled() else ():
            if self.rules.now + timedelta(minutes=minutes) < until:
                self._to(self.rules.now + timedelta(minutes=minutes))
        while self.rules.now < until:
            day = self.rules.today
            hours = (self.rules.hour_of(day + timedelta(days=n)) for n in range(2))
            hour = next((h for h in hours if h is not None and h > self.rules.now), None)
            if hour is None or hour > until:
                self._to(min(until, self.rules.now + timedelta(hours=12)))
            else:
                self._the_hour(hour)
        self._after()

    def _the_hour(self, hour: datetime) -> None:
        before = hour - timedelta(seconds=1)
        while self.rules.now < before:
            self._to(min(before, self.rules.now + timedelta(hours=12)))
        day = self.rules.local(hour).date()
        if self.rules.hour_of(day) != hour:
            return self._to(hour)
        expected = self.rules.expected(day)
        failed = self.ground.slack.failed
        if self._troubled():
            self.rules.stuck |= set(self.rules.candidates(day))
        came = self._tick(hour)
        if failed != self.ground.slack.failed:
            self.rules.stuck |= set(self.rules.candidates(day))
        return self._hold_against(expected, came, day)

    def _hold_against(self, expected: set[str] | None, came: list[Came], day: date) -> None:
        if expected is None:
            return
        got = {str(m) for m in came if m.unasked} or {""}
        fine = got == {""} if self._troubled() else False
        require(fine or got <= expected, f"on {day:%a %d %b} came {got}, not one of {expected}")

    def _to(self, at: datetime) -> None:
        self._tick(at)

    def _tick(self, at: datetime) -> list[Came]:
        self.ground.tick_at(at)
        self.rules.now = at
        came = self._look(during=False)
        self._sync()
        if not self.ground.slack.trouble and self.ground.slack.failed == self.failed:
            self.shaky = False
        self.failed = self.ground.slack.failed
        return came

    def _stuck(self, after: datetime, until: datetime) -> None:
        """Hours that nobody served: what was on its way then may come first."""
        day = self.rules.local(after).date()
        while day <= self.rules.local(until).date():
            self.rules.stuck |= set(self.rules.candidates(day))
            day += timedelta(days=1)

    def _troubled(self) -> bool:
        if self.ground.slack.trouble or self.ground.slack.failed != self.failed:
            self.shaky = True
        return self.shaky

    def _look(self, *, during: bool) -> list[Came]:
        came = self.ground.arrived()
        for message in came:
            self.counted("messages")
            self.told.append(f"    {self.rules.local(message.at):%a %d %b %H:%M} came {message} for {message.track}")
            self.rules.came(message, during=during)
            self.messages.append(message)
        return came

    # What must hold after each step

    def _sync(self) -> None:
        """Holds end only by what began them. What only Slack can tell, the bot has from it."""
        stored, rules, slack = self.ground.holds(), self.rules, self.ground.slack
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
        stored, rules = self.ground.holds(), self.rules
        paused = "person" in stored and (stored["person"] is None or stored["person"] > rules.today)
        thought = rules.paused and (rules.until is None or rules.until > rules.today)
        require(paused == thought, f"paused: {paused}, and should be {thought}")
        require(rules.silent or "silence" not in stored, "silent, and no second reminder came since a sign of life")
        self._answers_stand()
        for track, (removed, finished) in self.ground.enrolments().items():
            known = rules.enrolled[track]
            require(removed == known.removed, f"{track} removed: {removed}")
            if not removed and track not in rules.closings:
                require(finished == known.finished, f"{track} finished: {finished}")

    def _answers_stand(self) -> None:
        rules, stored = self.rules, self.ground.answers()
        first = {a: k.first for a, k in rules.askings.items() if k.first is not None}
        require({a: c for a, (c, _) in stored.items()} == first, f"answers {stored}, and given were {first}")
        for asking, (choice, right) in stored.items():
            known = rules.askings[asking]
            require(right == (choice == known.version % 3), f"{known.item} graded as {right}")
            shown = self.ground.chosen_in(asking)
            require(shown <= {choice}, f"{known.item} was answered with {choice}, and shows {shown}")
