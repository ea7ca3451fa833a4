"""Local hours become instants; changes of summer time and zones skip nothing and double nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.local_time import Hours, by_day, exists, instant, known_zone, local, week_of
from bot.domain.quiet_days import QuietSpan
from bot.domain.typed_dates import parse_days

WORKDAYS = parse_days("mon-fri")


def test_an_hour_that_spring_skips_comes_later_by_the_gap() -> None:
    due = instant(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    assert local(due, "Europe/Berlin") == local(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "Europe/Berlin")
    assert local(due, "Europe/Berlin").time() == time(3, 30)


def test_an_hour_that_autumn_repeats_comes_at_its_first_happening() -> None:
    due = instant(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_midnight_that_cairo_skips_stays_on_its_date() -> None:
    due = instant(date(2026, 4, 24), time(0, 0), "Africa/Cairo")
    assert local(due, "Africa/Cairo").date() == date(2026, 4, 24)


def test_a_date_that_a_zone_jumped_over_does_not_exist() -> None:
    assert not exists(date(2011, 12, 30), "Pacific/Apia")
    assert exists(date(2011, 12, 29), "Pacific/Apia")
    days = list(Hours(at=time(9), days=frozenset(range(7)), tz="Pacific/Apia").learning_days(date(2011, 12, 29)))
    assert days[:2] == [date(2011, 12, 29), date(2011, 12, 31)]


def test_in_every_zone_and_at_awkward_hours_each_date_of_2026_is_due_once_and_in_order() -> None:
    for tz in sorted(available_timezones()):
        for at in (time(0), time(0, 30), time(2, 30), time(9)):
            dues = [instant(date(2026, 1, 1) + timedelta(days=n), at, tz) for n in range(365)]
            assert all(a < b for a, b in pairwise(dues)), (tz, at)
            assert all(local(due, tz).date() == date(2026, 1, 1) + timedelta(days=n) for n, due in enumerate(dues)), tz


def test_a_missed_hour_can_be_caught_up_until_eight_in_the_evening() -> None:
    hours = Hours(at=time(9), days=WORKDAYS, tz="Europe/London")
    assert hours.cutoff(date(2026, 3, 2)) == datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "until"), [(time(21), time(22)), (time(23, 30), time(23, 59, 59)), (time(6), time(20))]
)
def test_an_own_later_hour_can_be_caught_up_for_an_hour_before_midnight(own: time, until: time) -> None:
    hours = Hours(at=own, days=WORKDAYS, tz="Europe/London", own=True)
    assert local(hours.cutoff(date(2026, 3, 2)), "Europe/London").time() == until


def test_an_own_hour_that_spring_skips_late_in_the_evening_isnt_missed_as_soon_as_it_is_due() -> None:
    hours = Hours(at=time(22), days=frozenset(range(7)), tz="Pacific/Easter", own=True)
    skipped = date(2024, 9, 7)
    assert local(hours.due(skipped), hours.tz).time() == time(23)
    assert local(hours.cutoff(skipped), hours.tz).time() == time(23, 59, 59)


def test_the_learning_day_before_a_monday_is_the_friday() -> None:
    assert Hours(at=time(9), days=WORKDAYS, tz="UTC").day_before(date(2026, 3, 9)) == date(2026, 3, 6)


def test_a_zone_nobody_knows_becomes_utc() -> None:
    assert known_zone("Mars/Olympus") == "UTC"
    assert known_zone(None) == "UTC"
    assert known_zone("Asia/Tokyo") == "Asia/Tokyo"


def test_a_week_begins_at_midnight_on_its_monday_where_the_learner_is() -> None:
    start, end = datetime(2026, 3, 2, 5, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC)
    # clocks change in New York on the Sunday of that week
    for at in (start, start + timedelta(days=3), end - timedelta(seconds=1)):
        assert week_of(at, "America/New_York") == (start, end)
    assert week_of(end, "America/New_York")[0] == end


def test_where_no_learning_day_comes_before_it_is_simply_the_day_before() -> None:
    nobody = Hours(at=time(9), days=frozenset(), tz="UTC")
    assert nobody.day_before(date(2026, 3, 9)) == date(2026, 3, 8)
    assert list(nobody.learning_days(date(2026, 3, 9))) == []
    weekly = Hours(at=time(9), days=parse_days("thu"), tz="UTC", country="US")
    # Thanksgiving lies between
    assert weekly.day_before(date(2026, 12, 3)) == date(2026, 11, 19)


def test_learning_days_are_looked_for_a_year_ahead() -> None:
    days = list(Hours(at=time(9), days=frozenset(range(7)), tz="UTC").learning_days(date(2026, 3, 2)))
    assert (len(days), days[0], days[-1]) == (366, date(2026, 3, 2), date(2027, 3, 2))


def test_a_message_is_due_within_the_spread_after_the_hour_and_never_on_the_next_date() -> None:
    hours = Hours(at=time(9), days=WORKDAYS, tz="Asia/Tokyo", offset=timedelta(minutes=5))
    assert hours.due(date(2026, 3, 2)) == datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
    late = replace(hours, at=time(23, 58))
    assert late.due(date(2026, 3, 2)) == datetime(2026, 3, 2, 14, 58, tzinfo=UTC)


def test_the_date_is_the_one_where_the_learner_is() -> None:
    hours = Hours(at=time(9), days=WORKDAYS, tz="Asia/Tokyo")
    assert [hours.today(datetime(2026, 3, 2, hour, tzinfo=UTC)) for hour in (14, 15)] == [
        date(2026, 3, 2),
        date(2026, 3, 3),
    ]


def test_quiet_days_are_no_learning_days_from_the_first_to_the_last() -> None:
    span = QuietSpan(workspace_id="T", span_id="S", first=date(2026, 3, 3), last=date(2026, 3, 5), admin_id="A")
    hours = Hours(at=time(9), days=WORKDAYS, tz="UTC", quiet=(span, replace(span, first=span.last)))
    assert [hours.taught_on(date(2026, 3, day)) for day in range(2, 7)] == [True, False, False, False, True]


def test_a_default_hour_late_in_the_day_is_too_late_from_eight_on_however_it_is_spread() -> None:
    hours = Hours(at=time(19), days=WORKDAYS, tz="Europe/London", offset=timedelta(minutes=5))
    assert hours.cutoff(date(2026, 3, 2)) == datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "before"), [(date(2026, 3, 3), date(2026, 3, 2)), (date(2026, 3, 2), date(2026, 3, 15))]
)
def test_the_learning_day_before_is_looked_for_two_weeks_back(first: date, before: date) -> None:
    quiet = QuietSpan(workspace_id="T", span_id="S", first=first, last=date(2026, 3, 15), admin_id="A")
    hours = Hours(at=time(9), days=frozenset(range(7)), tz="UTC", quiet=(quiet,))
    assert hours.day_before(date(2026, 3, 16)) == before


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-02 06:59", "2026-03-02 09:00"),
        ("2026-03-02 07:00", "2026-03-02 07:00"),
        ("2026-03-02 19:59", "2026-03-02 19:59"),
        ("2026-03-02 20:00", "2026-03-03 09:00"),
    ],
)
def test_a_note_that_can_wait_comes_by_day(at: str, due: str) -> None:
    zone = ZoneInfo("America/New_York")
    there, then = (datetime.fromisoformat(each).replace(tzinfo=zone) for each in (at, due))
    assert by_day(there.astimezone(UTC), "America/New_York") == then
