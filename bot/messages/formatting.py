"""Dates, hours, days and lists, formatted as text."""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.erasing import ERASED, NAME
from bot.domain.workdays import canonical_zone
from bot.view_models import EnrolmentState

HALF_A_YEAR = timedelta(days=183)


def day(when: date, today: date | None = None) -> str:
    """Return a date as in "Tuesday 3 March", with its year if it could be misread from `today`.

    The date is always included, since a message stays in the chat and "Tuesday" is another day a week later.
    """
    named = f"{day_name[when.weekday()]} {when.day} {month_name[when.month]}"
    return f"{named} {when.year}" if today is not None and abs(when - today) > HALF_A_YEAR else named


def dated(when: date) -> str:
    """Return a date as in "3 March 2026"."""
    return f"{when.day} {month_name[when.month]} {when.year}"


def moment(at: datetime, tz: str) -> str:
    """Return an instant in a zone as in "3 March 2026 at 09:30"."""
    there = at.astimezone(ZoneInfo(tz))
    return f"{dated(there.date())} at {hour(there.time())}"


NOT_THAT_DAY = "Anyone who has no lessons that day starts on their next one."
"""A sentence below a first day, which may be a holiday or no learning day for some people."""
STATES = {
    EnrolmentState.ASSIGNED: "not begun",
    EnrolmentState.STARTED: "started",
    EnrolmentState.FINISHED: "finished",
    EnrolmentState.LEFT: "not taking part",
}
"""The states of an enrolment in an admin's words."""


def hour(at: time) -> str:
    """Return a time as in "09:00"."""
    return at.strftime("%H:%M")


def zone(tz: str) -> str:
    """Return a zone's present name with spaces, as in "Asia/Kolkata" also for Asia/Calcutta."""
    return canonical_zone(tz).replace("_", " ")


def weekdays(days: frozenset[int]) -> str:
    """Return weekdays as in "Monday to Friday", "Mondays and Thursdays", "Mondays only" or "every day"."""
    if len(days) == len(day_name):
        return "every day"
    in_a_row = _in_a_row(days)
    return " to ".join(in_a_row) if in_a_row else _each(days)


def on_weekdays(days: frozenset[int]) -> str:
    """Return weekdays as in "on Mondays to Fridays", "on Mondays and Thursdays", "on Mondays only" or "every day".

    It is for an order's days: beside a first day, "Monday to Thursday" could be dates.
    """
    if len(days) == len(day_name):
        return weekdays(days)
    return "on " + (" to ".join(f"{name}s" for name in _in_a_row(days)) or _each(days))


def _in_a_row(days: frozenset[int]) -> tuple[str, ...]:
    """Return the names of the first and last of three or more consecutive days; () for other days."""
    firsts = [d for d in days if (d - 1) % len(day_name) not in days]
    if len(days) < 3 or len(firsts) != 1:
        return ()
    return day_name[firsts[0]], day_name[(firsts[0] + len(days) - 1) % len(day_name)]


def _each(days: frozenset[int]) -> str:
    named = listed([f"{day_name[d]}s" for d in sorted(days)])
    return f"{named} only" if len(days) == 1 else named


def listed(things: Sequence[str]) -> str:
    """Join things as in "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, as in "1 person" or "2 people"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def mention(person_id: str) -> str:
    """Return a mention, which Slack shows with the person's current name."""
    return f"<@{person_id}>" if person_id != ERASED else NAME


MOST_NAMED = 40
"""The people who are mentioned at most; those beyond are counted."""


def mentions(people: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return a list of mentions, cut after the first `most`."""
    shown = [mention(p) for p in people[:most]]
    rest = len(people) - len(shown)
    return ", ".join(shown) + f" and {rest} more" if rest else listed(shown)


def days(first: date, last: date, today: date | None) -> str:
    """Return the first and last of some days in words."""
    if first == last:
        return day(first, today)
    return f"{day(first, today)} to {day(last, today)}"
