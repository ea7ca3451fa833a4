"""The loader of the whole folder: it parses every file, then checks what only the whole can show.

lessons/
  sources.yaml          where the claims come from
  tracks/<slug>/track.md, <lesson>.md
  jargon/<term>.md
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.content.files import TRACK, Folder
from bot.content.front_matter import Keys
from bot.content.parse import parse_lesson, parse_term, parse_track
from bot.content.problem import Findings, Problem, ProblemReporter
from bot.content.readers_eye import look
from bot.content.sources import Sources, parse_sources
from bot.content.whole import FolderReading, Objections, check_ages, check_item, check_together
from bot.domain.content import Catalogue, Item, Lesson, Term, Track
from bot.errors import ContentError

log = logging.getLogger(__name__)
ID_LINE = re.compile(r"^id:\s*([a-z0-9-]+)\s*$", re.MULTILINE)
T = TypeVar("T", bound="Lesson | Term | Track")


@dataclass(frozen=True)
class Report:
    """The catalogue of a folder, and all problems in it."""

    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()
    """Problems that keep the lessons from being served."""
    warnings: tuple[Problem, ...] = ()


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


def check(root: Path, objections: Objections, today: date | None = None, *, drafts: bool = False) -> Report:
    """Return the folder's catalogue and all problems in it, in the order of files and lines.

    Args:
        root: the lessons folder.
        objections: returns the reasons why Slack would refuse an item's message.
        today: if given, as for an author, what is doubtful is looked for as well: items past or near their review
            date, questions that give themselves away, words that nobody explains.
        drafts: read the folder's drafts too, which aren't served.
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
    reading = FolderReading(folder=Folder(root, Findings(), drafts=drafts))
    catalogue = _catalogue(reading)
    findings = reading.folder.findings
    if not catalogue.tracks and not findings.problems:
        findings.reporter(root.name).problem(1, "there is no track", "Add tracks/<name>/track.md")
    for item in catalogue.items.values():
        check_item(reading, item, objections)
    check_together(reading, catalogue, {path.name.partition(".")[0]: path for path in reading.folder.unread()})
    if today is not None:
        check_ages(reading, catalogue, today)
        look(reading, catalogue)
    return Report(catalogue, tuple(sorted(set(findings.problems))), tuple(sorted(set(findings.warnings))))


def _catalogue(reading: FolderReading) -> Catalogue:
    folder = reading.folder
    sources = Sources()
    for path in folder.sources():
        text = folder.read(path)
        read = parse_sources(text, folder.reporter(path)) if text is not None else Sources(readable=False)
        sources = sources.with_more(read)
        if path.parent == folder.root:
            reading.sources = read
    terms = _all(
        reading, folder.texts(folder.root / "jargon"), lambda text, reporter: parse_term(text, reporter, sources)
    )
    lessons: list[Lesson] = []
    tracks: list[Track] = []
    for place in folder.tracks():
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
    reading: FolderReading, files: Sequence[Path], parse: Callable[[str, ProblemReporter], tuple[T, Keys] | None]
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
