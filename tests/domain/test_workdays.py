"""Which country a zone lies in, what is a working day there, and what a holiday."""

from __future__ import annotations

from datetime import date, time
from importlib.resources import files

import pytest

from bot.domain.agenda import Defaults, hours
from bot.domain.local_time import Hours
from bot.domain.people import Enrolment, Learner
from bot.domain.typed_dates import parse_days
from bot.domain.workdays import (
    CLOCKS,
    canonical_zone,
    countries,
    country_of,
    is_holiday,
    other_names,
    working_days,
    zones,
)

DEFAULTS = Defaults(time(9))


def learner(**more: object) -> Learner:
    return Learner(workspace_id="T", learner_id="U", name="", **{"tz": "Europe/London", **more})  # type: ignore[arg-type]


def track(first: str, **more: object) -> Enrolment:
    return Enrolment(workspace_id="T", learner_id="U", track_id=first, first_day=date.fromisoformat(first), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("tz", "locale", "country"), [
    ("Europe/Copenhagen", "en-US", "DK"), ("Asia/Tokyo", "ja-JP", "JP"), ("America/New_York", "en-GB", "US"),
    ("UTC", "da-DK", "DK"), ("UTC", "pt_BR", "BR"), ("UTC", "es-LA", ""), ("UTC", "es_LA", ""), ("UTC", "en-XX", ""), ("UTC", "en", ""), ("UTC", "", ""),
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
    there = Hours(at=time(9), days=parse_days("mon-fri"), tz="Europe/Copenhagen", country="DK")
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


# zone1970.tab names every country that shares a zone's clock: where there are several, this says which a name stands for
MERGED = {
    "AQ": "Antarctica/South_Pole",
    "AS": "Pacific/Samoa US/Samoa",
    "CA": "America/Coral_Harbour America/Montreal America/Nipigon America/Thunder_Bay Canada/Eastern",
    "ER": "Africa/Asmera",
    "FM": "Pacific/Ponape Pacific/Truk Pacific/Yap",
    "GB": "Europe/Belfast GB GB-Eire",
    "IS": "Iceland",
    "JP": "Japan",
    "ML": "Africa/Timbuktu",
    "MM": "Asia/Rangoon",
    "NZ": "NZ",
    "SG": "Singapore",
    "SJ": "Atlantic/Jan_Mayen",
    "US": "US/Arizona",
    "VI": "America/Virgin",
}
STANDS_FOR = {name: country for country, names in MERGED.items() for name in names.split()}


def in_package(name: str) -> list[str]:
    text = files("tzdata").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("name", [name for name in in_package("zones") if name not in zones()])
def test_no_other_name_of_a_zone_lands_in_another_country_than_its_own(name: str) -> None:
    sharing = {row.split("\t")[2]: row.split("\t")[0] for row in in_package("zoneinfo/zone1970.tab")}
    links = [line.split() for line in in_package("zoneinfo/tzdata.zi") if line.startswith("L ")]
    countries_there = sharing.get({old: target for _, target, old in links}.get(name, name), "")
    if name in CLOCKS or not countries_there:
        assert canonical_zone(name) == name
        return
    country = STANDS_FOR.get(name, countries_there)
    assert len(country) == 2, f"{name} shares the clock of {countries_there}: which of them is it? See RENAMED"
    assert zones()[canonical_zone(name)] == country


@pytest.mark.parametrize(("name", "zone", "country"), [
    ("Iceland", "Atlantic/Reykjavik", "IS"), ("Africa/Asmera", "Africa/Asmara", "ER"), ("Pacific/Truk", "Pacific/Chuuk", "FM"),
    ("America/Virgin", "America/St_Thomas", "VI"), ("Atlantic/Jan_Mayen", "Arctic/Longyearbyen", "SJ"),
])  # fmt: skip
def test_the_old_name_of_a_zone_that_was_merged_is_the_place_it_was_renamed_to(
    name: str, zone: str, country: str
) -> None:
    assert (canonical_zone(name), country_of(name, "")) == (zone, country)


def test_a_zone_that_is_a_clocks_name_lies_in_the_locales_country() -> None:
    clocks = ("CET", "EET", "EST", "HST", "MET", "MST", "WET", "UTC")
    assert {country_of(clock, "de-DE") for clock in clocks} == {"DE"}
    assert country_of("CET", "") == ""


def test_the_weekend_of_israel_holds_under_its_zones_old_name() -> None:
    assert working_days(country_of("Asia/Tel_Aviv", "")) == working_days("IL") != working_days("")


def test_the_other_names_of_a_zone_are_found_with_it() -> None:
    names = other_names()
    assert names["Asia/Kolkata"] == ("Asia/Calcutta",)
    assert names["Atlantic/Reykjavik"] == ("Iceland",)
    assert "US/Eastern" in names["America/New_York"]
    assert all(
        canonical_zone(name) == zone for zone, several in names.items() for name in several if name not in CLOCKS
    )
    assert all(list(several) == sorted(several) and zone in zones() for zone, several in names.items())
