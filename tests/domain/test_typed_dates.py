"""Hours, days and dates as people type them on a phone."""

from __future__ import annotations

import re
from datetime import date, time

import pytest

from bot.domain.typed_dates import (
    AmbiguousDateError,
    ReadingError,
    bare,
    find_date,
    parse_date,
    parse_days,
    parse_hour,
    parse_until,
)

TODAY = date(2026, 3, 2)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("09:00", "09:00"), ("9:00", "09:00"), ("8:30 am", "08:30"), ("8:30am", "08:30"), ("8.30", "08:30"), ("8h30", "08:30"),
        ("0830", "08:30"), ("830", "08:30"), ("8 p.m.", "20:00"), ("8 am.", "08:00"), ("12 am", "00:00"), ("12pm", "12:00"),
        ("5 pm", "17:00"), ("17", "17:00"), ("9", "09:00"), ("at 8:30", "08:30"), ("8:30am please", "08:30"),
        ("8 o'clock", "08:00"), ("8 o’clock", "08:00"), ("20 h", "20:00"), ("noon", "12:00"), ("Midnight", "00:00"),
        ("half past eight", "08:30"), ("eight thirty", "08:30"), ("half past twelve", "12:30"), ("quarter to one pm", "12:45"), ("quarter to nine", "08:45"), ("quarter past 7", "07:15"), ("eight", "08:00"),
        ("7 in the evening", "19:00"), ("8 in the morning", "08:00"), ("6:00", "06:00"), ("06:00", "06:00"),
        ("８：３０", "08:30"), ("٩:٠٠", "09:00"), ("8:30\u00a0am", "08:30"), ("  8:30\u2009AM. ", "08:30"),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(text: str, hour: str) -> None:
    assert parse_hour(text) == time.fromisoformat(hour)


@pytest.mark.parametrize("text", ["25:00", "24:00", "09:60", "9:5", "", "-1:00", "soon", "8:30 tomorrow", "13:00:00"])
def test_an_hour_that_is_none_is_said_back_with_how_it_would_be_right(text: str) -> None:
    with pytest.raises(ReadingError, match=r"isn't an hour I can read\. Write it like 08:30 or 8:30 am"):
        parse_hour(text)


def test_an_hour_that_could_be_in_either_half_of_the_day_is_asked_about() -> None:
    with pytest.raises(ReadingError, match=r"Is “5” in the morning or in the afternoon\? Write it like 5 am or 17:00"):
        parse_hour("5")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", "01234"), ("mon,wed , fri", "024"), ("sun-thu", "60123"), ("mon, thu", "03"), ("on mon, thu", "03"),
        ("on monday", "0"), ("mon - thu", "0123"), ("mon–thu", "0123"), ("mon — thu", "0123"), ("mon‑thu", "0123"),
        ("mon−thu", "0123"), ("mon to thu", "0123"), ("Tuesdays and Thursdays", "13"), ("Mon. Wed.", "02"), ("mon;tue", "01"),
        ("mon/wed/fri", "024"), ("mon & wed", "02"), ("Only Mondays and Wednesdays", "02"), ("fri-mon, wed", "45602"),
        ("weekdays", "01234"), ("working days", "01234"), ("every day", "0123456"), ("daily", "0123456"), ("weekends", "56"),
        ("every day except friday", "012356"), ("not fridays", "0123"), ("tues, thurs", "13"), ("ＭＯＮ", "0"),
        ("tue till fri", "1234"), ("tue until fri", "1234"), ("tue til fri", "1234"), ("tue ’til fri", "1234"), ("tue untill fri", "1234"),
        ("on tuesday till friday", "1234"), ("from tuesday up to friday", "1234"), ("between tuesday and friday", "1234"),
        ("mon…thu", "0123"), ("mon...thu", "0123"), ("mon..thu", "0123"), ("mon ~ thu", "0123"), ("mon～thu", "0123"), ("mon〜thu", "0123"),
        ("mon->thu", "0123"), ("mon → thu", "0123"), ("mon--thu", "0123"), ("mon. - thu.", "0123"), ("mon, wed till fri", "0234"),
        ("mon, thx", "0"), ("mon => thu", "0123"), ("mon ’till thu", "0123"), ("mon · thu", "03"), ("mon | thu", "03"), ("mon • thu", "03"),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str, days: str) -> None:
    assert parse_days(text) == {int(day) for day in days}


@pytest.mark.parametrize(("text", "says"), [
    ("frday", "Did you mean friday"), ("mon-", "Write days like"), ("xyz", "“xyz” isn't a day of the week"), ("", "Write days like"),
    ("mon-xyz", "Write days like"), ("weekdays-fri", "Write days like"), ("mon tuu", "“tuu” isn't"),
    ("mon till", "Write days like"), ("until fri", "Write days like"), ("mon till xyz", "Write days like"), ("mon, thu until", "Write days like"), ("weekdays except mon-fri", "“except” isn't"), ("mon-weekdays", "Write days like"),
])  # fmt: skip
def test_days_that_are_none_are_said_back(text: str, says: str) -> None:
    with pytest.raises(ReadingError, match=re.escape(says)):
        parse_days(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-09", "2026-03-09"), ("2026/3/9", "2026-03-09"), ("20260309", "2026-03-09"), ("today", "2026-03-02"),
        ("tomorrow", "2026-03-03"), ("the day after tomorrow", "2026-03-04"), ("monday", "2026-03-09"), ("monday.", "2026-03-09"),
        ("next monday", "2026-03-09"), ("from next monday", "2026-03-09"), ("Wed", "2026-03-04"), ("this friday", "2026-03-06"),
        ("1 january", "2027-01-01"), ("1st of January", "2027-01-01"), ("january 1st", "2027-01-01"), ("Jan 4, 2027", "2027-01-04"),
        ("4 Jan 2027", "2027-01-04"), ("monday 4 january", "2027-01-04"), ("2 march", "2026-03-02"), ("1 march", "2027-03-01"),
        ("1.1.2027", "2027-01-01"), ("1.1.27", "2027-01-01"), ("1.1.", "2027-01-01"), ("13/2/2027", "2027-02-13"),
        ("2/13/2027", "2027-02-13"), ("1/1", "2027-01-01"), ("29 feb", "2028-02-29"), ("next month", "2026-04-01"),
        ("next week", "2026-03-09"), ("next year", "2027-01-01"), ("end of the month", "2026-03-31"), ("january", "2027-01-01"),
        ("in two weeks", "2026-03-16"), ("for a week", "2026-03-09"), ("3 days", "2026-03-05"), ("in a fortnight", "2026-03-16"),
        ("in 1 month", "2026-04-02"), ("the 3rd", "2026-03-03"), ("on the 14th", "2026-03-14"), ("the 1st", "2026-04-01"),
        ("new year", "2027-01-01"), ("end of year", "2026-12-31"), ("march", "2027-03-01"), ("april", "2026-04-01"), ("the 3", "2026-03-03"),
        ("the 31st", "2026-03-31"), ("the 2nd", "2026-03-02"), ("in 400 days", "2027-04-06"), ("in 30 months", "2028-03-02"), ("5 sept.", "2026-09-05"),
        ("２０２６-０３-０９", "2026-03-09"), ("2026–03–09", "2026-03-09"), ("“friday”", "2026-03-06"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(text: str, day: str) -> None:
    assert parse_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "says"), [
    ("soonish", "“soonish” isn't a date I can read. Write it like monday, 16 march or 2026-03-16"),
    ("31 feb", "isn't a day that exists"), ("2026-02-30", "isn't a day that exists"), ("", "isn't a date"),
    ("tuesday 4 january", "4 January 2027 is a Monday, not a Tuesday"), ("in 0 days", "isn't a date"), ("in 401 days", "isn't a date"), ("123/4", "isn't a date"), ("1/2/3", "isn't a date"), ("the 45th", "isn't a date"), ("2026-3", "isn't a date"),
    ("the 0th", "isn't a date"), ("30/2", "isn't a day that exists"), ("29 feb 2027", "isn't a day that exists"), ("in three lessons", "isn't a date"), ("3.", "isn't a date"), ("x" * 300, "…” isn't a date"),
])  # fmt: skip
def test_a_date_that_is_none_is_said_back(text: str, says: str) -> None:
    with pytest.raises(ReadingError, match=re.escape(says)):
        parse_date(text, TODAY)


def test_a_date_that_could_be_either_of_two_is_asked_about() -> None:
    with pytest.raises(AmbiguousDateError, match="could be 1 February 2027 or 2 January 2027") as asked:
        parse_date("01/02/2027", TODAY)
    assert asked.value.readings == (date(2027, 2, 1), date(2027, 1, 2))


@pytest.mark.parametrize(("text", "day"), [
    ("pause until monday", "2026-03-09"), ("Pause until next Monday, please", "2026-03-09"), ("until 2026-03-20.", "2026-03-20"),
    ("I am on holiday till friday!", "2026-03-06"), ("until today", None), ("until never", None), ("pause", None), ("", None),
    ("until tonight", "2026-03-03"), ("until monday evening", "2026-03-10"), ("until monday morning", "2026-03-09"), ("until the 2026-03-20", "2026-03-20"), ("pause this until I'm back from leave on the 14th", "2026-03-14"),
    ("can you pause until monday please, thanks", "2026-03-09"), ("pause till 01/02/2027", None), ("until I say so", None),
])  # fmt: skip
def test_a_day_after_until_is_found_in_what_follows(text: str, day: str | None) -> None:
    assert parse_until(text, TODAY) == (date.fromisoformat(day) if day else None)


def test_among_some_words_the_longest_date_counts() -> None:
    assert find_date(["back", "monday", "4", "january", "or", "so"], TODAY) == date(2027, 1, 4)
    assert find_date(["nothing", "here"], TODAY) is None


@pytest.mark.parametrize("text", ["Help?", " help. ", "«help»", "help…", "HELP!", "ｈｅｌｐ", "he\u00adlp"])
def test_a_word_is_the_same_with_signs_around_it(text: str) -> None:
    assert bare(text) == "help"
