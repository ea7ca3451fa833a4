"""Every zone of the IANA database, every change of its clocks from 2024 to 2037, at every minute of the days around it:
one due instant for each scheduled date, in order, and on that date.

What is expected is worked out from the other side: which wall clock a zone shows at an instant is never in doubt, so
the stretches of one offset are read from instants, and a wall-clock time is looked up in them.
"""

from __future__ import annotations

import time as machine
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import holidays

from bot.domain.agenda import Defaults, hours
from bot.domain.local_time import Hours
from bot.domain.people import Learner
from bot.domain.workdays import country_of
from tests.soak.figure import Figure, Part, TickCounts

FIRST, LAST = date(2024, 1, 1), date(2037, 12, 31)
DAY = timedelta(days=1)
MINUTES = [time(minute // 60, minute % 60) for minute in range(24 * 60)]
ALL_YEAR = (None, time(0), time(0, 30), time(2, 30), time(23, 59))
"""The hours at which every learning date of all the years is looked at; None is the default hour."""
TOLD = 5
"""So many of what is wrong in one zone are told."""
NAMES = sorted(available_timezones())


@dataclass(frozen=True)
class Change:
    """The clocks of a zone go from one offset to another at `at`."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def odd(self) -> bool:
        """Not an hour wide, or not on a whole hour."""
        shown = (self.at + self.before).time()
        return abs(self.after - self.before) != timedelta(hours=1) or bool(shown.minute or shown.second)


@lru_cache(maxsize=8)
def changes(name: str, last: date = LAST) -> tuple[Change, ...]:
    """A zone's changes until the end of a date, found by looking at the offset of instants alone."""
    zone = ZoneInfo(name)

    def offset(at: datetime) -> timedelta:
        found = at.astimezone(zone).utcoffset()
        assert found is not None
        return found

    days = [datetime.combine(FIRST, time(), UTC) + DAY * n for n in range((last - FIRST).days + 2)]
    offsets = [offset(day) for day in days]
    found = []
    for (early, was), (late, becomes) in pairwise(zip(days, offsets, strict=True)):
        if was != becomes:
            low, high = early, late
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
                low, high = (middle, high) if offset(middle) == was else (low, middle)
            found.append(Change(high, was, becomes))
    return tuple(found)


def play(part: Part) -> TickCounts:
    """Some of the zones, in the order of their names."""
    played, broken, counts = 0, list[str](), dict[str, float]()
    for seed in part.seeds:
        if machine.time() > part.until:
            break
        zone = Zone(NAMES[seed % len(NAMES)])
        wrong = list(zone.wrong())
        broken += [f"{said}; again: python -m tests.soak.run --only zones --first {seed} --count 1"
                   for said in wrong[:TOLD]]  # fmt: skip
        played += 1
        for name, count in zone.counts.items():
            counts[name] = counts.get(name, 0) + count
    return TickCounts(played, tuple(broken), counts)


class Zone:
    """One zone being looked at, until the end of a date."""

    def __init__(self, name: str, last: date = LAST) -> None:
        self.name, self.zone, self.last = name, ZoneInfo(name), last
        self.changes = changes(name, last)
        self.counts = {"changes": 0, "dates at an hour": 0, "moved past midnight": 0}

    def wrong(self) -> Iterator[str]:
        """What doesn't hold."""
        for change in self.changes:
            self.counts["changes"] += 1
            yield from self._around(change)
        for at in ALL_YEAR:
            yield from self._through_the_years(at)

    def hours(self, at: time | None) -> Hours:
        """Those of a learner who lives here, with a choice of their own or without."""
        learner = Learner(workspace_id="T1", learner_id="U1", name="Ada", tz=self.name, own_at=at)
        return hours(learner, (), Defaults(time(9)))

    def _around(self, change: Change) -> Iterator[str]:
        first = (change.at - timedelta(seconds=1) + change.before).date() - DAY
        last = (change.at + change.after).date() + DAY
        dates = [first + DAY * n for n in range((last - first).days + 1)]
        for at in MINUTES:
            when = self.hours(at)
            dues = [when.due(day) for day in dates]
            self.counts["dates at an hour"] += len(dates)
            for day, due in zip(dates, dues, strict=True):
                yield from self._one(change, when, day, due)
            yield from self._rising(when, dates, dues)

    def _one(self, change: Change, when: Hours, day: date, due: datetime) -> Iterator[str]:
        where = f"{self.name} {day} {when.at}"
        early = datetime.combine(day, when.at, UTC) - change.before
        late = datetime.combine(day, when.at, UTC) - change.after
        gap = early >= change.at > late
        expected = early if early < change.at or gap else late
        if due != expected:
            yield f"{where} is due at {due:%d %H:%M:%S}, not at {expected:%d %H:%M:%S}"
        shown = due.astimezone(self.zone).replace(tzinfo=None)
        scheduled = datetime.combine(day, when.at)
        if shown != (scheduled + change.after - change.before if gap else scheduled):
            yield f"{where} comes when the clock shows {shown}"
        self.counts["moved past midnight"] += shown.date() != day
        if not due < when.cutoff(day):
            yield f"{where} is missed as soon as it is due"

    def _rising(self, when: Hours, dates: list[date], dues: list[datetime]) -> Iterator[str]:
        for (day, due), (_, following) in pairwise(zip(dates, dues, strict=True)):
            if not due < following:
                yield f"{self.name} {day} {when.at} is due at {due}, the next date at {following}"
            if not when.cutoff(day) < when.cutoff(day + DAY):
                yield f"{self.name} {day} {when.at} ends after the next date"

    def _through_the_years(self, at: time | None) -> Iterator[str]:
        when = self.hours(at)
        expected = self._learning_dates()
        found = list[date]()
        while not found or found[-1] < self.last:
            found += when.learning_days(found[-1] + DAY if found else FIRST)
        found = [day for day in found if day <= self.last]
        self.counts["dates at an hour"] += len(found)
        if found != expected:
            yield f"{self.name}: of the learning dates {sorted(set(found) ^ set(expected))[:3]} differ, or their order"
        dues = [when.due(day) for day in found]
        yield from self._rising(when, found, dues)
        for day, due in zip(found, dues, strict=True):
            shown = due.astimezone(self.zone)
            # what a change of that day moves is looked at by itself
            moved = any(c.at <= due < c.at + DAY for c in self.changes)
            if (shown.date(), shown.time()) != (day, when.at) and not moved:
                yield f"{self.name} {day} {when.at} comes when the clock shows {shown}"

    def _learning_dates(self) -> list[date]:
        country = country_of(self.name, "")
        years = range(FIRST.year, self.last.year + 1)
        off = holidays.country_holidays(country, "ENG" if country == "GB" else None, years=years) if country else {}
        weekend = holidays.country_holidays(country).weekend if country else {5, 6}
        dates = [FIRST + DAY * n for n in range((self.last - FIRST).days + 1)]
        return [day for day in dates if day.weekday() not in weekend and day not in off]


ZONES = Figure(
    "zones", "time zones in which every scheduled date was due once, in order", "zones", len(NAMES), 20, play
)
