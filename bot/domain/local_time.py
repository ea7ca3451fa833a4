"""Local hours and dates, converted into instants date by date.

A wall-clock time that a change to summer time skips is moved later by the gap. One that happens twice means its first
occurrence (PEP 495, `fold=0`). A date that a zone skipped, such as 2011-12-30 in Pacific/Apia, has no instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.quiet_days import QuietSpan
from bot.domain.workdays import NOWHERE, is_holiday

EARLIEST = time(7)
LATEST = time(20)
LATER_HOURS = 3
LATER_UNTIL = time(17)


def known_zone(name: str | None) -> str:
    """Return the IANA zone's name if this machine has its data, else "UTC"."""
    try:
        return ZoneInfo(str(name or "UTC")).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def local(at: datetime, tz: str) -> datetime:
    """Convert the instant `at` into the local time of `tz`."""
    return at.astimezone(ZoneInfo(tz))


def by_day(at: datetime, tz: str) -> datetime:
    """Return the instant itself between 07:00 and 20:00 there, else the next 09:00: for a note that can wait."""
    there = local(at, tz)
    if EARLIEST <= there.time() < LATEST:
        return at
    day = there.date() + timedelta(days=1) if there.time() >= LATEST else there.date()
    return instant(day, time(9), tz)


def instant(day: date, at: time, tz: str) -> datetime:
    """Return the UTC instant at which the wall clock of `tz` shows `at` on `day`."""
    return datetime.combine(day, at, ZoneInfo(tz)).astimezone(UTC)


def week_of(at: datetime, tz: str) -> tuple[datetime, datetime]:
    """Return the first instant of the week (Monday to Sunday) of `at` in `tz`, and the first of the next week."""
    today = local(at, tz).date()
    monday = today - timedelta(days=today.weekday())
    return instant(monday, time(0), tz), instant(monday + timedelta(days=7), time(0), tz)


def exists(day: date, tz: str) -> bool:
    """Return False for a date that `tz` skipped."""
    return local(instant(day, time(12), tz), tz).date() == day


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hour and days of one learner's lessons: `at` local in `tz`, on `days` (Monday is 0) except `country`'s
    holidays and the workspace's quiet days.

    `own`: the learner chose the hour.
    """

    at: time
    days: frozenset[int]
    tz: str
    own: bool = False
    country: str = NOWHERE
    offset: timedelta = timedelta(0)
    """The time after the hour at which a message is due, so that not all learners' messages are due at once."""
    quiet: tuple[QuietSpan, ...] = ()
    """The quiet days of the workspace."""

    def taught_on(self, day: date) -> bool:
        """Return True if `day` is a learning day."""
        weekday = day.weekday() in self.days and exists(day, self.tz) and not is_holiday(self.country, day)
        return weekday and not any(span.has(day) for span in self.quiet)

    def due(self, day: date) -> datetime:
        """Return the instant, UTC, at which `day`'s message is due."""
        due = datetime.combine(day, self.at) + self.offset
        return instant(day, due.time() if due.date() == day else self.at, self.tz)

    def cutoff(self, day: date) -> datetime:
        """Return the instant from which `day`'s message is too late: 20:00, or an hour after the learner's own later
        hour.
        """
        latest = instant(day, LATEST, self.tz)
        if not self.own:
            return latest
        # an elapsed hour, not one on the wall clock, since a change of clocks may skip that one
        hour_on = self.due(day) + timedelta(hours=1)
        return max(latest, min(hour_on, instant(day, time(23, 59, 59), self.tz)))

    def today(self, now: datetime) -> date:
        """Return the learner's local date."""
        return local(now, self.tz).date()

    def learning_days(self, first: date) -> Iterator[date]:
        """Yield the learning days of a year from `first` on."""
        for offset in range(366):
            day = first + timedelta(days=offset)
            if self.taught_on(day):
                yield day

    def day_before(self, day: date) -> date:
        """Return the last learning day before `day`."""
        for offset in range(1, 15):
            earlier = day - timedelta(days=offset)
            if self.taught_on(earlier):
                return earlier
        return day - timedelta(days=1)


def month_of(at: datetime) -> date:
    """Return the first of the month that an instant is in, UTC."""
    return at.astimezone(UTC).date().replace(day=1)
