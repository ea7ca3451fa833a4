"""`lessons check` names file, line, problem and remedy, all of them in one run."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from bot.content import check, load
from bot.domain.content import Item, Lesson
from bot.errors import ContentError
from bot.messages.render import objections
from bot.package_files import folder
from tests.content.writing import LESSON, TERM, Lessons


def test_a_sound_folder_has_no_problems(lessons: Lessons) -> None:
    report = lessons.check()
    assert report.problems == ()
    assert report.catalogue.tracks["one"].items == ("a",)


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known_one(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "title: A title", "titel: A title")
    assert lessons.problems() == [
        'lessons/tracks/one/a.md:1: "title" is missing. Add a line such as: title: Why the words matter',
        'lessons/tracks/one/a.md:3: unknown key "titel". Did you mean "title"?',
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("- [ ] this one", "- [x] this one", 7, "2 choices are marked as right, and one is meant"),
        ("- [x] that one", "- [ ] that one", 7, "no choice is marked as right"),
        ("  > because of that\n", "", 12, 'the choice "that one" has no reason'),
        ("- [ ] this one", "- this one", 10, "a choice doesn't begin with [ ] or [x]"),
        ("## Question: which-one", "## Question", 7, "the question has no id of its own"),
        ("Which one?\n", "\n", 7, "the question isn't asked"),
        ("Some text that says something.", "", 5, "the lesson has no text"),
        ("Some text", "# Big\n\nSome text", 5, "a heading can't be shown in a message"),
        ("Some text", "![a picture](x.png) Some text", 5, "a picture can't be shown in a message"),
        ("Some text", "<b>Some</b> text", 5, "HTML can't be shown in a message"),
        ("title: A title", "title: A title\nreview_by: soon", 4, '"review_by" should be a date'),
        ("title: A title", "title: [A, title]", 3, '"title" should be a text'),
        ("title: A title", "title: A title\ntitle: B", 4, 'the key "title" stands here twice'),
        ("title: A title", "title: &x A title", 3, "YAML aliases (& and *) aren't used here"),
        ("title: A title", "title: !!python/name:os.system A", 3, "YAML tags (!) aren't used here"),
        ("title: A title", "title: A: title", 3, "this isn't valid YAML"),
        ("title: A title", "title: A title\nterms: [nowhere]", 4, 'there is no term "nowhere"'),
        ("title: A title", "title: A title\nsources: [nowhere]", 4, 'there is no source "nowhere"'),
        ("id: a\n", "id: A b\n", 2, "has other signs than a-z, 0-9 and hyphens"),
        ("---\nid: a", "id: a", 1, "the file doesn't begin with ---"),
        ("this one", "that one", 7, "two choices read the same"),
        ("Some text that", "Some text " + "word " * 240 + "that", 2, "more than a minute"),
        ("title: A title", "title: " + "x" * 130, 3, "120 is the most"),
        ("Which one?", "Which one? " + "y" * 5000, 2, "Slack would refuse this message"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_line(lessons: Lessons, old: str, new: str, line: int, says: str) -> None:
    lessons.change("tracks/one/a.md", old, new)
    found = lessons.problems()
    assert any(says in p and f"a.md:{line}:" in p for p in found), found
    assert all(p.count(". ") >= 1 for p in found), "each has a remedy"


def test_all_problems_of_all_files_come_in_one_run(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "[x]", "[ ]")
    lessons.write("jargon/b.md", TERM.format(id="b", term="B").replace("heard", "herd"))
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, c]")
    assert len({p.split(":")[0] for p in lessons.problems()}) == 3


def test_an_unknown_item_of_a_track_gets_the_nearest_known_one(lessons: Lessons) -> None:
    lessons.write("jargon/b.md", TERM.format(id="hashtag", term="hashtag"))
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, hashtags]")
    assert lessons.problems() == [
        'lessons/tracks/one/track.md:4: there is no lesson or term "hashtags". Did you mean "hashtag"?'
    ]


def test_an_id_is_taken_once_across_lessons_and_terms(lessons: Lessons) -> None:
    lessons.write("jargon/a.md", TERM.format(id="a", term="A"))
    assert any('the id "a" is taken by lessons/jargon/a.md' in p for p in lessons.problems())


def test_a_name_means_one_term(lessons: Lessons) -> None:
    lessons.write("jargon/b.md", TERM.format(id="b", term="Same"))
    lessons.write("jargon/c.md", TERM.format(id="c", term="same"))
    assert any('"same" is also a name of the term "b"' in p for p in lessons.problems())


def test_a_track_doesnt_explain_what_one_of_its_lessons_teaches(lessons: Lessons) -> None:
    lessons.write("jargon/b.md", TERM.format(id="b", term="B"))
    lessons.change("tracks/one/a.md", "title: A title", "title: A title\nterms: [b]")
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, b]")
    assert any('the track explains "b", which its lesson "a" teaches' in p for p in lessons.problems())


def test_files_that_are_too_big_not_text_or_links_are_refused(lessons: Lessons) -> None:
    lessons.write("jargon/big.md", "x" * 70_000)
    lessons.write("jargon/latin.md", "---\nid: a\n---\ncaf\xe9".encode("latin-1"))
    lessons.write("jargon/bell.md", "---\nid: \x07\n---\n")
    (lessons.root / "jargon" / "link.md").symlink_to("/etc/passwd")
    found = "\n".join(lessons.problems())
    for said in ("the file has 68 KB, 64 is the most", "latin.md:4: the file isn't UTF-8 text",
                 "bell.md:2: there is a control character", "link.md:1: this is a link"):  # fmt: skip
        assert said in found, found


def test_files_from_windows_and_with_a_byte_order_mark_are_read(lessons: Lessons) -> None:
    lessons.write("tracks/one/a.md", "\ufeff" + LESSON.format(id="a").replace("\n", "\r\n"))
    assert lessons.problems() == []


def test_deep_nesting_is_refused_without_a_traceback(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "title: A title", "title: " + "[" * 3000)
    assert any("nested more than 20 deep" in p for p in lessons.problems())


def test_a_folder_that_isnt_there_is_named(tmp_path: Path) -> None:
    assert "there is no such folder" in str(check([tmp_path / "nowhere"], objections).problems[0])


def test_nothing_invalid_is_loaded(lessons: Lessons) -> None:
    lessons.change("tracks/one/a.md", "[x]", "[ ]")
    with pytest.raises(ContentError, match="no choice is marked as right"):
        load([lessons.root], objections)


def test_whoever_serves_is_told_in_a_line_that_there_are_warnings(
    lessons: Lessons, caplog: pytest.LogCaptureFixture
) -> None:
    lessons.change("tracks/one/a.md", "Some text", "**Some: **text")
    assert load([lessons.root], objections).items
    assert caplog.messages == ["the lessons have warnings (1): `missinglink lessons check` names them"]


def test_slacks_objections_reach_the_author(lessons: Lessons) -> None:
    def refuses(item: Item) -> list[str]:
        return [f"{item.id} is refused"] if isinstance(item, Lesson) else []

    assert any(
        "Slack would refuse this message: a is refused" in str(p) for p in check([lessons.root], refuses).problems
    )


def mutated(text: str, rng: random.Random) -> bytes:
    """A file with something wrong in it: bytes flipped, parts cut, doubled, moved, or nonsense put in."""
    data = bytearray(text.encode())
    for _ in range(rng.randint(1, 6)):
        at, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        nonsense = rng.choice([b"---\n", b"[x]", b": ", b"\x00", b"\xff\xfe", b"&a *a", b"- [", b"> ", b"```\n", b"# ",
                               b"{" * 30, b"!!x ", b"\t", "\u202e".encode(), b"id: a\n", b"|", b"'", b'"'])  # fmt: skip
        match rng.randrange(4):
            case 0:
                data[at:end] = b""
            case 1:
                data[at:at] = nonsense
            case 2:
                data[at:at] = data[at:end]
            case _:
                data[at : at + 1] = bytes([rng.randrange(256)])
    return bytes(data)


def test_a_thousand_malformed_files_give_errors_and_never_a_traceback(lessons: Lessons) -> None:
    rng = random.Random(8)
    ours = [p.read_text() for p in folder("lessons").rglob("*.md") if p.name != "README.md"]
    broken = 0
    for _ in range(1000):
        name = rng.choice(["tracks/one/a.md", "tracks/one/track.md", "jargon/b.md"])
        lessons.write(name, mutated(rng.choice(ours), rng))
        report = lessons.check()
        for problem in report.problems:
            assert problem.line >= 1
            assert problem.problem
            assert problem.remedy
        broken += bool(report.problems)
    assert broken > 900
    shutil.rmtree(lessons.root)
