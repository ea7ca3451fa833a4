"""Everything in a question's section is shown where its author put it, or reported with its line."""

from __future__ import annotations

import pytest

from bot.domain.content import question_of
from tests.content.writing import Lessons
from tests.helpers import one_right

LAST = "  > because of that\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (LAST, LAST + "\nThe second one, since it is that.\n", 15,
         '"The second one, since it is that." stands below the choices'),
        ("- [x] that", "\nSome hint.\n\n- [x] that", 13, '"Some hint." stands between the choices'),
        (LAST, LAST + "\n## More to read\n", 15, 'the heading "More to read" stands below the choices'),
        ("- [x] that", "## And\n\n- [x] that", 12, 'the heading "And" stands between the choices'),
        (LAST, LAST + "The second one.\n", 14, '"The second one." would be shown as a part of the point above it'),
        ("- [x] that one", "- [x] that one\nand so on", 13, '"and so on" would be shown as a part of the point above'),
        (LAST, LAST + "\n  > and of this\n", 15, 'the choice "that one" has two reasons'),
        (LAST, LAST + "\n  And another thing.\n", 15, '"And another thing." below the choice "that one" is no reason'),
        (LAST, LAST + "  - and\n  - so\n", 14, 'the choice "that one" has a list below it'),
        ("> because of that", "> because\n  > - of\n  > - that", 14, 'the reason of "that one" has a list'),
        ("  > because of that", "> because of that", 13, "a reason stands below the choices, and below none of them"),
        ("- [ ] this", "1. [ ] this", 10, "the choices are numbered"),
        ("Which one?", "> Which one?", 8, "a quotation in the question can't be shown"),
        ("Which one?", "Which one? ![a cat](cat.png)", 8, "a picture can't be shown"),
        ("- [x] that one", "- [x] ![that](cat.png) one", 12, "a picture can't be shown"),
        (LAST, LAST + "\n| a | b |\n|---|---|\n| c | d |\n", 15, "a table can't be shown"),
        (LAST, LAST + "\n```\ncode\n```\n", 15, "a code block can't be shown"),
        (LAST, LAST + "\n<!-- a remark -->\n", 15, "HTML can't be shown"),
        (LAST, LAST + "\n---\n", 15, "a ruler can't be shown"),
        (LAST, LAST + "\n[a]: https://example.org\n", 15, '"[a]: ..." isn\'t shown anywhere'),
        ("Which one?", "Which one?\n---", 8, '"Which one?" is a heading in the question'),
    ],
)  # fmt: skip
def test_what_would_not_be_shown_is_reported(lessons: Lessons, old: str, new: str, line: int, says: str) -> None:
    lessons.change("tracks/one/a.md", old, new)
    found = lessons.problems()
    assert any(says in p and f"a.md:{line}:" in p for p in found), found


def test_an_explanation_below_the_choices_never_reaches_the_question(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", LAST, LAST + "\nThe right one is that one.\n")
    assert "a" not in lessons.check().catalogue.items


def test_a_question_in_two_paragraphs_and_a_break_stays_in_them(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "Which one?", 'They say:\\\n"Now or\nnever."\n\nWhich one?')
    assert lessons.problems() == []
    assert question_of(lessons.check().catalogue.items["a"]).stem == 'They say:\\\n"Now or never."\n\nWhich one?'


def test_a_reason_in_two_paragraphs_stays_in_them(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "  > because of that", "  > because of that\n  >\n  > and so\n  > on")
    assert one_right(lessons.check().catalogue.items["a"]).choices[1].reason == "because of that\n\nand so on"


def test_an_underlined_heading_begins_the_question_as_well(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "## Question: which-one\n", "Question: which-one\n---\n")
    report = lessons.check()
    assert (report.problems, question_of(report.catalogue.items["a"]).stem) == ((), "Which one?")


@pytest.mark.parametrize("same", ["**this one**", "*this* one", "[this](https://example.org) one", "this&#32;one",
                                  "this&nbsp;one", "`this one`"])  # fmt: skip
def test_choices_that_look_the_same_are_the_same(lessons: Lessons, same: str) -> None:
    lessons.change("tracks/one/a.md", "- [x] that one", f"- [x] {same}")
    assert any("two choices read the same" in p for p in lessons.problems())


def test_choices_that_differ_in_a_letter_are_two(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "- [x] that one", "- [x] This one")
    assert lessons.problems() == []


@pytest.mark.parametrize("nothing", ["&nbsp;", "&#8203;", "&shy; &nbsp;", "[](https://example.org)", "&#x2800;"])
@pytest.mark.parametrize(
    ("old", "says"),
    [
        ("because of that", 'the choice "that one" has no reason'),
        ("that one", "a choice doesn't begin with [ ] or [x]"),
        ("Which one?", "the question isn't asked"),
        ("Some text that says something.", "the lesson has no text"),
    ],
)
def test_what_shows_nothing_is_nothing(lessons: Lessons, nothing: str, old: str, says: str) -> None:
    lessons.change("tracks/one/a.md", old, nothing)
    assert any(says in p for p in lessons.problems()), lessons.problems()
