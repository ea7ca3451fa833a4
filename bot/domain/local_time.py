"""Local hours and dates turned into instants, one date at a time.

A wall-clock time that a change to summer time skips is moved later by the gap, one that happens twice
is taken at its first happening (PEP 495, `fold=0`). A date that a zone never had, such as 2011-12-30 in
Pacific/Apia, has no instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.workdays import NOWHERE, is_holiday

EARLIEST = time(7)
LATEST = time(20)
LATER_HOURS = 3
LATER_UNTIL = time(17)


def known_zone(name: str | None) -> str:
    """The IANA zone's name if this machine knows it, else "UTC"."""
    try:
        return ZoneInfo(str(name or "UTC")).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def local(at: datetime, tz: str) -> datetime:
    """The instant `at` on the wall clock of `tz`."""
    return at.astimezone(ZoneInfo(tz))


def instant(day: date, at: time, tz: str) -> datetime:
    """The UTC instant at which the wall clock of `tz` shows `at` on `day`."""
    return datetime.combine(day, at, ZoneInfo(tz)).astimezone(UTC)


def week_of(at: datetime, tz: str) -> tuple[datetime, datetime]:
    """The instants between which it is the same week in `tz`, Monday to Sunday; the second is the next week's first."""
    today = local(at, tz).date()
    monday = today - timedelta(days=today.weekday())
    return instant(monday, time(0), tz), instant(monday + timedelta(days=7), time(0), tz)


def exists(day: date, tz: str) -> bool:
    """False for a date that `tz` jumped over."""
    return local(instant(day, time(12), tz), tz).date() == day


@dataclass(frozen=True)
class Hours:
    """When one learner is taught: `at` local in `tz`, on `days` (Monday is 0) but for `country`'s holidays.

    `own`: the learner chose the hour.
    """

    at: time
    days: frozenset[int]
    tz: str
    own: bool = False
    country: str = NOWHERE
    after: timedelta = timedelta(0)
    """So long after the hour a message is due, on the clock on the wall: not everybody's comes in the same moment."""

    def taught_on(self, day: date) -> bool:
        """True on a learning day."""
        return day.weekday() in self.days and exists(day, self.tz) and not is_holiday(self.country, day)

    def due(self, day: date) -> datetime:
        """The instant at which `day`'s message is due."""
        due = datetime.combine(day, self.at) + self.after
        return instant(day, due.time() if due.date() == day else self.at, self.tz)

    def cutoff(self, day: date) -> datetime:
        """The instant from which `day` is missed: 20:00, or an hour after the learner's own later hour."""
        latest = instant(day, LATEST, self.tz)
        if not self.own:
            return latest
        # an hour that has passed, and not what a clock shows: a change of clocks may swallow that hour
        hour_on = self.due(day) + timedelta(hours=1)
        return max(latest, min(hour_on, instant(day, time(23, 59, 59), self.tz)))

    def today(self, now: datetime) -> date:
        """The learner's date."""
        return local(now, self.tz).date()

    def learning_days(self, first: date) -> Iterator[date]:
        """The learning days from `first` on, for a year."""
        for offset in range(366):
            day = first + timedelta(days=offset)
            if self.taught_on(day):
                yield day

    def day_before(self, day: date) -> date:
        """The last learning day before `day`."""
        for offset in range(1, 15):
            earlier = day - timedelta(days=offset)
            if self.taught_on(earlier):
                return earlier
        return day - timedelta(days=1)
