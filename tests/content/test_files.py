"""Which files are lessons: strays are passed over, what isn't read is named, links end inside the folder or are refused."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.content import check
from bot.domain.content import Catalogue
from bot.messages.render import objections
from bot.package_files import folder
from tests.content.writing import LESSON, TERM, Lessons

STRAY = [
    "._a.md", ".a.md.swp", "~$a.md", "a.md~", "#a.md#", ".DS_Store", "Thumbs.db", "desktop.ini", "README.md",
    "readme.md", "README.de.md", "picture.png", "notes.txt", "CHANGELOG.md",
]  # fmt: skip


@pytest.mark.parametrize("name", STRAY)
@pytest.mark.parametrize("place", ["", "tracks/", "tracks/one/", "jargon/"])
def test_stray_files_are_passed_over(lessons: Lessons, name: str, place: str) -> None:
    lessons.write(place + name, b"\x00\x05\x16\x07\xff not a lesson")
    assert (lessons.problems(), lessons.warnings()) == ([], [])


@pytest.mark.parametrize("name", [".trash", "._one", "__MACOSX", ".git"])
def test_so_are_folders_of_strays(lessons: Lessons, name: str) -> None:
    for place in ("tracks", "tracks/one", "jargon"):
        (lessons.root / place / name).mkdir()
        lessons.write(f"{place}/{name}/b.md", LESSON.format(id="b"))
    assert (lessons.problems(), lessons.warnings()) == ([], [])


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("b.MD", 'Rename it to "b.md"'),
        ("b.md.txt", 'Rename it to "b.md"'),
        ("b.markdown", 'Rename it to "b.md"'),
        ("b.mdx", 'Rename it to "b.md"'),
        ("b.md.bak", 'Rename it to "b.md"'),
        ("b.txt", 'Rename it to "b.md"'),
        ("b.text", 'Rename it to "b.md"'),
        ("b.TXT", 'Rename it to "b.md"'),
        ("b", 'Rename it to "b.md"'),
        ("b.md ", 'Rename it to "b.md"'),
        ("b.md.", 'Rename it to "b.md"'),
        ("b\uff0emd", 'Rename it to "b.md"'),
        ("b.md.rtf", 'Save it as plain text, as "b.md"'),
        ("b.docx", 'Save it as plain text, as "b.md"'),
    ],
)
@pytest.mark.parametrize("place", ["tracks/one", "jargon"])
def test_what_looks_like_a_lesson_and_isnt_read_is_named_itself(
    lessons: Lessons, place: str, name: str, remedy: str
) -> None:
    lessons.write(f"{place}/{name}", LESSON.format(id="b"))
    assert lessons.warnings() == [f"lessons/{place}/{name}:1: this file isn't read. {remedy}"]
    assert lessons.problems() == []


@pytest.mark.parametrize(
    "name", ["Track.md", "TRACK.MD", "tracks.md", "track.md.txt", "track.txt", "track", "track.md "]
)
def test_a_track_under_nearly_its_name_is_told_the_right_one(lessons: Lessons, name: str) -> None:
    (lessons.root / "tracks/one/track.md").rename(lessons.root / "tracks/one" / name)
    says = f'lessons/tracks/one/{name}:1: this file isn\'t read. Rename it to "track.md"'
    assert lessons.problems() == ["lessons:1: there is no track. Add tracks/<name>/track.md", says]


def test_a_lesson_about_tracks_is_a_lesson(lessons: Lessons) -> None:
    lessons.write("tracks/one/tracks.md", LESSON.format(id="tracks"))
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, tracks]")
    assert (lessons.problems(), lessons.warnings()) == ([], [])


def test_whoever_lists_such_a_lesson_is_led_to_its_file(lessons: Lessons) -> None:
    lessons.write("tracks/one/b.MD", LESSON.format(id="b"))
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, b]")
    assert lessons.problems() == [
        'lessons/tracks/one/track.md:4: there is no lesson or term "b". '
        "lessons/tracks/one/b.MD looks like it, and isn't read"
    ]


@pytest.mark.parametrize("place", ["", "tracks/"])
def test_a_lesson_outside_of_a_track_is_named(lessons: Lessons, place: str) -> None:
    lessons.write(f"{place}b.md", LESSON.format(id="b"))
    assert lessons.warnings() == [
        f"lessons/{place}b.md:1: this file isn't read. Move it into a track's folder, tracks/<name>, or into jargon"
    ]


@pytest.mark.parametrize("place", ["tracks/one/week-2", "jargon/more", "Words", "tracks/one/week-2/deep"])
def test_a_subfolder_is_named_once_with_its_lessons(lessons: Lessons, place: str) -> None:
    (lessons.root / place).mkdir(parents=True)
    for name in ("b", "c"):
        lessons.write(f"{place}/{name}.md", LESSON.format(id=name))
    assert lessons.warnings() == [
        f"lessons/{place}:1: this folder isn't read, and 2 files in it. "
        "A lesson stands in tracks/<name>, a word in jargon, neither any deeper"
    ]


def test_a_folder_of_pictures_is_nobodys_business(lessons: Lessons) -> None:
    (lessons.root / "tracks/one/img").mkdir()
    lessons.write("tracks/one/img/a.png", b"\x89PNG")
    assert lessons.warnings() == []


def test_a_readme_that_is_a_lesson_is_read(lessons: Lessons) -> None:
    lessons.write("tracks/one/readme.md", LESSON.format(id="readme"))
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, readme]")
    assert (lessons.problems(), lessons.warnings()) == ([], [])


def test_sources_under_another_name_are_named(lessons: Lessons) -> None:
    lessons.write("sources.yml", "one:\n  claim: c\n")
    assert lessons.warnings() == [
        'lessons/sources.yml:1: this file isn\'t read. Rename it to "sources.yaml", '
        "and keep it at the top of the lessons folder"
    ]


def test_a_track_without_its_file_is_named(lessons: Lessons) -> None:
    (lessons.root / "tracks/two").mkdir()
    lessons.write("tracks/two/b.md", LESSON.format(id="b"))
    assert lessons.warnings() == [
        "lessons/tracks/two:1: the lessons here have no track.md beside them. Add track.md to this folder",
        'lessons/tracks/two/b.md:2: the lesson "b" is in no track. Add it to the items of a track.md',
    ]


def test_a_lesson_in_no_track_is_named_and_a_term_needs_none(lessons: Lessons) -> None:
    lessons.write("tracks/one/b.md", LESSON.format(id="b"))
    lessons.write("jargon/c.md", TERM.format(id="c", term="C"))
    assert lessons.problems() == []
    assert lessons.warnings() == [
        'lessons/tracks/one/b.md:2: the lesson "b" is in no track. Add it to the items of a track.md'
    ]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("[two]", 'there is no track "two" to come next. Take it out of next until the track is there'),
        ("[oned]", 'there is no track "oned" to come next. Did you mean "one"?'),
        ("[one]", '"one" is the track itself. Take it out of next'),
    ],
)
def test_a_next_track_that_isnt_there_is_named_and_the_rest_is_served(lessons: Lessons, names: str, says: str) -> None:
    lessons.change("tracks/one/track.md", "items: [a]", f"items: [a]\nnext: {names}")
    assert lessons.problems() == []
    assert lessons.warnings() == [f"lessons/tracks/one/track.md:5: {says}"]


def as_config_map(source: Path, mount: Path) -> None:
    """The layout in which Kubernetes mounts a ConfigMap or a projected volume."""
    data = mount / "..2026_11_28_05_40_12.1234567"
    mount.mkdir(parents=True)
    if source.is_dir():
        shutil.copytree(source, data)
    (mount / "..data").symlink_to(data.name)
    for entry in sorted(data.iterdir()):
        (mount / entry.name).symlink_to(Path("..data") / entry.name)


def test_links_inside_the_folder_are_followed_as_in_a_config_map(tmp_path: Path, our_lessons: Catalogue) -> None:
    """One volume with paths for the whole folder: the links at its top lead to folders."""
    as_config_map(folder("lessons"), tmp_path / "lessons")
    report = check([tmp_path / "lessons"], objections)
    assert (report.problems, report.warnings) == ((), ())
    assert report.catalogue == our_lessons


def test_a_config_map_for_each_folder_is_followed_as_well(tmp_path: Path, our_lessons: Catalogue) -> None:
    ours = folder("lessons")
    as_config_map(ours / "jargon", tmp_path / "lessons/jargon")
    for track in (ours / "tracks").iterdir():
        as_config_map(track, tmp_path / "lessons/tracks" / track.name)
    shutil.copy(ours / "sources.yaml", tmp_path / "lessons/sources.yaml")
    report = check([tmp_path / "lessons"], objections)
    assert (report.problems, report.warnings) == ((), ())
    assert report.catalogue == our_lessons


def test_the_folder_itself_may_be_a_link_and_keeps_its_name(lessons: Lessons, tmp_path: Path) -> None:
    lessons.root.rename(tmp_path / "release-7")
    lessons.root.symlink_to("release-7")
    lessons.change("tracks/one/a.md", "[x] that", "[ ] that")
    assert [p.partition(":")[0] for p in lessons.problems()] == ["lessons/tracks/one/a.md"]


@pytest.mark.parametrize("target", ["/etc/passwd", "../../../outside.md", "/proc/self/environ"])
def test_a_link_out_of_the_folder_is_refused(lessons: Lessons, tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.md").write_text(LESSON.format(id="b"))
    (lessons.root / "tracks/one/b.md").symlink_to(target)
    assert lessons.problems() == [
        "lessons/tracks/one/b.md:1: this is a link out of the lessons folder. "
        "Put the file itself here; links may end inside the folder"
    ]


def test_a_folder_that_is_a_link_out_is_refused(lessons: Lessons, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.md").write_text(LESSON.format(id="b"))
    (lessons.root / "tracks/two").symlink_to(tmp_path / "elsewhere")
    shutil.rmtree(lessons.root / "jargon")
    (lessons.root / "jargon").symlink_to(tmp_path / "elsewhere")
    assert {p.partition(". ")[0] for p in lessons.problems()} == {
        "lessons/jargon:1: this is a link out of the lessons folder",
        "lessons/tracks/two:1: this is a link out of the lessons folder",
    }


def test_links_that_lead_nowhere_or_round_in_circles_are_named(lessons: Lessons) -> None:
    (lessons.root / "tracks/one/gone.md").symlink_to("nowhere.md")
    (lessons.root / "tracks/one/circle.md").symlink_to("circle.md")
    (lessons.root / "tracks/one/up").symlink_to("..")
    assert lessons.problems() == [
        f"lessons/tracks/one/{name}.md:1: this link leads nowhere. Put the file itself here"
        for name in ("circle", "gone")
    ]


def test_what_is_no_file_is_named_and_not_waited_for(lessons: Lessons) -> None:
    os.mkfifo(lessons.root / "jargon/pipe.md")
    assert any("jargon/pipe.md:1:" in p for p in lessons.problems())


@pytest.mark.parametrize("name", ["tracks/two", "jargon", "sources.yaml", "tracks", "tracks/one/track.md"])
def test_a_link_that_leads_nowhere_is_named_whatever_it_should_be(lessons: Lessons, name: str) -> None:
    path = lessons.root / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to("gone")
    assert f"lessons/{name}:1: this link leads nowhere. Put the file itself here" in lessons.problems()


@pytest.mark.parametrize("name", ["sources.yaml", "tracks/one/track.md", "tracks/one/b.md", "jargon/b.md"])
def test_a_folder_in_a_files_place_is_named(lessons: Lessons, name: str) -> None:
    """As Docker makes one of a mount whose file isn't there."""
    (lessons.root / name).unlink(missing_ok=True)
    (lessons.root / name).mkdir()
    assert lessons.problems() == [
        f"lessons/{name}:1: this is a folder where a file should be. Put the file itself here, or mount one that is there"
    ]


@pytest.mark.parametrize("name", ["jargon", "tracks"])
def test_a_file_in_a_folders_place_is_named(lessons: Lessons, name: str) -> None:
    shutil.rmtree(lessons.root / name)
    lessons.write(name, "../elsewhere")
    assert f"lessons/{name}:1: this is a file where a folder should be. Put the folder itself here" in (
        lessons.problems()
    )
