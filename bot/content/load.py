"""The loader of the whole folder: it parses every file, then checks what only the whole can show.

lessons/
  sources.yaml          where the claims come from
  tracks/<slug>/track.md, <lesson>.md
  jargon/<term>.md
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.content.files import SOURCES, TRACK, Folder
from bot.content.front_matter import Keys
from bot.content.parse import parse_lesson, parse_sources, parse_term, parse_track
from bot.content.problem import Findings, Problem, ProblemReporter, did_you_mean
from bot.domain.content import WORDS_A_MINUTE, Catalogue, Item, Lesson, Term, Track, words
from bot.domain.expiry import NOTICE, to_review
from bot.errors import ContentError

log = logging.getLogger(__name__)
ID_LINE = re.compile(r"^id:\s*([a-z0-9-]+)\s*$", re.MULTILINE)
Objections = Callable[[Item], Sequence[str]]
T = TypeVar("T", bound="Lesson | Term | Track")


@dataclass(frozen=True)
class Report:
    """The catalogue of a folder, and all problems in it."""

    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()
    """Problems that keep the lessons from being served."""
    warnings: tuple[Problem, ...] = ()


@dataclass
class _Reading:
    folder: Folder
    where: dict[str, tuple[ProblemReporter, Keys]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids of files that couldn't be read. References to them aren't reported as well."""


def load(root: Path, objections: Objections) -> Catalogue:
    """Return the folder as a catalogue.

    Args:
        root: the lessons folder.
        objections: returns the reasons why Slack would refuse an item's message.

    Raises:
        ContentError: something is wrong; it carries every problem.
    """
    report = check(root, objections)
    if report.problems:
        raise ContentError(tuple(str(problem) for problem in report.problems))
    if report.warnings:
        log.warning("the lessons have warnings (%d): `missinglink lessons check` names them", len(report.warnings))
    return report.catalogue


def check(root: Path, objections: Objections, today: date | None = None) -> Report:
    """Return the folder's catalogue and all problems in it, in the order of files and lines.

    Args:
        root: the lessons folder.
        objections: returns the reasons why Slack would refuse an item's message.
        today: if given, items past or near their review date are warned of.
    """
    root = root.absolute()
    try:
        there = root.is_dir()
        for path in root.iterdir() if there else ():
            # this user may read the names in a folder and yet have no permission for the files
            path.lstat()
    except OSError as error:
        why = f"the folder can't be read ({error.strerror})"
        return Report(Catalogue(), (Problem(str(root), 1, why, "Make it readable by the bot, or name another"),))
    if not there:
        remedy = "Set MISSINGLINK_LESSONS_DIR to the folder with tracks/ and jargon/"
        return Report(Catalogue(), (Problem(str(root), 1, "there is no such folder", remedy),))
    reading = _Reading(Folder(root, Findings()))
    catalogue = _catalogue(reading)
    findings = reading.folder.findings
    if not catalogue.tracks and not findings.problems:
        findings.reporter(root.name).problem(1, "there is no track", "Add tracks/<name>/track.md")
    for item in catalogue.items.values():
        _item(reading, item, objections)
    _together(reading, catalogue, {path.name.partition(".")[0]: path for path in reading.folder.unread()})
    if today is not None:
        _ages(reading, catalogue, today)
    return Report(catalogue, tuple(sorted(set(findings.problems))), tuple(sorted(set(findings.warnings))))


def _catalogue(reading: _Reading) -> Catalogue:
    folder = reading.folder
    path = folder.root / SOURCES
    text = folder.read(path) if os.path.lexists(path) else None
    sources = parse_sources(text, folder.reporter(path)) if text is not None else {}
    terms = _all(
        reading, folder.texts(folder.root / "jargon"), lambda text, reporter: parse_term(text, reporter, sources)
    )
    lessons: list[Lesson] = []
    tracks: list[Track] = []
    for place in folder.folders(folder.root / "tracks"):
        files = folder.texts(place)
        own = [path for path in files if path.name == TRACK]
        others = [path for path in files if path.name != TRACK]
        lessons += _all(reading, others, lambda text, reporter: parse_lesson(text, reporter, sources))
        tracks += _all(reading, own, parse_track)
        if others and not own:
            folder.reporter(place).warn(
                1, f"the lessons here have no {TRACK} beside them", f"Add {TRACK} to this folder"
            )
    items: list[Item] = [*lessons, *terms]
    return Catalogue({i.id: i for i in items}, {t.id: t for t in tracks})


def _all(
    reading: _Reading, files: Sequence[Path], parse: Callable[[str, ProblemReporter], tuple[T, Keys] | None]
) -> list[T]:
    found: list[T] = []
    for path in files:
        reporter = reading.folder.reporter(path)
        text = reading.folder.read(path)
        parsed = parse(text, reporter) if text is not None else None
        if parsed is None:
            reading.broken |= {path.stem, *ID_LINE.findall(text or "")}
            continue
        thing, keys = parsed
        space = "track " if isinstance(thing, Track) else ""
        known = reading.where.get(space + thing.id)
        if known:
            reporter.problem(
                keys.line("id"),
                f'the id "{thing.id}" is taken by {known[0].file}',
                "Give this one an id of its own, and never change one that was sent",
            )
            continue
        reading.where[space + thing.id] = (reporter, keys)
        found.append(thing)
    return found


def _item(reading: _Reading, item: Item, objections: Objections) -> None:
    reporter, keys = reading.where[item.id]
    count = words(item)
    if count > WORDS_A_MINUTE:
        reporter.problem(
            keys.line("id"),
            f"text, question and reasons come to {count} words, which is more than a minute",
            f"Shorten to {WORDS_A_MINUTE} words, the longest reason included",
        )
    for objection in objections(item):
        reporter.problem(keys.line("id"), f"Slack would refuse this message: {objection}", "Shorten that part")


def _together(reading: _Reading, catalogue: Catalogue, unread: Mapping[str, Path]) -> None:
    terms = {i.id for i in catalogue.terms} | reading.broken
    lessons = {i for i in catalogue.items if i not in terms} | reading.broken
    listed = {i for track in catalogue.tracks.values() for i in track.items}
    known = _Known(reading, unread)
    for item in catalogue.items.values():
        reporter, keys = reading.where[item.id]
        if isinstance(item, Lesson):
            known.see(item.terms, terms, "terms", "term", keys, reporter)
            if item.id not in listed and not reading.broken:
                reporter.warn(
                    keys.line("id"), f'the lesson "{item.id}" is in no track', f"Add it to the items of a {TRACK}"
                )
        elif item.related:
            known.see([item.related], lessons, "related", "lesson", keys, reporter)
    _names(reading, catalogue)
    for track in catalogue.tracks.values():
        _track(reading, catalogue, track, known)


def _track(reading: _Reading, catalogue: Catalogue, track: Track, known: _Known) -> None:
    reporter, keys = reading.where["track " + track.id]
    known.see(track.items, {*catalogue.items, *reading.broken}, "items", "lesson or term", keys, reporter)
    for name in track.next:
        if name == track.id:
            reporter.warn(keys.line("next"), f'"{name}" is the track itself', "Take it out of next")
        elif name not in catalogue.tracks and name not in reading.broken:
            remedy = did_you_mean(name, catalogue.tracks, "Take it out of next until the track is there")
            reporter.warn(keys.line("next"), f'there is no track "{name}" to come next', remedy)
    once = [i for i in track.items if i in catalogue.items and not catalogue.items[i].further]
    if once:
        reporter.warn(
            keys.line("items"),
            f"of {len(track.items)} items, {len(once)} can be asked in one wording and so never come back after a "
            f"miss: {', '.join(once)}",
            "Give each a second question",
        )
    taught = _taught(track, catalogue.items)
    for term_id in (t for t in track.items if t in taught):
        reporter.problem(
            keys.line("items"),
            f'the track explains "{term_id}", which its lesson "{taught[term_id]}" teaches',
            "Take the term out of the list, or out of the lesson's terms",
        )


def _taught(track: Track, items: Mapping[str, Item]) -> dict[str, str]:
    lessons = [items[i] for i in track.items if i in items]
    return {term: lesson.id for lesson in lessons if isinstance(lesson, Lesson) for term in lesson.terms}


@dataclass(frozen=True)
class _Known:
    """A check that names refer to something; it reports those that don't."""

    reading: _Reading
    unread: Mapping[str, Path]

    def see(
        self, ids: Sequence[str], known: set[str], key: str, kind: str, keys: Keys, reporter: ProblemReporter
    ) -> None:
        for name in ids:
            if name in known:
                continue
            remedy = did_you_mean(name, known, f"Add its file, or take it out of {key}")
            if name in self.unread:
                remedy = f"{self.reading.folder.name(self.unread[name])} looks like it, and isn't read"
            reporter.problem(keys.line(key), f'there is no {kind} "{name}"', remedy)


def _names(reading: _Reading, catalogue: Catalogue) -> None:
    taken: dict[str, str] = {}
    for term, name in _spellings(catalogue.terms):
        first = taken.setdefault(name.casefold(), term.id)
        if first != term.id:
            reporter, keys = reading.where[term.id]
            reporter.problem(
                keys.line("aliases"), f'"{name}" is also a name of the term "{first}"', "Keep it in one of them"
            )


def _spellings(terms: Sequence[Term]) -> Iterator[tuple[Term, str]]:
    for term in terms:
        for name in {term.term, *term.aliases, *term.looked_up_as}:
            yield term, name


def _ages(reading: _Reading, catalogue: Catalogue, today: date) -> None:
    remedy = "See whether it still holds, and set the next date"
    for item in to_review(catalogue, today + NOTICE):
        reporter, keys = reading.where[item.id]
        when = item.review_by
        expired = item.review_by is not None and item.review_by < today
        what = f"should have been reviewed by {when}" if expired else f"is to be reviewed by {when}"
        reporter.warn(keys.line("review_by"), f'"{item.title}" {what}', remedy)
