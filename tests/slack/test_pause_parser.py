"""What people type after `/learn pause`."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.ambiguous_day import AmbiguousDay
from bot.domain.intents import DmContext, Meaning
from bot.domain.typed_dates import ReadingError
from bot.slack.typed.intent_parser import read
from bot.slack.typed.pause_parser import likely_end, parse_pause
from tests.helpers import small_catalogue

TODAY = date(2026, 3, 2)
"""A Monday."""
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("until 2026-03-09", MONDAY), ("until friday", date(2026, 3, 6)), ("tomorrow", date(2026, 3, 3)), ("until next monday", MONDAY),
        ("until monday.", MONDAY), ("for two weeks", date(2026, 3, 16)), ("Until Friday, please", date(2026, 3, 6)),
        ("until monday 🙏", MONDAY), ("until monday :pray:", MONDAY), (":palm_tree: until monday :palm_tree:", MONDAY),
        ("until monday 👍🏽", MONDAY), ("until monday :+1::skin-tone-3:", MONDAY), ("until monday, thx", MONDAY),
        ("until monday - thanks", MONDAY), ("all until monday", MONDAY), ("everything until next monday", MONDAY),
        ("me until monday", MONDAY), ("lessons until monday", MONDAY), ("my lessons till monday", MONDAY), ("all messages til monday", MONDAY),
        ("it for two weeks", date(2026, 3, 16)), ("for now, until monday", MONDAY), ("right now until monday", MONDAY),
        ("until monday morning", MONDAY), ("until monday at 9", MONDAY), ("until monday 9am", MONDAY), ("until monday at noon", MONDAY),
        ("untill monday", MONDAY), ("[until monday]", MONDAY), ("&lt;until monday&gt;", MONDAY), ("‘till monday", MONDAY), ("until monday”", MONDAY), ("— until monday", MONDAY), (": until monday", MONDAY), ("until the 9th", MONDAY),
        ("until monday evening", TUESDAY), ("until tonight", date(2026, 3, 3)), ("for today", date(2026, 3, 3)), ("today", date(2026, 3, 3)),
        ("for the rest of the week", MONDAY), ("this week", MONDAY), ("for next week", date(2026, 3, 16)), ("until next week", MONDAY),
        ("for the weekend", MONDAY), ("from now until monday", MONDAY), ("from today until friday", date(2026, 3, 6)),
        ("for the next two weeks", date(2026, 3, 16)), ("I'm on holiday until monday", MONDAY), ("on leave, back on monday", MONDAY),
    ],
)  # fmt: skip
def test_a_pause_may_have_an_end(text: str, until: date | None) -> None:
    assert parse_pause(text, TODAY) == until


@pytest.mark.parametrize(
    "text",
    [
        "", "please", "🙏", ":pray:", "👍🏽", "please :pray:", "for now", "for a while", "for a bit", "for the moment", "all", "everything",
        "all messages", "me", "lessons", "my lessons please", "it", "now", "until", "until further notice", "until I resume",
        "until I'm back", "indefinitely", "for the time being", "—", "<@U1|missinglink>",
        "from now on", "for a few days", "forever", "until I say otherwise",
    ],
)  # fmt: skip
def test_a_pause_without_a_day_lasts_until_they_resume(text: str) -> None:
    assert parse_pause(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "until never", "until 2026-03-01", "until 2026-03-02", "until 02/03/2026", "until 03/04/2028", "from tuesday", "until soonish",
        "speak-the-language", "from tuesday until friday", "on fridays", "on friday", "every monday", "at the weekend", "until monday or tuesday",
    ],
)  # fmt: skip
def test_an_end_that_is_none_is_explained(text: str) -> None:
    with pytest.raises(ReadingError):
        parse_pause(text, TODAY)


@pytest.mark.parametrize(
    ("text", "likely"),
    [("speak-the-language until monday", MONDAY), ("until never", None), ("from tuesday until friday", None)],
)
def test_what_cant_be_read_for_certain_may_name_a_day_that_is_offered(text: str, likely: date | None) -> None:
    assert likely_end(text, TODAY) == likely


@pytest.mark.parametrize("text", ["until 04/05/2026", "until 04/05/2026 🙏", "everything until 04/05/2026, thx"])
def test_a_day_that_could_be_either_of_two_is_asked_about(text: str) -> None:
    found = parse_pause(text, TODAY)
    assert isinstance(found, AmbiguousDay)
    assert found.days == (date(2026, 5, 4), date(2026, 4, 5))


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ("until monday evening", TUESDAY), ("until tomorrow evening", date(2026, 3, 4)), ("until tonight", date(2026, 3, 3)),
        ("until tuesday 9 march", None), ("until 2028-03-01", None),
    ],
)  # fmt: skip
def test_an_end_means_the_same_behind_the_command_and_in_a_message(end: str, until: date | None) -> None:
    message = read(f"hold these lessons {end}", DmContext(today=TODAY), small_catalogue())
    assert (message.meaning, message.until) == (Meaning.REST, until)
    if until is not None:
        assert parse_pause(end, TODAY) == until
    else:
        with pytest.raises(ReadingError):
            parse_pause(end, TODAY)
