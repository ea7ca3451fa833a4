"""Working days and public holidays, by country.

Holidays are national public ones from the `holidays` package; regional and company holidays aren't known. The country
of a zone and the names of countries come from the IANA time zone database (`zone.tab`, `iso3166.tab`) in the `tzdata`
package.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

MONDAY_TO_FRIDAY = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
LOCALES_WITHOUT_COUNTRY = {"es-LA", "es_LA"}
"""Slack's locale for the Spanish of Latin America, whose LA isn't Laos."""
LISTED_BY_REGION = {"GB": "ENG"}
"""Regions that stand for a whole country: the United Kingdom's holidays without regions lack Easter Monday."""
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
"""Present names of zones that the database has merged into another country's zone, so that its links would lead to the
wrong country. The names come from its files `backward` and `backzone`, before the merger; Jan Mayen belongs to Svalbard
(SJ).
"""
CLOCKS = frozenset({"CET", "EET", "EST", "HST", "MET", "MST", "WET"})
"""Zones named after a clock: they lie in no country, as UTC does, though each links to a place that uses it."""
NOWHERE = ""
"""The code for no country: no holidays, and Monday to Friday."""


def _known() -> Any:
    # its import takes longer than all others here together, so it is left until it is needed
    import holidays  # noqa: PLC0415

    return holidays


def country_of(tz: str, locale: str) -> str:
    """Return the country (ISO 3166, two letters) of an IANA zone, else the locale's: a zone such as UTC has none."""
    said = "" if locale in LOCALES_WITHOUT_COUNTRY else locale.replace("_", "-").partition("-")[2].upper()
    found = zones().get(canonical_zone(tz)) or said
    return found if found and found in countries() else NOWHERE


def is_holiday(country: str, day: date) -> bool:
    """Return True on a national public holiday of that country."""
    return bool(country) and day in _holidays(country, day.year)


@lru_cache(maxsize=512)
def working_days(country: str) -> frozenset[int]:
    """Return the weekdays (Monday is 0) outside that country's weekend."""
    if not country:
        return MONDAY_TO_FRIDAY
    return EVERY_DAY - frozenset(_known().country_holidays(country).weekend)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Return the countries whose holidays are known: English names by code, sorted by name."""
    # the package's own list imports every country to name its regions, which a first tap would wait for
    known = frozenset(_known().registry.EntityLoader.get_country_codes())
    names = {code: name for code, name in _rows("iso3166.tab") if code in known}
    return dict(sorted(names.items(), key=lambda entry: entry[1]))


def canonical_zone(tz: str) -> str:
    """Return the zone's present name: Asia/Kolkata for Asia/Calcutta, America/New_York for US/Eastern.

    A listed zone keeps its name, though many link to another country's zone, as Oslo does to Berlin. So does a clock's
    name, and a name that leads to no listed zone.
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
    """Return the country's code of every zone in `zone.tab`, by the zone's name."""
    return {row[2]: row[0] for row in _rows("zone.tab")}


@lru_cache(maxsize=1)
def other_names() -> Mapping[str, tuple[str, ...]]:
    """Return the other names that link to each listed zone."""
    found: dict[str, list[str]] = {}
    for name in _links():
        if name not in zones():
            found.setdefault(_listed(name), []).append(name)
    return {zone: tuple(sorted(names)) for zone, names in found.items() if zone in zones()}


@lru_cache(maxsize=1)
def _links() -> Mapping[str, str]:
    """Return the target of each old or alternative zone name."""
    text = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8")
    links = {name: target for _, target, name in (line.split() for line in text.splitlines() if line[:2] == "L ")}
    return links | RENAMED


# cached by year: a calendar of the package grows while it is read, which threads can't share
@lru_cache(maxsize=4096)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(_known().country_holidays(country, LISTED_BY_REGION.get(country), years=year))


def _rows(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
