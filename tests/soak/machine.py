"""Stories of one learner, made by Hypothesis: each step is done to the bot and told to the model, and then compared."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.soak import acts
from tests.soak.broken import require
from tests.soak.comparing import here
from tests.soak.model_ground import WHO, catalogue_of
from tests.soak.review_steps import LEFT, Reviewing

ZONES = ("Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles", "UTC")
TRACKS = ("abc", "cd", "ab", "ef")
HOURS = (time(7), time(9), time(12, 30), time(17), time(19))
OWN_HOURS = (time(5), time(7), time(9), time(16), time(20), time(22))
DAYS = (None, frozenset(range(5)), frozenset(range(7)), frozenset({0, 2, 4}), frozenset({5, 6}))
tracks = st.sampled_from(TRACKS)
nth = st.integers(0, 5)
WATCHED = timedelta(minutes=1)
"""Long enough for the bot to believe a lease that ran out long ago: another clock may have stored it."""


class Machine(Reviewing):
    """One story."""

    @initialize(track=st.sampled_from([*TRACKS, None]), behind=st.sampled_from([0, 0, 4, 8, 12]), right=st.booleans())
    def begins(self, track: str | None, behind: int, right: bool) -> None:
        """Most stories begin with a track, and many with days of it behind the learner, of which something comes back."""
        if track is not None:
            tell = partial(acts.assigns, self.model, track, None, None, None, False)
            self._order(f"assigns {track}", "assign", track, tell)
            self.days_of_diligence(behind, right=right, review=LEFT, keeps=False)
            if behind:
                self.until_something_is_due(after=1, all_of_it=False)

    # The learner

    @precondition(lambda self: self._items())
    @rule(which=nth, choice=st.integers(0, 2))
    def answers(self, which: int, choice: int) -> None:
        """A choice is tapped, in a message however old."""
        message = self._item(which)
        assert message.asking
        acts.signs_of_life(self.model)
        finished = acts.answers(self.model, message.asking, choice)
        self._act("answers", lambda: self.ground.tap("answer", message.key, str(choice)), finished)

    @precondition(lambda self: here(self) and self.model.open)
    @rule(choice=st.integers(0, 2), then=st.integers(0, 2))
    def answers_what_is_open(self, choice: int, then: int) -> None:
        """As most people do; and the next item, or the next day."""
        message = next(m for m in reversed(self._items()) if m.asking == self.model.open)
        acts.signs_of_life(self.model)
        finished = acts.answers(self.model, str(message.asking), choice)
        self._act("answers what is open", lambda: self.ground.tap("answer", message.key, str(choice)), finished)
        if then:
            self._wait(self.model.now + timedelta(days=then))

    @precondition(lambda self: here(self) and self.model.open)
    @rule()
    def is_done_with_a_day(self) -> None:
        """Reads what is open, and lets a day pass."""
        message = next(m for m in reversed(self._items()) if m.asking == self.model.open)
        acts.signs_of_life(self.model)
        finished = acts.deals_with(self.model, str(message.asking))
        self._act("reads what is open", lambda: self.ground.tap("read", message.key), finished)
        self._wait(self.model.now + timedelta(days=1))

    @rule()
    def a_day_passes(self) -> None:
        """Until the same hour of the next day."""
        self._wait(self.model.now + timedelta(days=1))

    @precondition(lambda self: self._items())
    @rule(which=nth, verb=st.sampled_from(["read", "known"]))
    def reads(self, which: int, verb: str) -> None:
        """*I've read it* or *I know this*."""
        message = self._item(which)
        assert message.asking
        acts.signs_of_life(self.model)
        known = self.model.askings[message.asking]
        finished = [] if known.first is not None else acts.deals_with(self.model, message.asking)
        tap = ("read", message.key) if verb == "read" else ("more", message.key, "known")
        self._act(verb, lambda: self.ground.tap(*tap), finished)

    @precondition(lambda self: self._items())
    @rule(which=nth, verb=st.sampled_from(["later", "not_today"]))
    def puts_off(self, which: int, verb: str) -> None:
        """*Later today* or *Not today*."""
        message = self._item(which)
        assert message.asking
        acts.signs_of_life(self.model)
        (acts.later if verb == "later" else acts.not_today)(self.model, message.asking)
        self._act(verb, lambda: self.ground.tap("more", message.key, verb))

    @precondition(lambda self: self._of("reminder"))
    @rule(which=nth, verb=st.sampled_from(["show", "not_today", "known", "pause"]))
    def taps_reminder(self, which: int, verb: str) -> None:
        """A button of a reminder."""
        found = self._of("reminder")
        message = found[-1 - which % len(found)]
        assert message.asking
        acts.signs_of_life(self.model)
        finished: list[str] = []
        if verb == "known" and self.model.askings[message.asking].first is None:
            finished = acts.deals_with(self.model, message.asking)
        elif verb == "not_today":
            acts.not_today(self.model, message.asking)
        elif verb == "pause":
            acts.pauses(self.model)
        tap = ("show", message.key) if verb == "show" else ("more", message.key, verb)
        self._act(f"{verb} in a reminder", lambda: self.ground.tap(*tap), finished)

    @precondition(lambda self: self._of("welcome"))
    @rule(verb=st.sampled_from(["start", "hour", "not_now"]), hour=st.sampled_from(OWN_HOURS))
    def taps_welcome(self, verb: str, hour: time) -> None:
        """A button of the welcome."""
        message = self._of("welcome")[0]
        acts.signs_of_life(self.model)
        self.model.greeted = True
        if verb == "start":
            self.model.resumed()
            return self._asks("Start", lambda: self.ground.tap("start", message.key), anyway=True)
        if verb == "hour":
            self.model.own_at = hour
            return self._act("another hour", lambda: self.ground.tap("hour", message.key, f"{hour:%H:%M}"))
        acts.pauses(self.model)
        return self._act("not now", lambda: self.ground.tap("not_now", message.key))

    @precondition(here)
    @rule(way=st.sampled_from(["/learn next", "next"]))
    def asks_for_next(self, way: str) -> None:
        """`/learn next`, or the word."""
        acts.signs_of_life(self.model)
        do = (lambda: self.ground.type(way)) if way.startswith("/") else (lambda: self.ground.say(way))
        self._asks(way, do, anyway=False)

    @precondition(lambda self: here(self) and not self.model.paused)
    @rule(days=st.one_of(st.none(), st.integers(1, 20)), way=st.sampled_from(["command", "word", "message"]))
    def pauses(self, days: int | None, way: str) -> None:
        """A pause, for good or until a date."""
        until = self.model.today + timedelta(days=days) if days and way == "command" else None
        acts.signs_of_life(self.model)
        acts.pauses(self.model, until)
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
        acts.signs_of_life(self.model)
        self.model.resumed()
        self._act(way, (lambda: self.ground.type(way)) if way.startswith("/") else (lambda: self.ground.say(way)))

    @precondition(here)
    @rule(text=st.sampled_from(["thank you", "hm", "/learn progress", "/learn settings", "/jargon a"]))
    def shows_life(self, text: str) -> None:
        """Any word."""
        acts.signs_of_life(self.model)
        do = (lambda: self.ground.type(text)) if text.startswith("/") else (lambda: self.ground.say(text))
        self._act(f"says {text}", do)

    @precondition(here)
    @rule(track=st.sampled_from(["abc", "cd", "ef"]))
    def starts(self, track: str) -> None:
        """`/learn start <track>`, and its button."""
        acts.signs_of_life(self.model)
        acts.starts(self.model, track)
        self._asks(f"starts {track}", lambda: self.ground.tap("begin", track), anyway=True, only=track)

    @precondition(here)
    @rule(at=st.sampled_from([None, *OWN_HOURS]), days=st.sampled_from(DAYS), tz=st.sampled_from([None, None, *ZONES]))
    def settles(self, at: time | None, days: frozenset[int] | None, tz: str | None) -> None:
        """The settings are submitted."""
        acts.signs_of_life(self.model)
        self.model.own_at, self.model.own_days, self.model.own_tz = at, days, tz
        paused = self.model.paused
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
        first = None if wait is None else self.model.today + timedelta(days=wait)
        tell = partial(acts.assigns, self.model, track, first, at, days, restart)
        what = f"assigns {track} from={first} at={at} on={days and sorted(days)} restart={restart}"
        self._order(what, "assign", track, tell, first_day=first, at=at, days=days, restart=restart)

    @rule(track=tracks)
    def removes(self, track: str) -> None:
        """A track is removed."""
        self._order(f"removes {track}", "remove", track, lambda _refused: acts.removes(self.model, track))

    @precondition(lambda self: self.orders)
    @rule(which=nth, sure=st.booleans())
    def undoes(self, which: int, sure: bool) -> None:
        """*Undo*, and *Yes* when it asks first."""
        order, told = self.orders[-1 - which % len(self.orders)]
        state = self.ground.undo(order, sure=sure)
        begun = self.model.steps > told.steps
        self._note(f"undo of {order.verb} {order.track_id} (sure={sure}): {state}")
        require(state != "asks" or begun, "undo asks, and nobody has begun")
        if state == "done":
            acts.undoes(self.model, told)
        self._after()

    @rule(item=st.sampled_from("abcdefghij"), how=st.sampled_from(["edit", "edit", "remove"]))
    def edits(self, item: str, how: str) -> None:
        """A lesson gets another wording and another right choice, or is taken out."""
        if how == "edit":
            self.book.items[item] += 1
        elif sum(item in own for own in self.book.tracks.values()) and all(
            own != [item] for own in self.book.tracks.values()
        ):
            acts.drops(self.model, item)
        self.ground.catalogue = catalogue_of(self.book)
        self._note(f"{how} {item}")

    @rule(track=tracks)
    def turns(self, track: str) -> None:
        """A track has another order."""
        self.book.tracks[track].reverse()
        self.ground.catalogue = catalogue_of(self.book)
        self._note(f"{track} is now {self.book.tracks[track]}")

    # The world

    @precondition(lambda self: here(self) and self.ground.repeatable)
    @rule()
    def repeats(self) -> None:
        """Slack sends the last tap again: it is a sign of life and nothing else."""
        acts.signs_of_life(self.model)
        before = len(self.messages)
        self._act("the last tap arrives again", self.ground.repeat)
        came = [m for m in self.messages[before:] if not m.unasked] if not self._troubled() else []
        require(not came, f"a tap that arrived twice brought {[str(m) for m in came]}")

    @rule(tz=st.sampled_from(ZONES))
    def travels(self, tz: str) -> None:
        """The profile's zone changes."""
        self.model.tz = tz
        self._act(f"travels to {tz}", lambda: self.ground.profile(tz=tz))

    @precondition(lambda self: not self.ground.slack.profiles[WHO].deleted)
    @rule(tell=st.booleans())
    def is_deactivated(self, tell: bool) -> None:
        """The account is closed; Slack says so, or posting fails."""
        if tell:
            self.model.unreachable = True
        self._act(f"is deactivated (tell={tell})", lambda: self.ground.profile(deleted=True, tell=tell))

    @precondition(lambda self: self.ground.slack.profiles[WHO].deleted)
    @rule(tell=st.booleans())
    def is_back(self, tell: bool) -> None:
        """The account is open again; Slack says so, or the daily look finds it."""
        self.back_at = self.model.now
        if tell and self.model.unreachable:
            self.model.unreachable = False
            self.model.ended()
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
        self._wait(self.model.now + timedelta(minutes=minutes))

    @rule(days=st.sampled_from([1, 1, 1, 2, 3, 7, 14]))
    def days_pass(self, days: int) -> None:
        """More time passes."""
        self._wait(self.model.now + timedelta(days=days))

    @rule(days=st.integers(1, 3), minutes=st.integers(-30, 120))
    def until_the_hour(self, days: int, minutes: int) -> None:
        """Until about the learner's hour of a day to come."""
        hour = self.model.hour_of(self.model.today + timedelta(days=days))
        if hour is not None and hour + timedelta(minutes=minutes) > self.model.now:
            self._wait(hour + timedelta(minutes=minutes))

    @rule(hours=st.sampled_from([2, 8, 24, 30, 100]))
    def outage(self, hours: int) -> None:
        """The machine sleeps: no tick comes. What was due today and isn't too late comes with the first."""
        before, at = self.model.now, self.model.now + timedelta(hours=hours)
        self._note(f"an outage of {hours} hours")
        today = self.model.local(at).date()
        hour = self.model.hour_of(today)
        self._stuck(before, at)
        missed = hour is not None and before < hour <= at and at + WATCHED < self.model.too_late(today)
        self.ground.stand_still_until(at)
        self.model.now = at
        expected = self._expected(today) if missed else None
        shaky, came = self._troubled(), self._tick(at)
        if shaky:
            # what was left uncertain then is settled once it was watched, after the first look
            self.shaky = True
            came += self._tick(at + WATCHED)
        if missed:
            self._hold_against(expected, came, today)
