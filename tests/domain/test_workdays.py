"""Which country a zone lies in, what is a working day there, and what a holiday."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.domain.agenda import Defaults, hours
from bot.domain.people import Enrolment, Learner
from bot.domain.reading import parse_days
from bot.domain.timing import Hours
from bot.domain.workdays import canonical_zone, countries, country_of, is_holiday, working_days, zones

DEFAULTS = Defaults(time(9))


def learner(**more: object) -> Learner:
    return Learner("T", "U", "", **{"tz": "Europe/London", **more})  # type: ignore[arg-type]


def track(first: str, **more: object) -> Enrolment:
    return Enrolment("T", "U", first, date.fromisoformat(first), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("tz", "locale", "country"), [
    ("Europe/Copenhagen", "en-US", "DK"), ("Asia/Tokyo", "ja-JP", "JP"), ("America/New_York", "en-GB", "US"),
    ("UTC", "da-DK", "DK"), ("UTC", "pt_BR", "BR"), ("UTC", "es-LA", ""), ("UTC", "en", ""), ("UTC", "", ""),
    ("US/Eastern", "en-US", "US"),
])  # fmt: skip
def test_the_country_is_that_of_the_zone_and_the_locales_where_the_zone_has_none(
    tz: str, locale: str, country: str
) -> None:
    assert country_of(tz, locale) == country


@pytest.mark.parametrize(("country", "day", "holiday"), [
    ("GB", "2026-12-25", True), ("GB", "2026-12-24", False), ("GB", "2026-04-06", True), ("DK", "2026-05-14", True), ("JP", "2026-03-20", True),
    ("US", "2026-11-26", True), ("", "2026-12-25", False),
])  # fmt: skip
def test_holidays_are_national_ones(country: str, day: str, holiday: bool) -> None:
    assert is_holiday(country, date.fromisoformat(day)) is holiday


def test_working_days_are_the_countrys() -> None:
    assert working_days("DK") == parse_days("mon-fri")
    assert working_days("SA") == parse_days("sun-thu")
    assert working_days("") == parse_days("mon-fri")


def test_countries_have_english_names_in_order() -> None:
    names = list(countries().values())
    assert countries()["DK"] == "Denmark"
    assert names == sorted(names)
    assert len(names) > 200


def test_a_holiday_is_no_learning_day_and_the_day_before_skips_it() -> None:
    there = Hours(time(9), parse_days("mon-fri"), "Europe/Copenhagen", country="DK")
    days = there.learning_days(date(2026, 4, 1))
    assert [next(days), next(days)] == [date(2026, 4, 1), date(2026, 4, 7)]
    assert there.day_before(date(2026, 4, 7)) == date(2026, 4, 1)


def test_own_days_come_before_the_tracks_and_those_before_the_defaults_and_the_countrys() -> None:
    riyadh = learner(tz="Asia/Riyadh")
    assert hours(riyadh, (), DEFAULTS).days == parse_days("sun-thu")
    assert hours(riyadh, (), Defaults(time(9), parse_days("mon-fri"))).days == parse_days("mon-fri")
    two = (track("2026-03-09", days=parse_days("fri")), track("2026-03-02", days=parse_days("mon,tue"), at=time(8)))
    assert hours(riyadh, two, DEFAULTS).days == parse_days("mon,tue")
    assert hours(riyadh, two, DEFAULTS).at == time(8)
    assert hours(learner(own_days=parse_days("wed")), two, DEFAULTS).days == parse_days("wed")


def test_hour_and_days_may_come_from_two_tracks() -> None:
    found = hours(learner(), (track("2026-03-02", at=time(8)), track("2026-03-09", days=parse_days("fri"))), DEFAULTS)
    assert (found.at, found.days) == (time(8), parse_days("fri"))


def test_who_chose_a_zone_or_a_country_or_none_is_taught_by_that() -> None:
    assert hours(learner(own_tz="Asia/Tokyo"), (), DEFAULTS).country == "JP"
    assert hours(learner(own_country="DK"), (), DEFAULTS).country == "DK"
    assert hours(learner(own_country=""), (), DEFAULTS).country == ""


@pytest.mark.parametrize(
    ("name", "zone", "country"),
    [
        ("Asia/Calcutta", "Asia/Kolkata", "IN"), ("Asia/Tel_Aviv", "Asia/Jerusalem", "IL"), ("US/Eastern", "America/New_York", "US"),
        ("Europe/Kiev", "Europe/Kyiv", "UA"), ("Japan", "Asia/Tokyo", "JP"), ("GB", "Europe/London", "GB"),
        ("Europe/Oslo", "Europe/Oslo", "NO"), ("UTC", "UTC", ""), ("Mars/Olympus", "Mars/Olympus", ""),
    ],
)  # fmt: skip
def test_a_zone_under_another_name_lies_in_the_country_of_the_listed_one(name: str, zone: str, country: str) -> None:
    assert (canonical_zone(name), country_of(name, "")) == (zone, country)


def test_every_listed_zone_keeps_its_own_name_and_country() -> None:
    assert all(canonical_zone(zone) == zone for zone in zones())
    assert all(country_of(zone, "") in {code, ""} for zone, code in zones().items())


def test_the_weekend_of_israel_holds_under_its_zones_old_name() -> None:
    assert working_days(country_of("Asia/Tel_Aviv", "")) == working_days("IL") != working_days("")
