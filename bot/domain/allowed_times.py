"""Limits of the days and hours that people may choose, the same for commands, dialogs, typed messages and settings."""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import Enum, auto

from bot.domain.local_time import EARLIEST

LAST_FOR_ADMINS = time(19)
MAX_AHEAD = timedelta(days=366)
"""A date further ahead is taken for a mistake."""


class DayFault(Enum):
    """The reasons why a day can't be chosen."""

    PASSED = auto()
    TOO_FAR = auto()


def first_day_fault(day: date, today: date) -> DayFault | None:
    """Return the reason why an assignment can't begin on `day`, or None. Both dates are local to the admin."""
    if day < today:
        return DayFault.PASSED
    return DayFault.TOO_FAR if day > today + MAX_AHEAD else None


def pause_end_fault(day: date, today: date) -> DayFault | None:
    """Return the reason why a pause can't end on `day`, or None. Both dates are local to the learner."""
    return DayFault.PASSED if day == today else first_day_fault(day, today)


def admins_may_set(at: time) -> bool:
    """Return True if an admin or the settings may choose this hour for others. Learners may choose other hours."""
    return EARLIEST <= at <= LAST_FOR_ADMINS
