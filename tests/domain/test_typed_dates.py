"""Hours, days and dates as people type them on a phone."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from bot.domain.typed_dates.text import quoted

TODAY = date(2026, 3, 2)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("09:00", "09:00"), ("9:00", "09:00"), ("8:30 am", "08:30"), ("8:30am", "08:30"), ("8.30", "08:30"), ("8h30", "08:30"),
        ("0830", "08:30"), ("830", "08:30"), ("8 p.m.", "20:00"), ("8 am.", "08:00"), ("12 am", "00:00"), ("12pm", "12:00"),
        ("5 pm", "17:00"), ("17", "17:00"), ("9", "09:00"), ("at 8:30", "08:30"), ("8:30am please", "08:30"),
        ("8 o'clock", "08:00"), ("8 o’clock", "08:00"), ("20 h", "20:00"), ("noon", "12:00"), ("Midnight", "00:00"),
        ("half past eight", "08:30"), ("eight thirty", "08:30"), ("eight-thirty", "08:30"), ("half past 1 pm", "13:30"), ("half past 12", "12:30"), ("6 p", "18:00"),
        ("8 a", "08:00"), ("23:59", "23:59"), ("05", "05:00"), ("0", "00:00"), ("7", "07:00"), ("1 am", "01:00"), ("1:00", "01:00"), ("half past twelve", "12:30"), ("quarter to one pm", "12:45"), ("quarter to nine", "08:45"), ("quarter to twelve", "11:45"), ("quarter past 7", "07:15"), ("eight", "08:00"),
        ("7 in the evening", "19:00"), ("8 in the morning", "08:00"), ("6:00", "06:00"), ("06:00", "06:00"),
        ("８：３０", "08:30"), ("٩:٠٠", "09:00"), ("8:30\u00a0am", "08:30"), ("  8:30\u2009AM. ", "08:30"),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(text: str, hour: str) -> None:
    assert parse_hour(text) == time.fromisoformat(hour)


@pytest.mark.parametrize(
    "text",
    [
        "25:00",
        "24:00",
        "09:60",
        "9:5",
        "",
        "-1:00",
        "soon",
        "8:30 tomorrow",
        "13:00:00",
        "zero",
        "half past 13",
        "half past 0",
    ],
)
def test_an_hour_that_is_none_is_said_back_with_how_it_would_be_right(text: str) -> None:
    with pytest.raises(
        ReadingError, match=rf"^“{re.escape(text)}” isn't an hour I can read\. Write it like 08:30 or 8:30 am\.$"
    ):
        parse_hour(text)


@pytest.mark.parametrize(("text", "like"), [("1", "1 am or 13:00"), ("five", "5 am or 17:00"), ("6", "6 am or 18:00")])
def test_an_hour_that_could_be_in_either_half_of_the_day_is_asked_about(text: str, like: str) -> None:
    with pytest.raises(
        ReadingError, match=rf"^Is “{text}” in the morning or in the afternoon\? Write it like {like}\.$"
    ):
        parse_hour(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", "01234"), ("mon,wed , fri", "024"), ("sun-thu", "60123"), ("mon, thu", "03"), ("on mon, thu", "03"),
        ("on monday", "0"), ("mon - thu", "0123"), ("mon–thu", "0123"), ("mon — thu", "0123"), ("mon‑thu", "0123"),
        ("mon−thu", "0123"), ("mon to thu", "0123"), ("Tuesdays and Thursdays", "13"), ("Mon. Wed.", "02"), ("mon;tue", "01"),
        ("mon/wed/fri", "024"), ("mon & wed", "02"), ("Only Mondays and Wednesdays", "02"), ("fri-mon, wed", "45602"),
        ("weekdays", "01234"), ("working days", "01234"), ("working days and sat", "012345"), ("every day", "0123456"), ("daily", "0123456"), ("weekends", "56"),
        ("every day except friday", "012356"), ("every day but not friday", "012356"), ("mon-mon", "0"), ("all", "0123456"), ("everyday", "0123456"), ("mon\x00fri", "04"), ("not fridays", "0123"), ("not mondays", "1234"), ("tues, thurs", "13"), ("ＭＯＮ", "0"),
        ("tue till fri", "1234"), ("tue until fri", "1234"), ("tue til fri", "1234"), ("tue ’til fri", "1234"), ("tue untill fri", "1234"),
        ("on tuesday till friday", "1234"), ("from tuesday up to friday", "1234"), ("between tuesday and friday", "1234"),
        ("mon…thu", "0123"), ("mon...thu", "0123"), ("mon..thu", "0123"), ("mon ~ thu", "0123"), ("mon ∼ thu", "0123"), ("mon ⇒ thu", "0123"), ("mon ➔ thu", "0123"), ("mon～thu", "0123"), ("mon〜thu", "0123"),
        ("mon->thu", "0123"), ("mon → thu", "0123"), ("mon--thu", "0123"), ("mon. - thu.", "0123"), ("mon, wed till fri", "0234"),
        ("mon, thx", "0"), ("mon => thu", "0123"), ("mon ’till thu", "0123"), ("mon · thu", "03"), ("mon | thu", "03"), ("mon • thu", "03"),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str, days: str) -> None:
    assert parse_days(text) == {int(day) for day in days}


@pytest.mark.parametrize(("text", "says"), [
    ("frday", "Did you mean friday"), ("thuu", "Did you mean thu?"), ("mon-", "Write days like"), ("xyz", "“xyz” isn't a day of the week"), ("", "Write days like"),
    ("mon-xyz", "Write days like"), ("weekdays-fri", "Write days like"), ("mon tuu", "“tuu” isn't"),
    ("mon till", "Write days like"), ("until fri", "Write days like"), ("mon till xyz", "Write days like"), ("mon, thu until", "Write days like"), ("weekdays except mon-fri", "“except” isn't"), ("friday except", "“except” isn't"), ("mon-weekend", "Write days like"), ("weekend-wed", "Write days like"), ("daily, xyz", "“xyz” isn't"), ("mon-weekdays", "Write days like"),
])  # fmt: skip
def test_days_that_are_none_are_said_back(text: str, says: str) -> None:
    with pytest.raises(ReadingError, match=re.escape(says)):
        parse_days(text)


@pytest.mark.parametrize(("text", "says"), [
    ("xyz", "“xyz” isn't a day of the week I know. Write days like mon-thu, or tue, thu."),
    ("frday", "“frday” isn't a day of the week I know. Did you mean friday?"),
    ("mon-", "“mon-” isn't a day of the week I know. Write days like mon-thu, or tue, thu."),
])  # fmt: skip
def test_a_day_that_is_none_is_said_back_word_by_word(text: str, says: str) -> None:
    with pytest.raises(ReadingError) as failed:
        parse_days(text)
    assert str(failed.value) == says


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-09", "2026-03-09"), ("2026/3/9", "2026-03-09"), ("20261231", "2026-12-31"), ("1.2.2027", "2027-02-01"), ("20260309", "2026-03-09"), ("today", "2026-03-02"),
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
        ("the 31st", "2026-03-31"), ("the 2nd", "2026-03-02"), ("in 400 days", "2027-04-06"), ("a month from now", "2026-04-02"), ("in about two weeks", "2026-03-16"), ("another two weeks", "2026-03-16"),
        ("jan 4,2027", "2027-01-04"), ("jan. 4 2027", "2027-01-04"), ("monday the 4 of january", "2027-01-04"), ("monday,4 january", "2027-01-04"), ("in 30 months", "2028-03-02"), ("5 sept.", "2026-09-05"),
        ("２０２６-０３-０９", "2026-03-09"), ("2026–03–09", "2026-03-09"), ("“friday”", "2026-03-06"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(text: str, day: str) -> None:
    assert parse_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2026-03-05", "next week", "2026-03-09"), ("2026-03-08", "following week", "2026-03-09"), ("2026-03-05", "friday", "2026-03-06"),
        ("2026-03-05", "thursday", "2026-03-12"), ("2026-03-05", "wed", "2026-03-11"), ("2026-03-05", "following sunday", "2026-03-08"),
        ("2026-01-31", "in a month", "2026-02-28"), ("2026-12-15", "in one month", "2027-01-15"), ("2026-12-15", "in 12 months", "2027-12-15"),
        ("2026-11-30", "in 3 months", "2027-02-28"), ("2026-12-31", "following month", "2027-01-01"), ("2026-01-31", "next month", "2026-02-01"),
        ("2028-02-10", "end of the month", "2028-02-29"), ("2026-12-05", "december", "2027-12-01"), ("2026-12-05", "jan.", "2027-01-01"),
        ("2026-12-05", "following year", "2027-01-01"), ("2096-03-01", "29 feb", "2104-02-29"), ("2028-02-29", "29 feb", "2028-02-29"),
        ("2026-04-01", "the 31st", "2026-05-31"), ("2026-01-31", "the 30th", "2026-03-30"), ("2026-01-31", "30", None), ("2026-12-31", "31.12.", "2026-12-31"),
    ],
)  # fmt: skip
def test_a_date_is_counted_from_whatever_day_it_is(today: str, text: str, day: str | None) -> None:
    if day is not None:
        assert parse_date(text, date.fromisoformat(today)) == date.fromisoformat(day)
        return
    with pytest.raises(ReadingError):
        parse_date(text, date.fromisoformat(today))


@pytest.mark.parametrize(
    ("texts", "hour"),
    [
        ("12 noon|midday|at midday please", "12:00"), ("8 oclock|8 uhr|8 h|8 hrs|8 hours|eight am|8 in the morning", "08:00"),
        ("3 in the afternoon|3 pm|3 in the evening|three thirty pm", "15"), ("seven|7 hours", "07:00"), ("ten", "10:00"),
        ("eleven", "11:00"), ("four pm|4 afternoon", "16:00"), ("six pm", "18:00"),
        ("by 8:30|around 8:30|about 8:30|from 8:30|until 8:30|till 8:30|til 8:30|starting 8:30|beginning 8:30|my time is 8:30", "08:30"),
        ("8:30, thanks|8:30 thank you|8:30 pls|8:30 plz|8:30 thx|8:30 tx|8:30 ty|8:30 cheers|kindly 8:30|just 8:30|8:30 it is", "08:30"),
    ],
)  # fmt: skip
def test_an_hour_is_read_in_each_of_the_words_around_it(texts: str, hour: str) -> None:
    assert {parse_hour(text).isoformat()[: len(hour)] for text in texts.split("|")} == {hour}


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        ("weds|wednes|wed|wednesdays", "2"), ("thur|thurs|thu", "3"), ("workdays|business days|every workday", "01234"),
        ("tue through fri|tue thru fri|tue upto fri|each tue to fri", "1234"), ("every day without friday", "012356"),
    ],
)  # fmt: skip
def test_days_are_read_in_each_of_the_words_for_them(texts: str, days: str) -> None:
    assert {parse_days(text) for text in texts.split("|")} == {frozenset(map(int, days))}


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        ("today|now|at once|straight away|immediately", "2026-03-02"), ("tomorrow|tomorow|tmrw|tmr", "2026-03-03"),
        ("the day after tomorrow|overmorrow", "2026-03-04"), ("this coming friday|coming friday|following friday", "2026-03-06"),
        ("may|1 may", "2026-05-01"), ("june|jun 1st", "2026-06-01"), ("july|1 july", "2026-07-01"), ("august|1 aug", "2026-08-01"),
        ("september|sept", "2026-09-01"), ("october|oct 1", "2026-10-01"), ("november|1st nov", "2026-11-01"),
        ("in three days|3 days", "2026-03-05"), ("four days from now", "2026-03-06"), ("in seven days|in a week", "2026-03-09"),
        ("six days", "2026-03-08"), ("ten days", "2026-03-12"), ("eleven days", "2026-03-13"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_each_of_the_words_for_it(texts: str, day: str) -> None:
    assert {parse_date(text, TODAY) for text in texts.split("|")} == {date.fromisoformat(day)}


@pytest.mark.parametrize("before", ["until", "till", "til", "'til", "'till", "untill", "unitl", "untl"])
def test_until_is_read_however_it_is_spelled(before: str) -> None:
    assert parse_until(f"pause {before} friday", TODAY) == date(2026, 3, 6)


@pytest.mark.parametrize(
    "beside", ["end", "mid", "middle", "late", "early", "after", "before", "easter", "second", "third"]
)
def test_a_word_before_a_date_may_make_another_day_of_it(beside: str) -> None:
    assert find_date([beside, "march"], TODAY) is None


@pytest.mark.parametrize(("text", "says"), [
    ("soonish", "“soonish” isn't a date I can read. Write it like monday, 16 march or 2026-03-16"),
    ("31 feb", "“31 feb” isn't a day that exists. Write it like 2026-03-16."), ("2026-02-30", "isn't a day that exists"), ("", "isn't a date"),
    ("tuesday 4 january", "4 January 2027 is a Monday, not a Tuesday. Which is meant?"), ("in 0 days", "isn't a date"), ("in 401 days", "isn't a date"), ("in 1000 days", "isn't a date"), ("123/4", "isn't a date"), ("1/2/3", "isn't a date"), ("the 45th", "isn't a date"), ("2026-3", "isn't a date"),
    ("the 0th", "isn't a date"), ("30/2", "isn't a day that exists"), ("29 feb 2027", "isn't a day that exists"), ("in three lessons", "isn't a date"), ("3.", "isn't a date"), ("in ፩ weeks", "isn't a date"), ("x" * 300, "…” isn't a date"),
])  # fmt: skip
def test_a_date_that_is_none_is_said_back(text: str, says: str) -> None:
    with pytest.raises(ReadingError, match=re.escape(says)):
        parse_date(text, TODAY)


def test_a_date_that_could_be_either_of_two_is_asked_about() -> None:
    with pytest.raises(AmbiguousDateError, match="could be 1 February 2027 or 2 January 2027") as asked:
        parse_date("01/02/2027", TODAY)
    assert asked.value.readings == (date(2027, 2, 1), date(2027, 1, 2))
    assert str(asked.value) == "“01/02/2027” could be 1 February 2027 or 2 January 2027."
    for text in ("12/05/2027", "05/12/2027"):
        with pytest.raises(AmbiguousDateError):
            parse_date(text, TODAY)


@pytest.mark.parametrize(("text", "day"), [
    ("pause until monday", "2026-03-09"), ("Pause until next Monday, please", "2026-03-09"), ("until 2026-03-20.", "2026-03-20"),
    ("I am on holiday till friday!", "2026-03-06"), ("until today", None), ("until never", None), ("pause", None), ("", None),
    ("until tonight", "2026-03-03"), ("until monday evening", "2026-03-10"), ("until monday morning", "2026-03-09"), ("until the 2026-03-20", "2026-03-20"), ("pause this until I'm back from leave on the 14th", "2026-03-14"),
    ("can you pause until monday please, thanks", "2026-03-09"), ("pause till 01/02/2027", None), ("until I say so", None),
])  # fmt: skip
def test_a_day_after_until_is_found_in_what_follows(text: str, day: str | None) -> None:
    assert parse_until(text, TODAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("text", "day"), [
    ("until monday until friday", "2026-03-06"), ("until friday until never", "2026-03-06"), ("until friday until a until b", "2026-03-06"),
    ("until friday until a until b until c", None), ("until tonight please", "2026-03-03"), ("until monday whatever evening", "2026-03-09"),
    ("until" + " x" * 13 + " friday", "2026-03-06"), ("until" + " x" * 14 + " friday", None),
])  # fmt: skip
def test_of_the_last_three_untils_the_latest_with_a_day_close_behind_it_counts(text: str, day: str | None) -> None:
    assert parse_until(text, TODAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("text", "found"), [
    ("4 march", True), ("end x y 4 march", False), ("end x y z 4 march", True), ("after 4 march", False), ("4 march week", False), ("monday weeks", False),
    ("4 march x week", True), ("x 4 march week", False), ("x end of march", False), ("maybe 31 feb", False), ("or 01/02/2027", False),
])  # fmt: skip
def test_a_date_beside_a_word_that_makes_another_day_of_it_is_none(text: str, found: bool) -> None:
    assert (find_date(text.split(), TODAY) is not None) is found


def test_among_some_words_the_longest_date_counts() -> None:
    assert find_date(["back", "monday", "4", "january", "or", "so"], TODAY) == date(2027, 1, 4)
    assert find_date(["monday", "or", "friday"], TODAY) == date(2026, 3, 9)
    assert find_date(["nothing", "here"], TODAY) is None


def test_what_is_said_back_is_forty_characters_at_most() -> None:
    assert quoted("x" * 40) == "x" * 40
    assert quoted("x" * 41) == "x" * 39 + "…"
    assert quoted(" a \n b ") == "a b"


@pytest.mark.parametrize("text", ["Help?", " help. ", "«help»", "help…", "HELP!", "ｈｅｌｐ", "he\u00adlp"])
def test_a_word_is_the_same_with_signs_around_it(text: str) -> None:
    assert bare(text) == "help"


PIECES = (
    "monday tue until next end of the month year in two 3 31 2027 jan february 4th 1/2 1.2. 2026-03-09 - to except "
    "every day am pm half past quarter : , ² ፩ weeks a not between and . noon o'clock 12 2400 evening"
)


@given(
    st.lists(st.sampled_from(PIECES.split()) | st.text(max_size=3), max_size=7).map(" ".join),
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)
def test_whatever_is_typed_is_read_or_said_back(text: str, today: date) -> None:
    for read in (partial(parse_date, today=today), parse_hour, parse_days):
        with suppress(ReadingError):
            read(text)
    find_date(text.split(), today)
    until = parse_until(text, today)
    assert until is None or until > today
