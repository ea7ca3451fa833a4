"""How dates, hours, days and lists of things are said."""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.domain.workdays import canonical_zone

HALF_A_YEAR = timedelta(days=183)


def day(when: date, today: date | None = None) -> str:
    """Tuesday 3 March; with its year where that could be meant otherwise, seen from `today`.

    Always with the date: a message stays in the chat, where "Tuesday" is another day a week later.
    """
    named = f"{day_name[when.weekday()]} {when.day} {month_name[when.month]}"
    return f"{named} {when.year}" if today is not None and abs(when - today) > HALF_A_YEAR else named


def dated(when: date) -> str:
    """3 March 2026."""
    return f"{when.day} {month_name[when.month]} {when.year}"


NOT_THAT_DAY = "Anyone who has no lessons that day starts on their next one."
"""Below a first day, whose it is told: it may be a public holiday of somebody's, or none of their days."""
STATES = {"assigned": "not begun", "started": "started", "finished": "finished", "left": "not taking part"}
"""How an admin reads of where somebody is in a track."""


def hour(at: time) -> str:
    """09:00."""
    return at.strftime("%H:%M")


def zone(tz: str) -> str:
    """Asia/Kolkata, also where Slack or an earlier choice has the name that it had before."""
    return canonical_zone(tz).replace("_", " ")


def weekdays(days: frozenset[int]) -> str:
    """Monday to Friday; Mondays and Thursdays; Mondays only; every day."""
    if len(days) == len(day_name):
        return "every day"
    in_a_row = _in_a_row(days)
    return " to ".join(in_a_row) if in_a_row else _each(days)


def on_weekdays(days: frozenset[int]) -> str:
    """On Mondays to Fridays; on Mondays and Thursdays; on Mondays only; every day.

    For the days of an order, which has a first day too: "Monday to Thursday" could be dates.
    """
    if len(days) == len(day_name):
        return weekdays(days)
    return "on " + (" to ".join(f"{name}s" for name in _in_a_row(days)) or _each(days))


def _in_a_row(days: frozenset[int]) -> tuple[str, ...]:
    """The names of the first and the last of three or more days that follow each other, () for others."""
    firsts = [d for d in days if (d - 1) % len(day_name) not in days]
    if len(days) < 3 or len(firsts) != 1:
        return ()
    return day_name[firsts[0]], day_name[(firsts[0] + len(days) - 1) % len(day_name)]


def _each(days: frozenset[int]) -> str:
    named = listed([f"{day_name[d]}s" for d in sorted(days)])
    return f"{named} only" if len(days) == 1 else named


def listed(things: Sequence[str]) -> str:
    """a, b and c."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 person, 2 people."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def mention(person_id: str) -> str:
    """A person as Slack shows them, with their current name."""
    return f"<@{person_id}>"


def mentions(people: Sequence[str], most: int = 40) -> str:
    """People, the first of many."""
    shown = [mention(p) for p in people[:most]]
    rest = len(people) - len(shown)
    return ", ".join(shown) + f" and {rest} more" if rest else listed(shown)
