"""What people type after a command."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.services.explain import explain
from bot.slack.deeds.commands import LEARN
from bot.slack.grammar import Wish, find_track, read_until, read_wish, verb_of
from tests.helpers import small_catalogue, term

TODAY = date(2026, 3, 2)
CATALOGUE = small_catalogue()


def wish(text: str, verb: str = "assign") -> Wish:
    return read_wish(verb, text, CATALOGUE, TODAY)


def test_everything_an_admin_may_say_in_one_line() -> None:
    said = wish("<@U1|ada> <@U2> abc from 2026-03-09 at 08:30 restart <@U1>")
    assert said == Wish("assign", ("U1", "U2"), CATALOGUE.tracks["abc"], date(2026, 3, 9), time(8, 30), restart=True)


@pytest.mark.parametrize("name", ["abc", "ABC", "A to C", '"A to C"', "“a TO c”"])
def test_a_track_is_found_by_its_id_or_title(name: str) -> None:
    assert wish(f"<@U1> {name}").track == CATALOGUE.tracks["abc"]


def test_a_track_nobody_knows_gets_the_nearest() -> None:
    said = wish("<@U1> abd")
    assert said.track is None
    assert "There is no track" in said.problem
    assert said.near[0] == "abc"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@nobody abc", "I don't know who @nobody is"),
        ("<!subteam^S1|board> abc", "groups"),
        ("<@U1> abc from", "Please add a day after *from*"),
        ("<@U1> abc from soonish", "Please add a day after *from*"),
        ("<@U1> abc from 2026-03-01", "has passed"),
        ("<@U1> abc at 6:00", "between 07:00 and 19:00"),
        ("<@U1> abc at 19:30", "between 07:00 and 19:00"),
        ("<@U1> abc at noon", "between 07:00 and 19:00"),
    ],
)
def test_what_is_wrong_is_said_with_how_it_would_be_right(text: str, says: str) -> None:
    assert says in wish(text).problem


def test_preview_takes_a_number() -> None:
    said = wish("abc 3", "preview")
    assert (said.track, said.number) == (CATALOGUE.tracks["abc"], 3)


@pytest.mark.parametrize(("text", "expected"), [
    ("", ("", "", "")), ("next", ("next", "", "")), ("PAUSE until monday", ("pause", "until monday", "")),
    ("puase", ("", "", "pause")), ("qqqqq", ("", "", "")),
])  # fmt: skip
def test_the_first_word_is_the_verb_and_a_slip_gets_the_nearest(text: str, expected: tuple[str, str, str]) -> None:
    assert verb_of(text, tuple(LEARN)) == expected


@pytest.mark.parametrize(("text", "until"), [("", None), ("until 2026-03-09", date(2026, 3, 9)), ("until friday", date(2026, 3, 6)),
                                             ("tomorrow", date(2026, 3, 3))])  # fmt: skip
def test_a_pause_may_have_an_end(text: str, until: date | None) -> None:
    assert read_until(text, TODAY) == (until, "")


@pytest.mark.parametrize("text", ["until never", "until 2026-03-01", "until 2026-03-02"])
def test_an_end_that_is_none_is_explained(text: str) -> None:
    assert read_until(text, TODAY)[1]


def test_no_track_named_is_no_problem_of_its_own() -> None:
    assert find_track("", CATALOGUE) == Wish("track")


@pytest.mark.parametrize("word", ["FOMO", "fomo", " Fomos ", "fear of missing out", "#fomo", "fommo", "foom", "fmoo"])
def test_a_word_is_found_under_case_plural_alias_and_a_slip(word: str) -> None:
    catalogue = type(CATALOGUE)({"fomo": term("fomo", stands_for="fear of missing out"), "yolo": term("yolo")}, {})
    found = explain(catalogue, word).term
    assert found is not None
    assert found.id == "fomo"


@pytest.mark.parametrize("word", ["", "🙂", "wolof", "x" * 5000, "lo"])
def test_other_words_get_the_nearest_three_at_most(word: str) -> None:
    catalogue = type(CATALOGUE)({n: term(n) for n in ("fomo", "yolo", "lol", "ama")}, {})
    view = explain(catalogue, word)
    assert view.term is None
    assert len(view.nearest) <= 3
    assert len(view.asked) <= 60
