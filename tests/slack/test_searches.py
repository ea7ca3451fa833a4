"""What the search fields of a dialog offer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.content import Catalogue
from bot.domain.local_time import known_zone
from bot.domain.workdays import zones
from bot.messages.samples.parts import SETTINGS
from bot.slack.handlers.commands import read
from bot.slack.inbound.dialogs import SEARCHES, SearchContext

GIVEN = SearchContext(SETTINGS, Catalogue())


def offered(field: str, typed: str) -> list[str]:
    return [str(o["value"]) for o in SEARCHES[field].offer(GIVEN, typed)]


@pytest.mark.parametrize(("typed", "first"), [
    ("new york", "America/New_York"), ("York", "America/New_York"), ("sao paulo", "America/Sao_Paulo"),
    ("Zurich", "Europe/Zurich"), ("copenhgen", "Europe/Copenhagen"),
])  # fmt: skip
def test_a_zone_is_found_by_its_city(typed: str, first: str) -> None:
    assert offered("f_zone", typed)[:2] == ["usual", first]


@pytest.mark.parametrize(("typed", "first"), [("usa", "US"), ("England", "GB"), ("holland", "NL"), ("portug", "PT"),
                                              ("braz", "BR"), ("denmrk", "DK")])  # fmt: skip
def test_a_country_is_found_as_people_call_it(typed: str, first: str) -> None:
    assert offered("f_country", typed)[:3] == ["usual", "none", first]


@pytest.mark.parametrize(("typed", "first"), [
    ("calcutta", "Asia/Kolkata"), ("Asia/Calcutta", "Asia/Kolkata"), ("tel aviv", "Asia/Jerusalem"), ("US/Eastern", "America/New_York"),
    ("eastern", "America/New_York"), ("kiev", "Europe/Kyiv"), ("katmandu", "Asia/Kathmandu"), ("saigon", "Asia/Ho_Chi_Minh"),
    ("Iceland", "Atlantic/Reykjavik"), ("jan mayen", "Arctic/Longyearbyen"), ("asmera", "Africa/Asmara"), ("CET", "Europe/Brussels"),
])  # fmt: skip
def test_a_zone_is_found_by_its_other_names_and_offered_under_the_one_of_today(typed: str, first: str) -> None:
    assert first in offered("f_zone", typed)
    assert all(zone == "usual" or zone in zones() for zone in offered("f_zone", typed))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [("Iceland", "Africa/Abidjan"), ("jan mayen", "Europe/Berlin"), ("truk", "Pacific/Port_Moresby")],
)
def test_a_zone_isnt_offered_for_a_place_in_another_country(typed: str, wrong: str) -> None:
    assert wrong not in offered("f_zone", typed)


def test_the_zone_of_the_profile_is_called_by_its_name_of_today() -> None:
    first = SEARCHES["f_zone"].offer(replace(GIVEN, settings=replace(SETTINGS, profile_tz="Asia/Calcutta")), "")[0]
    assert first["text"]["text"] == "My Slack profile's: Asia/Kolkata"
    assert first["value"] == "usual"


def test_nothing_is_offered_that_has_nothing_to_do_with_it() -> None:
    assert offered("f_zone", "Boston") == ["usual"]
    assert offered("f_country", "xyzzy") == ["usual", "none"]


def test_every_zone_on_offer_is_one_this_machine_knows() -> None:
    assert all(known_zone(zone) == zone for zone in offered("f_zone", "")[1:])


@pytest.mark.parametrize(("command", "text", "verb"), [("/track", "unassign @maya", "remove"), ("/track", "enrol @maya", "assign"),
                                                       ("/learn", "stop", "pause"), ("/learn", "continue", "resume")])  # fmt: skip
def test_a_word_that_means_a_verb_isnt_taken_for_the_one_spelled_like_it(command: str, text: str, verb: str) -> None:
    assert read(command, text).verb == verb
