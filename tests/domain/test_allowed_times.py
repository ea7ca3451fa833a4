"""The limits of days and hours, which hold for typed commands, dialogs and settings alike."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.domain.allowed_times import DayFault, admins_may_set, first_day_fault, pause_end_fault

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "first_day", "pause_end"),
    [
        (date(2026, 3, 1), DayFault.PASSED, DayFault.PASSED),
        (date(2026, 3, 2), None, DayFault.PASSED),
        (date(2026, 3, 3), None, None),
        (date(2027, 3, 3), None, None),
        (date(2027, 3, 4), DayFault.TOO_FAR, DayFault.TOO_FAR),
    ],
)
def test_a_track_may_begin_today_a_pause_ends_later_and_neither_is_over_a_year_ahead(
    day: date, first_day: DayFault | None, pause_end: DayFault | None
) -> None:
    assert (first_day_fault(day, TODAY), pause_end_fault(day, TODAY)) == (first_day, pause_end)


def test_admins_choose_an_hour_between_seven_and_seven() -> None:
    assert [admins_may_set(at) for at in (time(6, 59), time(7), time(19), time(19, 1))] == [False, True, True, False]
