"""What stands in a file is what is taught: no value changes on the way, and none loses its end without a word."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.content import Lesson, Term
from tests.content.writing import TERM, Lessons
from tests.helpers import one_right

READ_BY_YAML_AS_SOMETHING_ELSE = [
    "9:16", "1.10", "007", "+1", "no", "No", "on", "yes", "null", "~", "1e3", "0x1F", "0o17", "1_000", ".5", ".inf",
    "2026-11-24", "2026-11-24 10:00", "12:30:45", "=", "<<", "true", "100%", "-1",
]  # fmt: skip


@pytest.mark.parametrize("written", READ_BY_YAML_AS_SOMETHING_ELSE)
def test_a_value_is_taken_as_it_is_written(lessons: Lessons, written: str) -> None:
    lessons.write("jargon/b.md", TERM.format(id="b", term=written).replace("heard:", f"aliases: [{written} x]\nheard:"))
    lessons.change("tracks/one/a.md", "title: A title", f"title: {written}")
    report = lessons.check()
    assert report.problems == ()
    lesson, term = report.catalogue.items["a"], report.catalogue.items["b"]
    assert isinstance(term, Term)
    assert (lesson.title, term.term, term.aliases) == (written, written, (f"{written} x",))


@pytest.mark.parametrize("written", ["[9:16, no, 007]", "\n  - 9:16\n  - no\n  - 007"])
def test_a_list_is_taken_as_it_is_written(lessons: Lessons, written: str) -> None:
    lessons.write("jargon/b.md", TERM.format(id="b", term="B").replace("heard:", f"aliases: {written}\nheard:"))
    term = lessons.check().catalogue.items["b"]
    assert isinstance(term, Term)
    assert term.aliases == ("9:16", "no", "007")


@pytest.mark.parametrize(("written", "is_open"), [("yes", True), ("true", True), ("Yes", True), ("on", True),
                                                  ("no", False), ("False", False), ("", False)])  # fmt: skip
def test_yes_and_no_are_read_where_a_field_wants_them(lessons: Lessons, written: str, is_open: bool) -> None:
    lessons.change("tracks/one/track.md", "title: One", f"title: One\nopen: {written}")
    report = lessons.check()
    assert report.problems == ()
    assert report.catalogue.tracks["one"].open is is_open


def test_what_is_neither_yes_nor_no_is_said(lessons: Lessons) -> None:
    lessons.change("tracks/one/track.md", "title: One", "title: One\nopen: maybe")
    assert lessons.problems() == [
        'lessons/tracks/one/track.md:4: "open" should be yes or no. For example: open: yes'
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["2027-06-30", "2027-6-30", '"2027-06-30"'])
def test_a_date_is_read_where_a_field_wants_it(lessons: Lessons, written: str) -> None:
    lessons.change("tracks/one/a.md", "title: A title", f"title: A title\nreview_by: {written}")
    lesson = lessons.check().catalogue.items["a"]
    assert isinstance(lesson, Lesson)
    assert lesson.review_by == date(2027, 6, 30)


@pytest.mark.parametrize("written", ["30.6.2027", "2027-02-30", "2027", "2027-06-30 10:00", "[2027-06-30]", "june"])
def test_what_is_no_date_is_said_with_an_example(lessons: Lessons, written: str) -> None:
    lessons.change("tracks/one/a.md", "title: A title", f"title: A title\nreview_by: {written}")
    assert lessons.problems() == [
        'lessons/tracks/one/a.md:4: "review_by" should be a date: year, month, day. For example: review_by: 2027-06-30'
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "kept", "cut"),
    [
        ("title: A title", "title: Why #hashtags matter", 3, "Why", "#hashtags matter"),
        ("title: A title", "title: A title\nterms: [a\n  , b #c\n  ]", 5, "b", "#c"),
    ],
)
def test_a_value_that_lost_its_end_is_reported(
    lessons: Lessons, old: str, new: str, line: int, kept: str, cut: str
) -> None:
    lessons.change("tracks/one/a.md", old, new)
    assert any(f'a.md:{line}: "{kept}" ends before " {cut}"' in p and "in quotes" in p for p in lessons.problems())


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ('title: "Why" #hashtags matter', 3, '"Why" ends before " #hashtags matter"'),
        ("title: 'Why' #hashtags matter", 3, '"Why" ends before " #hashtags matter"'),
        ('title: "Why"#hashtags matter', 3, '"Why" ends before " #hashtags matter"'),
        ("title: Why\n  #goes on", 4, '"Why" ends before " #goes on"'),
        ("title: > #why\n  goes on", 3, '"title: >" ends before " #why"'),
        ("title: #1 rule", 3, '" #1 rule" is no value'),
        ("title: #1 rule\n  of all", 3, '" #1 rule" is no value'),
        ("title:\n  #1 rule", 4, '" #1 rule" is no value'),
        ("title: A title\nterms: #hashtag", 4, '" #hashtag" is no value'),
        ("title: A title\nterms:\n  - #a\n  - b", 5, '" #a" is no value'),
        ("title: A title\nterms: [#a]", 4, '" #a]" is no value'),
        ("title: A title\nterms: [b, #a]", 4, '" #a]" is no value'),
        ("title: A title\nterms: [] #t", 4, '"terms: []" ends before " #t"'),
        ("title: A title\nsources: #x", 4, '" #x" is no value'),
        ("title: A title\nreview_by: #2027-01-01", 4, '" #2027-01-01" is no value'),
    ],
)
def test_what_stands_behind_a_sign_is_never_left_out_without_a_word(
    lessons: Lessons, written: str, line: int, says: str
) -> None:
    lessons.change("tracks/one/a.md", "title: A title", written)
    found = lessons.problems()
    assert any(f"a.md:{line}: {says}, since YAML takes a #" in p and "in quotes" in p for p in found), found


@pytest.mark.parametrize("written", ["next: #one", "open: #yes"])
def test_nor_is_it_in_a_track(lessons: Lessons, written: str) -> None:
    lessons.change("tracks/one/track.md", "title: One", f"title: One\n{written}")
    assert [p.partition(" is no")[0] for p in lessons.problems()] == [
        f'lessons/tracks/one/track.md:4: " {written.partition(" ")[2]}"'
    ]


@pytest.mark.parametrize("written", ["stands_for: #joy of missing out", "related: #a"])
def test_nor_in_a_term(lessons: Lessons, written: str) -> None:
    lessons.write("jargon/b.md", TERM.format(id="b", term="B").replace("heard:", f"{written}\nheard:"))
    assert [p.partition(" is no")[0] for p in lessons.problems()] == [
        f'lessons/jargon/b.md:4: " {written.partition(" ")[2]}"'
    ]


@pytest.mark.parametrize(
    "items",
    [
        "items:\n  # the first week\n  - a\n  #- b\n# - c",
        "items: # in this order\n  - a",
        "items:  # in this order\n- a\n#- b",
        "#items: [b]\nitems: [a]\n\n  # the end",
    ],
)
def test_a_remark_on_a_line_of_its_own_or_above_a_list_cuts_nothing_off(lessons: Lessons, items: str) -> None:
    lessons.change("tracks/one/track.md", "items: [a]", items)
    assert (lessons.problems(), lessons.warnings()) == ([], [])


def test_a_remark_that_is_one_is_only_warned_of(lessons: Lessons) -> None:
    lessons.change("tracks/one/track.md", "title: One", "# a remark of its own\ntitle: One\nopen: yes  # for everybody")
    assert lessons.problems() == []
    assert [w.partition(" ends")[0] for w in lessons.warnings()] == ['lessons/tracks/one/track.md:5: "yes"']


def test_a_sign_in_quotes_or_inside_a_word_cuts_nothing_off(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "title: A title", 'title: "Why #hashtags matter"')
    lessons.write("jargon/b.md", TERM.format(id="b", term="C#").replace("it means", "it means"))
    report = lessons.check()
    assert (report.problems, report.catalogue.items["a"].title) == ((), "Why #hashtags matter")
    assert report.catalogue.items["b"].title == "C#"


def test_a_source_that_says_a_thing_twice_is_reported_with_its_line(lessons: Lessons) -> None:
    lessons.write("sources.yaml", "one:\n  claim: c\n  publisher: p\n  title: t\n  date: 2023\n  title: another\n"
                  "  address: https://example.org\n  quotation: q\n  passage: q\n  verified: v\n")  # fmt: skip
    assert lessons.problems() == ['lessons/sources.yaml:6: the key "title" stands here twice. Keep one of them']


def test_a_source_keeps_its_date_as_written(lessons: Lessons) -> None:
    lessons.write("sources.yaml", "one:\n  claim: c\n  publisher: 007\n  title: t\n  date: 2023-11-05\n"
                  "  address: https://example.org\n  quotation: q\n  passage: q\n  verified: v\n")  # fmt: skip
    lessons.change("tracks/one/a.md", "title: A title", "title: A title\nsources: [one]")
    (source,) = lessons.check().catalogue.items["a"].sources
    assert (source.publisher, source.date) == ("007", "2023-11-05")


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2003", "\u3000", "\u200b ", " \ufeff"])
def test_unusual_spaces_read_as_spaces(lessons: Lessons, space: str) -> None:
    lessons.change("tracks/one/a.md", "title: A title", f"title:{space}A{space}title")
    lessons.change("tracks/one/a.md", "## Question: which-one", f"##{space}Question:{space}which-one")
    lessons.change("tracks/one/a.md", "- [x] that one", f"-{space}[x]{space}that{space}one")
    lessons.change("tracks/one/a.md", "  > because of that", f"{space}{space}>{space}because of that")
    report = lessons.check()
    assert report.problems == ()
    item = report.catalogue.items["a"]
    assert (item.title, one_right(item).choices[1].text) == ("A title", "that one")
    assert one_right(item).choices[1].reason == "because of that"


def test_a_sign_without_width_parts_no_word(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "Some text", "Some\u200bbody's te\u00adxt")
    body = lessons.check().catalogue.items["a"]
    assert isinstance(body, Lesson)
    assert body.body.startswith("Somebody's text that")
