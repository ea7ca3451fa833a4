"""Signs that a reader would see are reported with their line; what is meant as it stands isn't."""

from __future__ import annotations

import pytest

from bot.content import check
from bot.messages.render import objections
from bot.package_files import folder
from tests.content.writing import TERM, Lessons


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("**Bold: **text", "marks that don't close"),
        ("**Bold:**text", "marks that don't close"),
        ("** bold ** text", "marks that don't close"),
        ("__bold text", "marks that don't close"),
        ("an *italic word", "a mark that doesn't close"),
        ("an _italic word", "a mark that doesn't close"),
        ("a `tag of code", "a ` that doesn't close"),
        ("• one\n• two", "a bullet from a word processor"),
        ("· one\n· two", "a bullet from a word processor"),
        ("\uf0b7 one", "a bullet from a word processor"),
        ("| a | b |\n| c | d |", "a row of a table"),
        ("##Heading", "a heading's signs"),
        ("- [ ] to do", "a choice's box"),
        ("see www.example.org for it", "an address without https://"),
        ("see example.org/page for it", "an address without https://"),
        ("[the page][page] says", "a link that isn't one"),
        ("[the page](java script)", "a link that isn't one"),
        ("said so[^1]", "a link that isn't one"),
        ("see [[a-page]]", "a link that isn't one"),
        ("&amp;lt;b&amp;gt; is", "an HTML entity"),
        ("a \\\\*sign", "a backslash before a sign"),
        ("Dear {{name}}", "signs of another program's formatting"),
        (":::note", "signs of another program's formatting"),
        ("a ==marked== word", "signs of another program's formatting"),
    ],
)
def test_signs_that_a_reader_would_see_are_named_and_served(lessons: Lessons, text: str, says: str) -> None:
    lessons.change("tracks/one/a.md", "Some text that says something.", f"Some text.\n\n{text}")
    report = lessons.check()
    assert report.problems == ()
    found = [str(w) for w in report.warnings]
    assert any(f"a.md:7: the reader would see {says}" in w for w in found), found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("– one\n– two", '"–" makes no list, and lines run together'),
        ("— one\n\n— two", '"—" makes no list'),
        ("a) one\nb) two", '"a)" makes no list'),
        ("(1) one\n(2) two", '"(1)" makes no list'),
        *[
            (f"{mark}one\n{mark}two", f'"{mark.strip()}" makes no list, and lines run together')
            for mark in (
                "o ",
                "→ ",
                "➔ ",
                "» ",
                "★ ",
                "✅ ",
                "☐ ",
                "◆ ",
                "▶ ",
                "▶\ufe0f ",
                "👉",
                "‐ ",
                "I. ",
                "1 – ",
                "–",
                "-",
                "− ",
                "i) ",
                "i. ",
                "(iv) ",
                "1.) ",
                "1.",
                "1)",
            )
        ],
        ("Ours:\n2. two\n3. three", '"2." makes no list, and lines run together'),
        ("§ one", "the reader would see a bullet from a word processor"),
        ("Ø one", "the reader would see a bullet from a word processor"),
        ("a | b | c\nd | e | f", "the rows of a table run together"),
        ("a|b|c\nd|e|f", "the rows of a table run together"),
        ("a\tb\tc\nd\te\tf", "the rows of a table run together"),
        ("see https:// example.org", "an address that isn't one"),
        ("see http:/example.org", "an address that isn't one"),
        ("see https:example.org", "an address that isn't one"),
        ("see https//example.org", "an address that isn't one"),
        ("see htps://example.org", "an address that isn't one"),
        ("see //example.org/x", "an address that isn't one"),
        ("see example.com:8080/x", "an address that isn't one"),
        ("- one\n-\n- two", "this point is empty, and isn't shown"),
        ("- one\n- two\nAnd then.", '"And then." would be shown as a part of the point above it'),
        ("> one\nAnd then.", '"And then." would be shown as a part of the point above it'),
        ("2010. It began.\n2014. It ended.", '"2014." would be shown as 2011'),
    ],
)
def test_points_that_make_no_list_and_numbers_that_would_change_are_named(
    lessons: Lessons, text: str, says: str
) -> None:
    lessons.change("tracks/one/a.md", "Some text that says something.", f"Some text.\n\n{text}")
    assert lessons.problems() == []
    assert any(says in w for w in lessons.warnings()), lessons.warnings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("~~old~~ new", "a word crossed out can't be shown"),
        ("| a | b |\n|---|---|\n| c | d |", "a table can't be shown"),
        ("<br> text", "HTML can't be shown"),
        ("<!-- a remark -->", "HTML can't be shown"),
        ("[the page](example.org/x)", "doesn't begin with https://"),
        ("[the lesson](b.md)", "doesn't begin with https://"),
        ('[the page](https://example.org "A page")', 'the words "A page" behind an address'),
        ("[page]: https://example.org", '"[page]: ..." isn\'t shown anywhere'),
        ("[&nbsp;](https://example.org)", "a link without words isn't shown"),
        ("[](https://example.org)", "a link without words isn't shown"),
        ("`` a ` b ``", "a ` inside code"),
    ],
)
def test_what_a_message_cannot_show_is_refused(lessons: Lessons, text: str, says: str) -> None:
    lessons.change("tracks/one/a.md", "Some text that says something.", f"Some text.\n\n{text}")
    found = lessons.problems()
    assert any("a.md:7:" in p and says in p for p in found), found


@pytest.mark.parametrize(
    "text",
    [
        "**Bold:** text, *italic*, `code` and [a page](https://example.org/a_b)",
        "un**believ**able, snake_case, 2*3*4, 2 * 3, ~10 %, ~5 of ~6",
        "a \\*sign\\* and \\_another\\_",
        "`**` and `&lt;` and `[x](y)`",
        "#OptOutside began it. AT&T asked; 5 < 6 & 7 > 6",
        "Booking.com and amazon.de, <https://www.example.org/page>, hello@example.org",
        "https://example.org/page, e.g./i.e. and 24/7, and/or km/h",
        "— Jonathan Wichmann",
        "[the page][p] says so\n\n[p]: https://example.org/p",
        "Fish &amp; chips, 60&nbsp;%",
        "He said: [laughs] so",
        "1) one\n2) two",
        "1. one\n1. two",
        "3. three\n4. four\n   - and",
        "2012. It began.",
        "From here → there, and\nback → again; a → b",
        "→ Read on.\n\n→ And on.",
        "✅ Do this\\\n❌ and not that",
        "§ 5 says so. Ø 3 of 4 do.",
        "either | or, and/or",
        "- one that\n  goes on\n- two\n\nAnd then.",
        "> one that\n> goes on",
        "https://example.org//x, https://example.org:8080/x, http://example.org: so",
        "https://example.org/_a_/b, https://example.org/a_ and https://example.org/Meme_(a)",
        "https is a scheme; http: and https: begin an address",
        "At 8:30, 16:9 and 1.5 million; hello: yes",
        "I go.\nI stay.",
        "He said: i. e.\nthat",
        "- one\n  - two",
    ],
)
def test_what_is_meant_as_it_stands_is_not_reported(lessons: Lessons, text: str) -> None:
    lessons.change("tracks/one/a.md", "Some text that says something.", f"Some text.\n\n{text}")
    assert (lessons.problems(), lessons.warnings()) == ([], [])


@pytest.mark.parametrize("place", ["Which one?", "- [ ] this one", "  > because of this"])
def test_questions_choices_and_reasons_are_looked_at_as_well(lessons: Lessons, place: str) -> None:
    lessons.change("tracks/one/a.md", place, place + " **or: **so")
    assert ["marks that don't close" in w for w in lessons.warnings()] == [True]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A **bold** title", "Markdown's marks"),
        ("An _italic_ title", "Markdown's marks"),
        ("A `coded` title", "Markdown's marks"),
        ("A [linked](https://example.org) title", "a link that isn't one"),
        ("A &lt;b&gt; title", "an HTML entity"),
        ("A <b>bold</b> title", "HTML"),
        ("A \\* title", "a backslash before a sign"),
    ],
)
def test_marks_in_what_is_shown_as_it_stands_are_named(lessons: Lessons, text: str, says: str) -> None:
    lessons.change("tracks/one/a.md", "title: A title", f"title: {text}")
    assert lessons.problems() == []
    assert lessons.warnings() == [
        f'lessons/tracks/one/a.md:3: "title" is shown as it is written, with {says}. Take the signs out'
    ]


def test_so_are_those_of_a_term_and_of_a_tracks_summary(lessons: Lessons) -> None:
    lessons.write("jargon/b.md", TERM.format(id="b", term="B").replace("you must.", "you *must*."))
    lessons.change("tracks/one/track.md", "A track.", "A **track**.")
    assert [w.partition(", with")[0] for w in lessons.warnings()] == [
        'lessons/jargon/b.md:5: "use_when" is shown as it is written',
        "lessons/tracks/one/track.md:6: the summary is shown as it is written",
    ]


def test_a_summary_that_is_more_than_sentences_is_refused(lessons: Lessons) -> None:
    lessons.change("tracks/one/track.md", "A track.", "A track.\n\n- of\n- points")
    assert lessons.problems() == [
        "lessons/tracks/one/track.md:8: the summary is more than a sentence. Keep to plain sentences, without a list"
    ]


def test_the_content_that_comes_with_the_program_has_no_warnings() -> None:
    report = check([folder("lessons")], objections)
    assert (report.problems, report.warnings) == ((), ())
