"""Other programs' questions become lessons, and what can't be carried over is named with its line and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from bot.cli.exported import as_csv
from bot.cli.lessons import cli
from bot.content import check
from bot.content.importing import Imported
from bot.content.importing.gift import read_gift
from bot.content.importing.table import read_table
from bot.domain.content import Catalogue, Kind, Lesson, Term, wordings
from bot.domain.questions import AnyQuestion
from bot.messages.render import objections

COURSE = """// a course as teachers ship it
$CATEGORY: $course$/top/Social media/Reach

::Counting people:: [html]<p>A post was shown <b>6,000</b> times to 1,500 people&nbsp;in a day.</p>

::How many\\: saw it?::What is the *reach*?{
  ~6,000 times#That is how often it was shown.
  =1,500 people#Each counts once.
  ~7,500#Nothing is added.
  ####Reach and impressions differ.
}

Grant is {~buried =entombed#Right. ~living} in Grant's tomb.

The sun rises in the East.{T#You said it doesn't.#It does.}

A hashtag is a link.{FALSE}

Which two are networks?{~%50%LinkedIn ~%50%Threads ~%-100%Slack ~%0%Teams}

What is it called?{=share of voice =SOV =%50%voice#nearly}

When was it founded?{#2003:1}

How much?{#1.5..2.5#In between.}

How many?{#
  =5:0#Yes.
  =%50%5:1#Nearly.
}

Match them.{=Canada -> Ottawa =Italy -> Rome}

Write about it.{}

Two are right.{=one =two ~three}

All of them.{~%50%a ~%50%b}

Which has a picture?{=<img src\\="x.png"> one ~two}

No end {=a ~b
"""


def lessons(made: Imported, root: Path) -> Catalogue:
    """What the files have, once an author has written what is left to write."""
    for path, text in made.files.items():
        root.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        root.joinpath(path).write_text(text.replace("TODO", "Written:"), encoding="utf-8")
    (root / "jargon").mkdir(exist_ok=True)
    report = check([root], objections)
    assert [str(problem) for problem in report.problems] == []
    return report.catalogue


def asked(catalogue: Catalogue) -> dict[str, AnyQuestion]:
    """The questions, by what they ask."""
    return {question.stem: question for item in catalogue.items.values() for question in wordings(item)}


def told(question: AnyQuestion) -> list[tuple[str, bool]]:
    """Its choices, and which are right."""
    return [(choice.text, choice.right) for choice in question.choices]


def test_every_common_form_becomes_a_question(tmp_path: Path) -> None:
    made = read_gift(COURSE, "course.gift", "Imported")
    catalogue = lessons(made, tmp_path / "made")
    found = asked(catalogue)
    assert catalogue.tracks.keys() == {"reach"}
    reach = catalogue.items["how-many-saw-it"]
    assert isinstance(reach, Lesson)
    assert reach.title == "How many: saw it?"
    assert reach.body == "A post was shown 6,000 times to 1,500 people in a day."
    assert told(found["What is the \\*reach\\*?"]) == [("6,000 times", False), ("1,500 people", True), ("7,500", False)]
    assert [c.reason for c in found["What is the \\*reach\\*?"].choices][1] == "Each counts once."
    assert told(found["Grant is \\_\\_\\_\\_\\_ in Grant's tomb."])[1] == ("entombed", True)
    sun, tag = found["The sun rises in the East."], found["A hashtag is a link."]
    assert [(c.text, c.right, c.reason) for c in sun.choices] == [
        ("True", True, "It does."),
        ("False", False, "You said it doesn't."),
    ]
    assert told(tag) == [("True", False), ("False", True)]
    two = found["Which two are networks?"]
    assert two.kind == "several_right"
    assert told(two) == [("LinkedIn", True), ("Threads", True), ("Slack", False), ("Teams", False)]
    assert told(found["What is it called?"])[0] == ("share of voice; SOV", True)
    assert told(found["When was it founded?"])[0] == ("2003, give or take 1", True)
    assert told(found["How much?"])[0] == ("2, give or take 0.5", True)
    assert told(found["How many?"])[0] == ("5", True)


def test_what_cant_be_carried_over_is_named_with_its_line_and_reason() -> None:
    losses = [f"{loss.line}: {loss.problem}" for loss in read_gift(COURSE, "course.gift", "Imported").losses]
    lines = {text: number for number, text in enumerate(COURSE.split("\n"), 1)}

    def said(begins: str, problem: str) -> bool:
        line = next(number for text, number in lines.items() if text.startswith(begins))
        return f"{line}: {problem}" in losses

    assert said("::How many", "the feedback for every answer has no place in a question")
    assert said("What is it called?", "part of the mark for “voice” can't be carried over")
    assert said("How many?", "of 2 numbers only the one for the whole mark is carried over")
    assert said("Match them.", "matching pairs can't be asked in a message")
    assert said("Write about it.", "an essay is graded by a person, and no lesson's question is")
    assert said("Two are right.", "2 choices are right, each for the whole mark, and a lesson's question has one")
    assert said("All of them.", "every choice is right")
    assert said("Which has a picture?", "a picture can't be carried over")
    assert said("No end", "the answers aren't closed")
    assert len(losses) == 9


def test_what_the_other_program_lacks_is_left_to_be_written_and_isnt_served(tmp_path: Path) -> None:
    made = read_gift("Which?{=a ~b}", "x.gift", "Our course")
    assert set(made.files) == {"tracks/our-course/which.md", "tracks/our-course/track.md"}
    assert made.files["tracks/our-course/which.md"].count("TODO") == 3


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(ending: str) -> None:
    made = read_gift("\ufeff" + ending.join(["One?{=a ~b}", "", "Two?{=c ~d}"]), "x.gift", "X")
    assert len(made.files) == 3


def test_an_escaped_sign_is_itself() -> None:
    made = read_gift("Is 1 \\= 1 \\{yes\\}?{=a\\~b\\#c ~d}", "x.gift", "X")
    text = next(text for path, text in made.files.items() if not path.endswith("track.md"))
    assert "Is 1 = 1 {yes}?" in text
    assert "- [x] a~b#c" in text


def test_what_is_no_gift_says_so() -> None:
    made = read_gift("", "x.gift", "X")
    assert [loss.problem for loss in made.losses] == ["there is no question in this file"]


def test_our_own_csv_comes_back_as_it_went(tmp_path: Path, our_lessons: Catalogue) -> None:
    made = read_table(as_csv(our_lessons), "ours.csv", "Imported")
    back = lessons(made, tmp_path / "made")
    assert back.items.keys() == our_lessons.items.keys()
    for item_id, item in our_lessons.items.items():
        again = back.items[item_id]
        assert wordings(again) == wordings(item), item_id
        assert (again.title, again.ask_first, again.review_by) == (item.title, item.ask_first, item.review_by)
    assert {loss.problem.split(" ")[1] for loss in made.losses} == {"sources"}


def test_a_spreadsheet_of_another_country_is_read(tmp_path: Path) -> None:
    text = (
        "Title;Text;Question;Choice 1;Right 1;Reason 1;Choice 2;Right 2;Reason 2;Notes\n"
        "Reach;Counts people.;What is it?;People;x;Each once.;Times;;Not these.;mine\n"
        ";;;;;;;;;\n"
        "Empty;Words.;What?;one;;;;;;\n"
    )
    made = read_table(text, "x.csv", "Our course")
    assert [f"{loss.line}: {loss.problem}" for loss in made.losses] == [
        '1: the column "notes" is left out',
        "4: the question has fewer than two choices",
    ]
    assert "- [x] People" in made.files["tracks/our-course/reach.md"]


def test_a_word_comes_as_a_word() -> None:
    made = read_table("kind,title,text,question\nterm,JOMO,Joy.,\n", "x.csv", "X")
    assert made.files == {"jargon/jomo.md": "---\nid: jomo\nterm: JOMO\n---\nJoy.\n"}
    assert Kind.TERM.value == Term.kind


def test_any_file_is_read_without_a_traceback() -> None:
    random, signs = (
        Random(20),
        [*"{}=~#:%\\$/[]<>&\n\n\n- .T0", "::", "->", "####", "%50%", "$CATEGORY: ", '"', "x"],
    )
    for _ in range(3_000):
        text = "".join(random.choice(signs) for _ in range(random.randrange(120)))
        read_gift(text, "x.gift", "X")
        read_table(f"title,question,choice_1,right_1,choice_2\n{text}", "x.csv", "X")


def test_the_command_writes_a_folder_and_says_what_is_left(tmp_path: Path) -> None:
    file, out = tmp_path / "course.gift", tmp_path / "out"
    file.write_text(COURSE)
    done = CliRunner().invoke(cli, ["import", "gift", str(file), "--out", str(out)])
    assert done.exit_code == 3
    assert "Not carried over: 9, named above." in done.stdout
    assert (
        f"course.gift:{COURSE[: COURSE.index('Match')].count(chr(10)) + 1}: matching pairs can't be asked in a message."
        in done.stderr
    )
    again = CliRunner().invoke(cli, ["import", "gift", str(file), "--out", str(out)])
    assert again.exit_code == 1
    assert "isn't an empty folder" in again.stderr
    assert any("still to be written" in str(p) for p in check([out], objections, date(2026, 11, 29)).problems)


def test_the_command_reads_what_windows_writes(tmp_path: Path) -> None:
    file = tmp_path / "course.csv"
    file.write_bytes("title;question;choice_1;right_1;choice_2\nCafé;Où?;là;x;ici\n".encode("cp1252"))
    done = CliRunner().invoke(cli, ["import", "csv", str(file), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.stderr
    assert "Où?" in (tmp_path / "out/tracks/imported/cafe.md").read_text("utf-8")
