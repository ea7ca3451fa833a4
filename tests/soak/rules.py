"""What one learner can count on, as a model: written from the rules, not from the code that keeps them.

The model is told what people do (`tests/soak/acts.py`) and what comes; it says what may come, and at the learner's
hour what must. Of the bot it knows only public holidays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.workdays import country_of, is_holiday
from tests.soak.broken import require
from tests.soak.reviews import Reviews
from tests.soak.standing import Answer

USUAL_HOUR = time(9)
EARLIEST, LATEST = time(7), time(20)
LATER, LATER_UNTIL = timedelta(hours=3), time(17)
WEEK = frozenset(range(5))
REVIEWS_ALONE = "daily reviews"
UNASKED = frozenset({"welcome", "daily", "reminder", "closing"})


@dataclass
class Book:
    """What is taught: the ids of a track's items in order, and of each item the version and the right choice."""

    tracks: dict[str, list[str]]
    items: dict[str, int]

    def right(self, item: str) -> int:
        """The right choice of the present version."""
        return self.items[item] % 3


@dataclass
class Enrolled:
    """The learner in a track."""

    first: date
    at: time | None = None
    days: frozenset[int] | None = None
    after: int = 0
    finished: bool = False
    removed: bool = False
    mine: bool = False
    """The learner started it, and no admin sees it."""
    told: bool = False
    again: bool = False
    """True once it was removed, put back or restarted: whether it is announced anew isn't said."""
    changes: int = 0

    @property
    def active(self) -> bool:
        """Still to be taught."""
        return not (self.finished or self.removed)


@dataclass
class Asked:
    """One bringing of a question, with all its messages."""

    item: str
    track: str
    version: int
    first: int | None = None
    answer: Answer | None = None
    dealt_with: bool = False
    """Read, known or answered. One that was only skipped can still be."""


@dataclass(frozen=True)
class Came:
    """A message that came."""

    at: datetime
    slot: str
    claimed_date: date | None
    key: str
    asking: str | None = None
    item: str = ""
    track: str = ""
    version: int = 0
    announced: bool = False
    last: bool = False
    reviews: bool = False
    """It brings reviews alone."""

    @property
    def unasked(self) -> bool:
        """Nobody asked for it."""
        return self.slot in UNASKED and (self.slot != "closing" or self.claimed_date is not None)

    def __str__(self) -> str:
        item = " reviews" if self.reviews else f" {self.item}" if self.item else ""
        return f"{self.slot}{item}{' (last)' if self.last else ''}"


@dataclass
class Rules:
    """One learner's standing, as the rules have it."""

    book: Book
    now: datetime
    tz: str = "Europe/London"
    own_tz: str | None = None
    own_at: time | None = None
    own_days: frozenset[int] | None = None
    enrolled: dict[str, Enrolled] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    steps: int = 0
    askings: dict[str, Asked] = field(default_factory=dict)
    open: str | None = None
    """The asking that was brought and is not over."""
    owed: bool = False
    """The open item itself comes next, not a reminder of it."""
    not_before: date = date.min
    later: list[datetime] = field(default_factory=list)
    """When *Later today* may bring the item; once."""
    brought_at: datetime | None = None
    wished_at: datetime | None = None
    """When that was asked for, or came by itself."""
    reminders: int = 0
    paused: bool = False
    until: date | None = None
    was_until: date | None = None
    """The date by which the last pause ended, if it ended by one."""
    silent: bool = False
    unreachable: bool = False
    held: bool = False
    welcomed: bool = False
    greeted: bool = False
    """The welcome was tapped or the first item came."""
    dates: set[date] = field(default_factory=set)
    """Dates that a message has claimed."""
    doubtful: set[date] = field(default_factory=set)
    """Dates of which nobody says whether they are taken: an item was asked for then and came by another date."""
    seen_dates: set[date] = field(default_factory=set)
    """Dates on which something came unasked, on the wall clock of that moment."""
    closings: set[str] = field(default_factory=set)
    """Tracks whose closing is owed without a tap."""
    late_closings: set[str] = field(default_factory=set)
    """Tracks that were finished by a tap while Slack could bring nothing: their closing comes when it can."""
    last_track: str = ""
    last_item: str = ""
    stuck: set[str] = field(default_factory=set)
    """Items that were on their way when something came in between: they may come first."""
    unsure: bool = False
    """One of them may have had its track's turn, and came to nothing."""
    asked_for: datetime | None = None
    """When the learner asked for an item that hasn't come: just now, or while Slack could bring nothing."""
    asked_on: date = date.min
    """The date there, then: the item uses it up."""
    wanted: set[str] = field(default_factory=set)
    """The items of a track that the learner is just starting."""
    reviews: Reviews = field(default_factory=Reviews)
    """What comes back."""

    # Time

    @property
    def zone(self) -> str:
        """Where they are taught."""
        return self.own_tz or self.tz

    def local(self, at: datetime | None = None) -> datetime:
        """The wall clock there."""
        return (at or self.now).astimezone(ZoneInfo(self.zone))

    @property
    def brought_on(self) -> date:
        """When the open item came last, by the calendar where they are now."""
        return self.local(self.brought_at).date() if self.brought_at else date.min

    @property
    def wished_on(self) -> date:
        """When that was asked for, by the same calendar: it used up that date, however late it came."""
        return self.local(self.wished_at).date() if self.wished_at else date.min

    @property
    def today(self) -> date:
        """The date there."""
        return self.local().date()

    def leading(self, name: str) -> set[object]:
        """What the unfinished track says whose first day is earliest, of those that say anything of it: an `at`, or
        days. More than one where the rules don't say which track leads, or whether it is finished already.
        """
        active = [(t, e) for t, e in self.enrolled.items() if e.active]
        sets = [[e for _, e in active], [e for t, e in active if self.left(t)]]
        found: set[object] = set()
        for each in sets:
            saying = [e for e in each if getattr(e, name) is not None]
            first = min((e.first for e in saying), default=None)
            found |= {getattr(e, name) for e in saying if e.first == first} or {None}
        return found

    def hours(self) -> set[time]:
        """The hour; two when the rules don't say which of two tracks leads."""
        if self.own_at is not None:
            return {self.own_at}
        return {at if isinstance(at, time) else USUAL_HOUR for at in self.leading("at")}

    def days(self) -> set[frozenset[int]]:
        """The weekdays."""
        if self.own_days is not None:
            return {self.own_days}
        return {days if isinstance(days, frozenset) else WEEK for days in self.leading("days")}

    def taught(self, day: date) -> set[bool]:
        """Whether it is a learning day."""
        if is_holiday(country_of(self.zone, ""), day):
            return {False}
        return {day.weekday() in days for days in self.days()}

    def hour_of(self, day: date) -> datetime | None:
        """The instant of a date's message; None where the rules don't decide."""
        hours = self.hours()
        if len(hours) > 1:
            return None
        return datetime.combine(day, next(iter(hours)), ZoneInfo(self.zone)).astimezone(UTC)

    def too_late(self, day: date) -> datetime:
        """From then on the day is missed."""
        end = datetime.combine(day, LATEST)
        if self.own_at is not None:
            end = max(end, datetime.combine(day, self.own_at) + timedelta(hours=1))
        end = min(end, datetime.combine(day, time(23, 59, 59)))
        return end.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def day_before(self, day: date) -> date:
        """The learning day before a date, or the date itself when there is none within a fortnight."""
        before = (day - timedelta(days=n) for n in range(1, 15))
        return next((d for d in before if True in self.taught(d)), day)

    # What comes next

    def left(self, track: str) -> list[str]:
        """Items of a track not yet behind the learner, in order."""
        after = self.enrolled[track].after
        return [i for i in self.book.tracks[track] if self.done.get(i, 0) <= after]

    def fair(self, day: date | None) -> dict[str, set[str]]:
        """The items whose turn it is, with the tracks they may come for. `day`: tracks that begin later wait."""
        waiting = {
            t: self.left(t)[0]
            for t, e in self.enrolled.items()
            if e.active and self.left(t) and (day is None or e.first <= day)
        }
        fair = {t: i for t, i in waiting.items() if self.unsure or not self._was_last(t)} or waiting
        found: dict[str, set[str]] = {}
        for track, item in fair.items():
            found.setdefault(item, set()).add(track)
        return found

    def candidates(self, day: date | None) -> dict[str, set[str]]:
        """The same, and what was on its way before and may come first."""
        found = self.fair(day)
        for item in self.stuck:
            owners = {t for t, e in self.enrolled.items() if e.active and item in self.left(t)}
            if owners:
                found.setdefault(item, set()).update(owners)
        return found

    def _was_last(self, track: str) -> bool:
        # an item that several tracks share came for each of them: which one it counted for isn't said
        shared = [t for t, e in self.enrolled.items() if e.active and self.last_item in self.book.tracks[t]]
        return self.last_track == track and len(shared) < 2

    @property
    def willing(self) -> bool:
        """Nothing holds back what wasn't asked for."""
        return not (self.paused or self.silent or self.unreachable or self.held)

    def theirs(self, item: str, *, kept: bool) -> bool:
        """An item is theirs to be asked: a track that wasn't taken from them has it, or they wanted to remember it."""
        mine = [t for t, e in self.enrolled.items() if not e.removed]
        return any(kept or item in self.book.tracks[t] for t in mine)

    @property
    def all_taught(self) -> bool:
        """The last lesson is behind them, and nothing waits."""
        active = any(e.active and self.left(t) for t, e in self.enrolled.items())
        return bool(self.askings or self.reviews.asked) and self.open is None and not active and not self.closings

    def expected(self, day: date) -> set[str] | None:
        """What may come at the hour of a date, as `Came` puts it; "" is nothing. None: the rules don't decide."""
        self.pause_ends(day)
        taught = self.taught(day)
        if not self.willing or taught == {False} or day in self.dates or day in self.seen_dates:
            return {""}
        if len(taught) > 1 or day in self.doubtful:
            return None
        if self.open:
            return self._about_the_open(day)
        if not self.greeted and not self.welcomed:
            return self._welcome(day)
        coming = {f"daily {item}" for item in self.candidates(day)}
        closings = {"closing"} if self.closings else set()
        late = {"closing"} if self.late_closings else set()
        alone = {REVIEWS_ALONE} if self.reviews.may_come_alone(self, day) else set()
        return coming | closings | late | alone | (set() if self.fair(day) or self.closings else {""})

    def _about_the_open(self, day: date) -> set[str]:
        assert self.open
        item = self.askings[self.open].item
        if self.later and max(self.later) < self.now - LATER:
            # what was to come later today found nobody at work, and comes on the next learning day
            return {"", f"daily {item}"}
        if self.later or self.not_before > day or self.wished_on >= day:
            return {""}
        reminder = {"reminder", "reminder (last)"} if self.reminders < 2 else {""}
        coming = {f"daily {item}"} if self.owed else reminder
        # the next learning day after the one on which it was asked for, or after the one on which it came: no rule says
        return coming | {""} if self.brought_on >= day else coming

    def _welcome(self, day: date) -> set[str]:
        first = min(
            (e.first for t, e in self.enrolled.items() if e.active and self.left(t) and not e.mine), default=None
        )
        daily = {f"daily {item}" for item in self.candidates(day)}
        if first is None:
            return daily if self.fair(day) else daily | {""}
        welcome = {"welcome"} if day >= self.day_before(first) else {""}
        return welcome | daily if self.stuck else welcome

    def asks(self, at: datetime) -> bool:
        """What was asked for may still come by itself: on the day it was asked for, or within an hour."""
        if self.asked_for is None:
            return False
        same = self.local(self.asked_for).date() == self.local(at).date()
        return same or at - self.asked_for <= timedelta(hours=1)

    def between(self, items: Iterable[str]) -> None:
        """Something came in between while these were, or may have been, on their way."""
        self.stuck |= set(items)
        self.unsure = self.unsure or bool(self.stuck)

    # What came

    def came(self, message: Came) -> None:
        """Hold a message against the rules.

        Raises:
            RuleBrokenError: it may not have come.
        """
        wished_at = self.asked_for if message.slot == "asked" else None
        if message.unasked:
            self._unasked(message)
            self.reviews.settles()
            if message.reviews and message.claimed_date is not None:
                self.reviews.alone.add(message.claimed_date)
        elif message.slot == "asked" and message.asking:
            self._asked(message)
        if message.slot == "closing":
            self.late_closings.discard(message.track)
        if message.slot == "closing" and message.track in self.closings:
            self.closings.discard(message.track)
            self.enrolled[message.track].finished = True
        if message.slot == "reminder":
            self._reminder(message)
        elif message.asking:
            self._brought(message)
            self.wished_at = wished_at or message.at
        if message.slot == "welcome":
            require(not self.welcomed, "a second welcome")
            require(not self.greeted, "a welcome after the first item")
            self.welcomed = True
            for enrolled in self.enrolled.values():
                enrolled.told = enrolled.told or enrolled.active

    def _unasked(self, message: Came) -> None:
        local = self.local(message.at)
        day, clock = local.date(), local.time()
        self.pause_ends(day)
        require(not self.paused, f"{message} during a pause")
        require(not self.silent, f"{message} during silence")
        require(not self.held, f"{message} while the workspace is held")
        require(True in self.taught(day), f"{message} on {day:%a %d %b}, no learning day")
        require(message.claimed_date == day, f"{message} of {message.claimed_date} came on {day}")
        require(day not in self.dates and day not in self.seen_dates, f"a second message on {day}: {message}")
        earliest = min({EARLIEST, self.own_at or EARLIEST})
        require(clock >= earliest, f"{message} at {clock}")
        require(message.at < self.too_late(day), f"{message} at {clock}, too late")
        if message.slot != "welcome":
            require(clock >= min(self.hours()), f"{message} at {clock}, before its hour")
        self.dates.add(day)
        self.seen_dates.add(day)

    def _asked(self, message: Came) -> None:
        fulfilled = self.asks(message.at) or any(message.at >= at for at in self.later)
        require(fulfilled, f"{message} came and nobody asked for it")
        if self.asked_for and (message.asking != self.open or self.owed):
            on_time = self.local(message.at).date() == self.asked_on
            (self.dates if on_time else self.doubtful).add(self.asked_on)
        self.asked_for = None

    def _reminder(self, message: Came) -> None:
        require(self.open is not None and message.asking == self.open, "a reminder of nothing that is open")
        require(not self.owed, "a reminder where the item itself was owed")
        self.reminders += 1
        require(self.reminders <= 2, "a third reminder")
        require(message.last == (self.reminders == 2), f"reminder {self.reminders} says last={message.last}")
        day = self.local(message.at).date()
        require(day > self.wished_on and day >= self.not_before, f"a reminder on {day}")
        self.silent = message.last

    def _brought(self, message: Came) -> None:
        assert message.asking
        day = self.local(message.at).date()
        known = self.askings.get(message.asking)
        if known is not None:
            require(message.asking == self.open, f"{message} came again and was dealt with")
            require(known.version == message.version, f"{message} came again in another wording")
            if message.slot == "daily":
                missed = any(at < message.at for at in self.later)
                require(self.owed or missed, f"{message} came again, and no hold or wish brought it")
                require(day >= self.not_before, f"{message} came on {day}, before {self.not_before}")
        else:
            self._new(message, day)
        owed = self.owed
        self.brought_at, self.owed, self.later = message.at, False, []
        if known is None or message.slot == "daily" or owed:
            self.reminders = 0

    def _new(self, message: Came, day: date) -> None:
        require(self.open is None, f"{message} came while {self.open and self.askings[self.open].item} is open")
        soon = self.candidates(day)
        fair = soon if message.slot == "daily" or soon.keys() - self.stuck else {**self.candidates(None), **soon}
        if message.item in self.wanted and message.slot == "asked":
            fair = {message.item: {message.track}}
        require(message.item in fair, f"{message} came; next were {sorted(fair)}")
        tracks = fair[message.item]
        fits = message.track in tracks or (message.item in self.stuck and message.track in self.enrolled)
        require(fits, f"{message} came for {message.track}, not for {sorted(tracks)}")
        enrolled = self.enrolled[message.track]
        if not enrolled.again and self.welcomed:
            said = "announced" if message.announced else "not announced"
            require(message.announced != enrolled.told, f"{message} of {message.track}, {said}")
        enrolled.told = True
        self.askings[str(message.asking)] = Asked(message.item, message.track, message.version)
        self.open, self.greeted = message.asking, True
        self.last_track, self.last_item = message.track, message.item
        self.stuck.clear()
        self.unsure = False

    # Holds

    def ended(self) -> None:
        """After a hold the open item comes again at its hour, once, and reminders count anew."""
        if self.open:
            self.owed, self.reminders = True, 0

    def pause_ends(self, day: date) -> None:
        """A pause is over on its date."""
        if self.paused and self.until is not None and self.until <= day:
            until = self.until
            self.resumed()
            self.was_until = until

    def resumed(self) -> None:
        """The pause is over."""
        self.was_until = None
        if self.paused:
            self.paused, self.until = False, None
            self.ended()

    def ends(self) -> None:
        """Tracks in which nothing is left are over: their closing is owed, as no tap brought it about."""
        self.closings |= {t for t, e in self.enrolled.items() if e.active and not self.left(t)}

    def over(self) -> None:
        """The open item holds back nothing any more."""
        self.open, self.owed, self.later, self.reminders = None, False, [], 0
        self.not_before = date.min
