"""Working days and public holidays, by country.

Holidays are national public ones, as the `holidays` package knows them; a region's or a company's own aren't known.
Which country a zone lies in, and what a country is called, is the IANA time zone database's own statement
(`zone.tab`, `iso3166.tab`), as the `tzdata` package carries it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

MONDAY_TO_FRIDAY = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
NO_COUNTRYS = {"es-LA", "es_LA"}
"""Slack's Spanish of Latin America isn't Lao."""
LISTED_BY_REGION = {"GB": "ENG"}
"""The United Kingdom's holidays without its regions lack Easter Monday; England's stand for it."""
RENAMED = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Antarctica/South_Pole": "Antarctica/McMurdo",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "Iceland": "Atlantic/Reykjavik",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}
"""Old names of places whose zone has since been merged into another country's, to which the database's links lead now.
What each was renamed to is its own statement in `backward` and `backzone`, before the merger; Jan Mayen is Svalbard's
country (SJ)."""
CLOCKS = frozenset({"CET", "EET", "EST", "HST", "MET", "MST", "WET"})
"""Zones that are named after a clock and lie nowhere, as UTC does, though each is a link to some place that has it."""
NOWHERE = ""
"""Instead of a country's code: no holidays, and Monday to Friday."""


def _known() -> Any:
    # it takes longer to import than everything else here together, and a start mustn't wait for it
    import holidays  # noqa: PLC0415

    return holidays


def country_of(tz: str, locale: str) -> str:
    """The country (ISO 3166, two letters) of an IANA zone; where the zone has none, such as UTC, the locale's."""
    said = "" if locale in NO_COUNTRYS else locale.replace("_", "-").partition("-")[2].upper()
    found = zones().get(canonical_zone(tz)) or said
    return found if found in countries() else NOWHERE


def is_holiday(country: str, day: date) -> bool:
    """True on a national public holiday of that country."""
    return bool(country) and day in _holidays(country, day.year)


@lru_cache(maxsize=512)
def working_days(country: str) -> frozenset[int]:
    """The weekdays (Monday is 0) that aren't that country's weekend."""
    if not country:
        return MONDAY_TO_FRIDAY
    return EVERY_DAY - frozenset(_known().country_holidays(country).weekend)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """English names by code, of the countries whose holidays are known, in the order of their names."""
    known = _known().list_supported_countries()
    names = {code: name for code, name in _rows("iso3166.tab") if code in known}
    return dict(sorted(names.items(), key=lambda entry: entry[1]))


def canonical_zone(tz: str) -> str:
    """The name under which a zone is listed today: Asia/Kolkata for Asia/Calcutta, America/New_York for US/Eastern.

    A listed zone keeps its name, though many are links to another country's: Oslo's is Berlin's. A clock's name stays,
    and so does one that leads to no listed zone.
    """
    return tz if tz in CLOCKS else _listed(tz)


def _listed(tz: str) -> str:
    seen, name = set[str](), tz
    while name not in zones() and name in _links() and name not in seen:
        seen.add(name)
        name = _links()[name]
    return name if name in zones() else tz


@lru_cache(maxsize=1)
def zones() -> Mapping[str, str]:
    """The country's code by the zone's name, for every zone that the time zone database lists."""
    return {row[2]: row[0] for row in _rows("zone.tab")}


@lru_cache(maxsize=1)
def other_names() -> Mapping[str, tuple[str, ...]]:
    """The names that lead to a listed zone besides its own, by that zone."""
    found: dict[str, list[str]] = {}
    for name in _links():
        if name not in zones():
            found.setdefault(_listed(name), []).append(name)
    return {zone: tuple(sorted(names)) for zone, names in found.items() if zone in zones()}


@lru_cache(maxsize=1)
def _links() -> Mapping[str, str]:
    """Old and other names of zones, each with what it is a link to."""
    text = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8")
    links = {name: target for _, target, name in (line.split() for line in text.splitlines() if line[:2] == "L ")}
    return links | RENAMED


# by year, and not one growing calendar a country: threads share what is here
@lru_cache(maxsize=4096)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(_known().country_holidays(country, LISTED_BY_REGION.get(country), years=year))


def _rows(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
