"""A term that is only looked up has no question: it is explained, and comes neither in a track nor back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.content import Term, pack, question_of, wordings, words
from bot.messages import render
from bot.messages.item import explain_message
from bot.view_models import ExplainView
from tests.content.writing import TERM, Lessons
from tests.helpers import term

LOOKED_UP = TERM[: TERM.index("\n## Question")].format(id="ugc", term="UGC")
SOURCES = """one:
  claim: It grew.
  publisher: A paper
  title: A title
  date: "2025"
  address: https://example.org
  quotation: {quotation}
  passage: |
    The minister said on “Monday” that the fund
    had grown - by half - in a year.
  verified: read in a stored copy on 2026-11-29
"""


@pytest.fixture
def looked_up(lessons: Lessons) -> Term:
    """A term without a question, as the folder has it."""
    lessons.write("jargon/ugc.md", LOOKED_UP)
    assert lessons.problems() == []
    found = lessons.check().catalogue.items["ugc"]
    assert isinstance(found, Term)
    return found


def test_it_needs_no_question_and_counts_its_words_alone(looked_up: Term) -> None:
    assert (looked_up.question, wordings(looked_up)) == (None, ())
    assert words(looked_up) < 20


def test_it_is_explained_without_an_offer_to_remember_it(looked_up: Term) -> None:
    explained = explain_message(ExplainView(asked="ugc", term=looked_up))
    assert "It means this." in explained.text
    assert "Remember this" not in str(explained.blocks)
    asked = render(ExplainView(asked="b", term=term("b")))
    assert "Remember this" in str(asked.blocks)


def test_a_track_can_not_have_it(lessons: Lessons, looked_up: Term) -> None:
    lessons.change("tracks/one/track.md", "[a]", f"[a, {looked_up.id}]")
    (problem,) = lessons.problems()
    assert 'the track has "ugc", which asks nothing' in problem
    assert "Give it a question, or take it out of the list" in problem


def test_it_is_never_delivered(looked_up: Term) -> None:
    for delivered in (question_of, pack):
        with pytest.raises(ValueError, match="ugc asks nothing"):
            delivered(looked_up)


def test_a_lesson_needs_its_question(lessons: Lessons) -> None:
    text = (lessons.root / "tracks/one/a.md").read_text()
    lessons.write("tracks/one/a.md", text[: text.index("## Question")])
    assert any("there is no question" in problem for problem in lessons.problems())


def test_a_question_that_is_written_must_be_right(lessons: Lessons) -> None:
    lessons.write("jargon/ugc.md", TERM.format(id="ugc", term="UGC").replace("- [x]", "- [ ]"))
    assert lessons.problems() != []


@pytest.mark.parametrize(
    "quotation", ['"on \\"Monday\\" that the fund had"', "the fund had grown – by half", "The fund HAD grown"]
)
def test_a_quotation_stands_in_the_passage_that_was_read(lessons: Lessons, quotation: Any) -> None:
    lessons.write("sources.yaml", SOURCES.format(quotation=quotation))
    assert lessons.problems() == []


def test_a_quotation_that_was_changed_is_named(lessons: Lessons) -> None:
    lessons.write("sources.yaml", SOURCES.format(quotation="the fund had doubled"))
    (problem,) = lessons.problems()
    assert "the quotation isn't in the passage" in problem
