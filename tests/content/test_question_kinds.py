"""An author asks in several ways and wordings, and hears with file, line and remedy what is wrong with one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.content import Change, question_of, wordings
from bot.domain.questions import Number, OneRight, SeveralRight, Typed
from tests.content.writing import LESSON, Lessons, once

SECTIONS = LESSON[LESSON.index("## Question") :]
SECTION = once(SECTIONS)
SEVERAL = """## Question, several right: which
What belongs there?

- [x] who
  > because
- [x] when
  > because
- [ ] why
  > no
"""
NUMBER = """## Question, number: how-many
How many saw it?

- [x] 1,500 people, give or take 100
  > counted
- [ ] 15 people
  > those answered
- [ ] anything else
  > count again
"""
TYPED = """## Question, typed: which-word
What is it called?

- [x] share of voice; SOV
  > yes
- [ ] reach
  > near by
- [ ] anything else
  > it compares
"""
ORDER = """## Question, which order: first
What comes first?

- [x] listen → answer → count
  > yes
- [ ] answer → listen → count
  > no
- [ ] count → answer → listen
  > no
"""


def asking(lessons: Lessons, section: str) -> None:
    """Let the lesson ask this."""
    lessons.change("tracks/one/a.md", SECTIONS, section)


@pytest.mark.parametrize(
    ("section", "kind"), [(SEVERAL, SeveralRight), (NUMBER, Number), (TYPED, Typed), (ORDER, OneRight)]
)
def test_each_kind_is_written_as_a_heading_and_a_list(lessons: Lessons, section: str, kind: type) -> None:
    asking(lessons, section)
    assert lessons.problems() == []
    asked = question_of(lessons.check().catalogue.items["a"])
    assert isinstance(asked, kind)
    assert len(asked.choices) == 3
    assert all(choice.reason for choice in asked.choices)


def test_true_or_false_has_its_two_choices(lessons: Lessons) -> None:
    section = "## Question, true or false: public\nA post is public.\n\n- [x] True\n  > yes\n- [ ] False\n  > no\n"
    asking(lessons, section)
    assert lessons.problems() == []
    lessons.change("tracks/one/a.md", "[ ] False", "[ ] No")
    (problem,) = lessons.problems()
    assert 'don\'t fit a question of the form "true or false"' in problem
    assert 'Write the choices "True" and "False", in this order' in problem


def test_a_question_may_come_in_several_wordings(lessons: Lessons) -> None:
    asking(lessons, SECTION + "\n" + SEVERAL + "\n" + TYPED)
    assert lessons.problems() == []
    item = lessons.check().catalogue.items["a"]
    assert [q.id for q in wordings(item)] == ["which-one", "which", "which-word"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("which\nWhat belongs", "which-one\nWhat belongs", 15, 'the id "which-one" is taken by another wording here'),
        ("What belongs there?", "Which one?", 15, '"which" asks in the same words as "which-one"'),
        (", several right", ", several write", 15, 'there is no question called "several write". Did you mean "several right"?'),
        (", several right", ", haiku", 15, 'there is no question called "haiku". There are: what happened next,'),
        ("- [x] when", "- [ ] when", 15, "only 1 choice is marked as right. Mark 2 or more with [x]"),
        ("- [ ] why", "- [x] why", 15, "every choice is marked as right. Leave one without an x"),
        ("- [ ] why", "- [ ] none of the above", 15, 'speaks of other choices by their place ("none of the above")'),
        ("  > no", "  > as B says", 15, 'the reason of "why" names a choice by its letter ("as B")'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_further_wording_is_named_at_its_heading(
    lessons: Lessons, old: str, new: str, line: int, says: str
) -> None:
    asking(lessons, SECTION + "\n" + SEVERAL.replace(old, new))
    assert any(p.startswith(f"lessons/tracks/one/a.md:{line}: ") and says in p for p in lessons.problems()), (
        lessons.problems()
    )


@pytest.mark.parametrize("label", ["both A and B", "A and B", "all of the above", "the first two", "Neither A nor C"])
def test_a_choice_that_speaks_of_others_by_their_place_is_refused(lessons: Lessons, label: str) -> None:
    lessons.change("tracks/one/a.md", "[ ] this one", f"[ ] {label}")
    (problem,) = lessons.problems()
    assert "the order changes. Name what it means, or ask with several right choices" in problem


@pytest.mark.parametrize(
    "label", ["Plan B", "the first two seconds", "both of them", "an A and a B test", "all three, to be safe"]
)
def test_a_choice_that_only_sounds_like_it_is_taken(lessons: Lessons, label: str) -> None:
    lessons.change("tracks/one/a.md", "[ ] this one", f"[ ] {label}")
    assert lessons.problems() == []


@pytest.mark.parametrize(
    ("section", "old", "new", "says"),
    [
        (NUMBER, "1,500 people, give or take 100", "many people", '"many people" isn\'t one number with a unit'),
        (NUMBER, "- [ ] anything else", "- [ ] other numbers", 'the last answer isn\'t "anything else"'),
        (NUMBER, "- [ ] 15 people", "- [ ] 1.5 people", "could mean the right answer and a wrong one: a point or a comma"),
        (NUMBER, "- [ ] 15 people", "- [x] 15 people", "2 choices are marked as right, and one is meant"),
        (TYPED, "share of voice; SOV", "a share of all the voice here", "is long to write on a phone"),
        (TYPED, "share of voice; SOV", "share of voice; &", '"&" has neither a letter nor a digit'),
        (TYPED, "- [ ] reach", "- [ ] share of voices", '"share of voices" could mean the right answer and a wrong one'),
        (TYPED, "[x] share", "[ ] share", "no choice is marked as right"),
        (ORDER, "count → answer → listen", "count → answer", 'don\'t fit a question of the form "which order"'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_kind_is_named_with_its_remedy(
    lessons: Lessons, section: str, old: str, new: str, says: str
) -> None:
    asking(lessons, section.replace(old, new))
    assert any(says in problem for problem in lessons.problems()), lessons.problems()


def test_asking_first_is_said_at_the_top(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "title: A title", "title: A title\nask: first")
    assert lessons.problems() == []
    assert lessons.check().catalogue.items["a"].ask_first
    lessons.change("tracks/one/a.md", "ask: first", "ask: last")
    (problem,) = lessons.problems()
    assert '"last" is no way to ask. Write "ask: first", or leave the line out' in problem


def test_the_longest_of_the_wordings_fits_into_the_minute(lessons: Lessons) -> None:
    long = SEVERAL.replace("What belongs there?", "What " + "really " * 230 + "belongs there?")
    asking(lessons, SECTION + "\n" + long)
    assert any("which is more than a minute" in problem for problem in lessons.problems())


def test_an_item_that_can_be_asked_in_one_wording_is_warned_of_at_its_track(lessons: Lessons) -> None:
    assert (lessons.problems(), lessons.warnings()) == ([], [])
    asking(lessons, SECTION)
    assert lessons.problems() == []
    assert lessons.warnings() == [
        "lessons/tracks/one/track.md:4: of 1 items, 1 can be asked in one wording and so never come back after a miss: "
        "a. Give each a second question"
    ]


CHANGED = "title: A title\nchanged_on: 2026-11-20\nchanged: It has another name now."


def test_a_change_is_marked_with_its_day_and_a_line(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "title: A title", CHANGED)
    assert (lessons.problems(), lessons.warnings()) == ([], [])
    assert lessons.check().catalogue.items["a"].change == Change(date(2026, 11, 20), "It has another name now.")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\nchanged_on: 2026-11-20", "", "it isn't said when it changed. Add a line such as: changed_on: "),
        ("\nchanged: It has another name now.", "", "it isn't said what changed. Add a line such as: changed: "),
        ("2026-11-20", "last week", '"changed_on" should be a date'),
        ("another name", "another name " * 20, "150 is the most"),
    ],
)
def test_a_change_that_is_half_told_is_named_with_what_mends_it(
    lessons: Lessons, old: str, new: str, says: str
) -> None:
    lessons.change("tracks/one/a.md", "title: A title", CHANGED.replace(old, new))
    (problem,) = lessons.problems()
    assert says in problem
