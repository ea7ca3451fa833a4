"""The look at a whole folder as a reader would: warnings that `lessons check` gives an author."""

from __future__ import annotations

import json
from datetime import date

from typer.testing import CliRunner

from bot.cli.lessons import cli
from tests.content.test_looked_up_terms import SOURCES
from tests.content.writing import LESSON, TERM, Lessons

TODAY = date(2026, 11, 29)


def warnings(lessons: Lessons) -> list[str]:
    """What an author is warned of."""
    report = lessons.check(TODAY)
    assert report.problems == ()
    return [str(warning) for warning in report.warnings]


def test_a_folder_that_is_sound_has_no_warning(lessons: Lessons) -> None:
    assert warnings(lessons) == []


def test_a_wrong_choice_that_confesses_is_named(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "- [ ] this one", "- [ ] a memo, so that nobody complains")
    (warning,) = warnings(lessons)
    assert warning.startswith("lessons/tracks/one/a.md:2: ")
    assert 'the wrong choice "a memo, so that nobody complains" says so with "so that nobody"' in warning


def test_an_absolute_word_is_fine_where_the_right_choice_has_one_too(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "- [ ] this one", "- [ ] never this one")
    assert 'says so with "never"' in warnings(lessons)[0]
    lessons.change("tracks/one/a.md", "- [x] that one", "- [x] only that one")
    assert warnings(lessons) == []


def test_right_choices_that_are_found_by_their_length_are_named(lessons: Lessons) -> None:
    for n in range(12):
        text = LESSON.format(id=f"l{n}").replace("- [x] that one", f"- [x] that one, the {n}th of them all")
        lessons.write(f"tracks/one/l{n}.md", text.replace("- [x] the latter", "- [x] the latter of the two"))
    listed = ", ".join(f"l{n}" for n in range(12))
    lessons.change("tracks/one/track.md", "[a]", f"[a, {listed}]")
    found = [warning for warning in warnings(lessons) if "take the longest choice" in warning]
    assert len(found) == 1
    assert "is right 4" in found[0]
    assert "lessons/tracks/one/track.md:4" in found[0]


def test_an_abbreviation_that_nothing_explains_is_named(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "title: A title", "title: A title\nterms: [cpm]")
    text = (lessons.root / "tracks/one/a.md").read_text()
    head, _, rest = text.partition("\n## Question")
    lessons.write("tracks/one/a.md", f"{head}\nThe CEO asks for the ROAS and the CPM.\n\n## Question{rest}")
    lessons.write("jargon/cpm.md", TERM.format(id="cpm", term="CPM"))
    (warning,) = [each for each in warnings(lessons) if "nothing explains" in each]
    assert "nothing explains ROAS. " in warning


def test_a_question_that_two_items_ask_is_named(lessons: Lessons) -> None:
    lessons.write("jargon/b.md", TERM.format(id="b", term="B"))
    lessons.write("jargon/c.md", TERM.format(id="c", term="C").replace("Which one?", "Which one? "))
    found = [warning for warning in warnings(lessons) if "asks nearly what" in warning]
    assert found
    assert 'asks nearly what "' in found[0]


def test_a_source_that_nothing_cites_is_named(lessons: Lessons) -> None:
    lessons.write("sources.yaml", SOURCES.format(quotation="the fund had grown"))
    (warning,) = warnings(lessons)
    assert warning.startswith('lessons/sources.yaml:1: nothing cites "one".')


def test_figures_are_told_by_track_and_as_json(lessons: Lessons) -> None:
    lessons.write("jargon/ugc.md", TERM[: TERM.index("\n## Question")].format(id="ugc", term="UGC"))
    told = CliRunner().invoke(cli, ["stats", str(lessons.root)])
    assert told.exit_code == 0, told.output
    assert "1 lesson, 0 terms, 2 wordings" in told.output
    assert "0 lessons, 1 term, 0 wordings" in told.output
    found = json.loads(CliRunner().invoke(cli, ["stats", str(lessons.root), "--format", "json"]).output)
    assert [each["name"] for each in found] == ["One", "All terms"]
    assert found[0]["forms"] == {"one right": 2}
    assert found[0]["rules"] == []


def test_a_question_that_is_long_where_it_comes_back_is_named(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "Which one?", "Which one? " + "And why this one? " * 15)
    (warning,) = [str(w) for w in lessons.check(TODAY).warnings if "comes to" in str(w)]
    assert 'the question "which-one" comes to 72 words with its choices and two reasons' in warning
    assert "Shorten it to 60" in warning
