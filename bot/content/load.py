"""The whole folder: every file parsed, then what only the whole can show.

lessons/
  sources.yaml          where the claims come from
  tracks/<slug>/track.md, <lesson>.md
  jargon/<term>.md
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.content.front import Keys, Say, problems_into
from bot.content.parse import parse_lesson, parse_sources, parse_term, parse_track
from bot.content.problem import Problem, did_you_mean
from bot.domain.content import WORDS_A_MINUTE, Catalogue, Item, Lesson, Source, Term, Track, words
from bot.errors import ContentError

MOST_BYTES = 64 * 1024
ID_LINE = re.compile(r"^id:\s*([a-z0-9-]+)\s*$", re.MULTILINE)
Objections = Callable[[Item], Sequence[str]]
T = TypeVar("T", bound="Lesson | Term | Track")


@dataclass(frozen=True)
class Report:
    """What a folder holds, and all that is wrong with it."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]


@dataclass
class _Folder:
    root: Path
    objections: Objections
    problems: list[Problem] = field(default_factory=list)
    where: dict[str, tuple[str, Keys]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids of files that couldn't be read: others may name them without being wrong themselves."""

    def say(self, path: Path) -> Say:
        return problems_into(self.name(path), self.problems)

    def name(self, path: Path) -> str:
        return f"{self.root.name}/{path.relative_to(self.root).as_posix()}"


def load(root: Path, objections: Objections) -> Catalogue:
    """The folder as a catalogue.

    Args:
        root: the lessons folder.
        objections: why Slack would refuse the message an item makes; nothing when it wouldn't.

    Raises:
        ContentError: something is wrong; it carries every problem.
    """
    report = check(root, objections)
    if report.problems:
        raise ContentError(tuple(str(problem) for problem in report.problems))
    return report.catalogue


def check(root: Path, objections: Objections) -> Report:
    """The folder, and all that is wrong with it, in the order of files and lines."""
    root = root.resolve()
    folder = _Folder(root, objections)
    if not root.is_dir():
        return Report(
            Catalogue(),
            (
                Problem(
                    str(root),
                    1,
                    "there is no such folder",
                    "Set MISSINGLINK_LESSONS_DIR to the folder with tracks/ and jargon/",
                ),
            ),
        )
    sources = _sources(folder)
    terms = _all(folder, root / "jargon", "*.md", lambda text, say: parse_term(text, say, sources))
    lessons: list[Lesson] = []
    tracks: list[Track] = []
    tracks_root = root / "tracks"
    for place in sorted(tracks_root.iterdir()) if tracks_root.is_dir() else []:
        if place.is_dir():
            lessons += _all(folder, place, "*.md", lambda text, say: parse_lesson(text, say, sources), but="track.md")
            tracks += _all(folder, place, "track.md", parse_track)
    if not tracks and not folder.problems:
        folder.problems.append(Problem(root.name, 1, "there is no track", "Add tracks/<name>/track.md"))
    items: list[Item] = [*lessons, *terms]
    catalogue = Catalogue({i.id: i for i in items}, {t.id: t for t in tracks})
    for item in items:
        _item(folder, item)
    _together(folder, catalogue)
    return Report(catalogue, tuple(sorted(set(folder.problems))))


def _sources(folder: _Folder) -> dict[str, Source]:
    path = folder.root / "sources.yaml"
    text = _read(folder, path) if path.exists() else None
    return parse_sources(text, folder.say(path)) if text is not None else {}


def _all(
    folder: _Folder,
    place: Path,
    pattern: str,
    parse: Callable[[str, Say], tuple[T, Keys] | None],
    but: str | None = None,
) -> list[T]:
    found: list[T] = []
    for path in sorted(place.glob(pattern)) if place.is_dir() else []:
        if path.name == but:
            continue
        text = _read(folder, path)
        parsed = parse(text, folder.say(path)) if text is not None else None
        if parsed is None:
            folder.broken |= {path.stem, *ID_LINE.findall(text or "")}
            continue
        thing, keys = parsed
        space = "track " if isinstance(thing, Track) else ""
        known = folder.where.get(space + thing.id)
        if known:
            folder.say(path)(
                keys.line("id"),
                f'the id "{thing.id}" is taken by {known[0]}',
                "Give this one an id of its own, and never change one that was sent",
            )
            continue
        folder.where[space + thing.id] = (folder.name(path), keys)
        found.append(thing)
    return found


def _read(folder: _Folder, path: Path) -> str | None:
    say = folder.say(path)
    if path.is_symlink() or not path.resolve().is_relative_to(folder.root):
        say(1, "this is a link to another place", "Put the file itself here")
        return None
    size = path.stat().st_size
    if size > MOST_BYTES:
        say(
            1,
            f"the file has {size // 1024} KB, {MOST_BYTES // 1024} is the most",
            "Split it, or take out what isn't text",
        )
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        say(line, "the file isn't UTF-8 text", 'Save it as "UTF-8"')
        return None
    for number, line_text in enumerate(text.split("\n"), 1):
        if any(ord(sign) < 32 and sign not in "\t\r" for sign in line_text):
            say(number, "there is a control character in this line", "Type the line anew")
            return None
    return text


def _item(folder: _Folder, item: Item) -> None:
    file, keys = folder.where[item.id]
    say = problems_into(file, folder.problems)
    count = words(item)
    if count > WORDS_A_MINUTE:
        say(
            keys.line("id"),
            f"text, question and reasons come to {count} words, which is more than a minute",
            f"Shorten to {WORDS_A_MINUTE} words, the longest reason included",
        )
    for objection in folder.objections(item):
        say(keys.line("id"), f"Slack would refuse this message: {objection}", "Shorten that part")


def _together(folder: _Folder, catalogue: Catalogue) -> None:
    terms = {i.id for i in catalogue.terms} | folder.broken
    lessons = {i for i in catalogue.items if i not in terms} | folder.broken
    for item in catalogue.items.values():
        file, keys = folder.where[item.id]
        say = problems_into(file, folder.problems)
        if isinstance(item, Lesson):
            _known(item.terms, terms, "terms", "term", keys, say)
        elif item.related:
            _known([item.related], lessons, "related", "lesson", keys, say)
    _names(folder, catalogue)
    for track in catalogue.tracks.values():
        file, keys = folder.where["track " + track.id]
        say = problems_into(file, folder.problems)
        _known(track.items, {*catalogue.items, *folder.broken}, "items", "lesson or term", keys, say)
        taught = _taught(track, catalogue.items)
        for term_id in (t for t in track.items if t in taught):
            say(
                keys.line("items"),
                f'the track explains "{term_id}", which its lesson "{taught[term_id]}" teaches',
                "Take the term out of the list, or out of the lesson's terms",
            )


def _taught(track: Track, items: Mapping[str, Item]) -> dict[str, str]:
    lessons = [items[i] for i in track.items if i in items]
    return {term: lesson.id for lesson in lessons if isinstance(lesson, Lesson) for term in lesson.terms}


def _known(ids: Sequence[str], known: set[str], key: str, kind: str, keys: Keys, say: Say) -> None:
    for name in ids:
        if name not in known:
            say(
                keys.line(key),
                f'there is no {kind} "{name}"',
                did_you_mean(name, known, f"Add its file, or take it out of {key}"),
            )


def _names(folder: _Folder, catalogue: Catalogue) -> None:
    taken: dict[str, str] = {}
    for term, name in _spellings(catalogue.terms):
        first = taken.setdefault(name.casefold(), term.id)
        if first != term.id:
            file, keys = folder.where[term.id]
            problems_into(file, folder.problems)(
                keys.line("aliases"), f'"{name}" is also a name of the term "{first}"', "Keep it in one of them"
            )


def _spellings(terms: Sequence[Term]) -> Iterator[tuple[Term, str]]:
    for term in terms:
        for name in {term.term, *term.aliases, *term.looked_up_as}:
            yield term, name
