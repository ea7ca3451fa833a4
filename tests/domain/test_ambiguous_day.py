"""A day that two readers read differently is asked about only where both readings make sense."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.ambiguous_day import AmbiguousDay, read_day, written_until
from bot.domain.typed_dates import ReadingError

TODAY = date(2026, 3, 2)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_day_with_one_reading_is_that_day_even_if_it_has_passed() -> None:
    assert read_day("13/2/2027", TODAY, TODAY) == day("2027-02-13")
    assert read_day("2026-02-01", TODAY, TODAY) == day("2026-02-01")
    with pytest.raises(ReadingError):
        read_day("soonish", TODAY, TODAY)


def test_of_two_days_ahead_either_can_be_chosen() -> None:
    asked = read_day("01/02/2027", TODAY, TODAY)
    assert asked == AmbiguousDay(
        "“01/02/2027” could be 1 February 2027 or 2 January 2027.", (day("2027-02-01"), day("2027-01-02"))
    )
    # the first day that makes sense is one that can be chosen
    assert isinstance(read_day("01/02/2027", day("2027-01-02"), TODAY), AmbiguousDay)


def test_of_two_days_of_which_one_comes_too_early_the_other_is_meant() -> None:
    assert read_day("01/04/2026", TODAY, TODAY) == day("2026-04-01")
    assert read_day("04/01/2026", TODAY, TODAY) == day("2026-04-01")
    assert read_day("01/02/2027", day("2027-01-03"), TODAY) == day("2027-02-01")


def test_of_two_days_that_have_passed_the_first_is_said_back() -> None:
    assert read_day("01/02/2026", TODAY, TODAY) == day("2026-02-01")


@pytest.mark.parametrize(("text", "today", "days"), [
    ("02/05/2027", "2026-03-02", ["2027-02-05"]), ("03/04/2027", "2026-03-03", ["2027-03-04"]),
    ("03/04/2027", "2026-04-03", ["2027-04-03", "2027-03-04"]),
])  # fmt: skip
def test_a_day_over_a_year_ahead_cant_be_chosen_and_the_nearer_one_is_still_asked_about(
    text: str, today: str, days: list[str]
) -> None:
    asked = read_day(text, day(today), day(today))
    assert isinstance(asked, AmbiguousDay)
    assert [each.isoformat() for each in asked.days] == days


def test_of_two_days_over_a_year_ahead_the_first_is_said_back() -> None:
    assert read_day("01/02/2028", TODAY, TODAY) == day("2028-02-01")


@pytest.mark.parametrize(("text", "found"), [
    ("pause until 13/4", "2026-04-13"), ("till 2026-03-20, please", "2026-03-20"), ("until 2/3", "2027-02-03"),
    ("until tuesday 9 march", None), ("until monday", None), ("13/4", None), ("on 13/4 until", None), ("", None),
    ("until 99/99 or until 13/4", "2026-04-13"),
])  # fmt: skip
def test_a_day_written_in_one_word_after_until_is_found(text: str, found: str | None) -> None:
    assert written_until(text, TODAY) == (day(found) if found else None)


def test_an_ambiguous_day_after_until_is_one_that_follows_today() -> None:
    found = written_until("pause until 04/05", TODAY)
    assert isinstance(found, AmbiguousDay)
    assert found.days == (day("2026-05-04"), day("2026-04-05"))
    assert isinstance(written_until("until 03/04", day("2026-03-03")), AmbiguousDay)
    assert written_until("until 03/04", day("2026-03-04")) == day("2026-04-03")
