"""The prompt of a lesson: where it may stand, and what an author is told about one that isn't sound."""

from __future__ import annotations

import pytest

from bot.domain.content import Lesson, pack, unpack, version
from bot.domain.strategy import Part, Prompt
from tests.content.writing import LESSON, TERM, Lessons

PROMPT = "\n## Prompt: measurement\n- What will you look at after 90 days?\n- When do you stop?\n"
LINE = LESSON.count("\n") + 2


def test_a_prompt_is_read_wherever_it_stands(lessons: Lessons) -> None:
    wanted = Prompt(Part.MEASUREMENT, ("What will you look at after 90 days?", "When do you stop?"))
    above = LESSON.format(id="a").replace("## Question: which-one", f"{PROMPT.strip()}\n\n## Question: which-one")
    for text in (LESSON.format(id="a") + PROMPT, above):
        lessons.write("tracks/one/a.md", text)
        assert lessons.problems() == []
        found = lessons.check().catalogue.items["a"]
        assert isinstance(found, Lesson)
        assert found.prompt == wanted
        assert "Prompt" not in found.body
        assert len(found.further) == 1
        assert unpack(pack(found)) == Lesson(**{**vars(found), "further": ()})


def test_a_lesson_without_a_prompt_keeps_the_hash_it_had(lessons: Lessons) -> None:
    plain = lessons.check().catalogue.items["a"]
    assert '"prompt"' not in pack(plain)
    lessons.write("tracks/one/a.md", LESSON.format(id="a") + PROMPT)
    assert version(lessons.check().catalogue.items["a"]) != version(plain)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("measurement", "measurment", 0, 'the strategy has no part "measurment"'),
        (": measurement", "", 0, 'the strategy has no part ""'),
        ("- When", "When", 2, "this is no question of the prompt"),
        ("- When do you stop?", "- " + "x" * 151, 2, "longer than 150 characters"),
        ("- When", "- a\n- b\n- When", 0, "the prompt has 4 questions"),
        (PROMPT, "\n## Prompt: measurement\n", 0, "the prompt has 0 questions"),
        (PROMPT, PROMPT + PROMPT, 4, "there is a second prompt"),
    ],
)
def test_what_is_wrong_with_a_prompt_is_told_with_its_line(
    lessons: Lessons, old: str, new: str, line: int, says: str
) -> None:
    lessons.write("tracks/one/a.md", LESSON.format(id="a") + PROMPT.replace(old, new))
    found = lessons.problems()
    assert any(says in p and f"a.md:{LINE + line}:" in p for p in found), found
    assert "a" not in lessons.check().catalogue.items


def test_a_term_has_no_prompt(lessons: Lessons) -> None:
    lessons.write("jargon/fomo.md", TERM.format(id="fomo", term="FOMO") + PROMPT)
    assert any("a term has no prompt" in problem for problem in lessons.problems())
