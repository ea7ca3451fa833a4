"""The checks of what only the whole folder can show: what refers to what, names taken twice, ages, limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.content.files import TRACK, Folder
from bot.content.front_matter import Keys
from bot.content.problem import ProblemReporter, did_you_mean
from bot.content.sources import Sources
from bot.domain.content import WORDS_A_MINUTE, Catalogue, Item, Lesson, Term, Track, words
from bot.domain.expiry import NOTICE, to_review

Objections = Callable[[Item], Sequence[str]]


@dataclass(kw_only=True)
class FolderReading:
    """A folder as it was read, and where each thing stands in it."""

    folder: Folder
    where: dict[str, tuple[ProblemReporter, Keys]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids of files that couldn't be read. References to them aren't reported as well."""
    sources: Sources = field(default_factory=Sources)
    """Those that all tracks share, without those of drafts."""


def check_item(reading: FolderReading, item: Item, objections: Objections) -> None:
    """Report an item that takes longer than a minute, or that Slack would refuse."""
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


def check_together(reading: FolderReading, catalogue: Catalogue, unread: Mapping[str, Path]) -> None:
    """Report what refers to nothing, and names that are taken twice. `unread`: files that aren't read, by name."""
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


def _track(reading: FolderReading, catalogue: Catalogue, track: Track, known: _Known) -> None:
    reporter, keys = reading.where["track " + track.id]
    known.see(track.items, {*catalogue.items, *reading.broken}, "items", "lesson or term", keys, reporter)
    for name in track.next:
        if name == track.id:
            reporter.warn(keys.line("next"), f'"{name}" is the track itself', "Take it out of next")
        elif name not in catalogue.tracks and name not in reading.broken:
            remedy = did_you_mean(name, catalogue.tracks, "Take it out of next until the track is there")
            reporter.warn(keys.line("next"), f'there is no track "{name}" to come next', remedy)
    there = [catalogue.items[i] for i in track.items if i in catalogue.items]
    for item in there:
        if item.question is None:
            what = f'the track has "{item.id}", which asks nothing'
            reporter.problem(keys.line("items"), what, "Give it a question, or take it out of the list")
    once = [item.id for item in there if item.question is not None and not item.further]
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

    reading: FolderReading
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


def _names(reading: FolderReading, catalogue: Catalogue) -> None:
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
        for name in set(term.every_name):
            yield term, name


def check_ages(reading: FolderReading, catalogue: Catalogue, today: date) -> None:
    """Warn of items past or near their review date."""
    remedy = "See whether it still holds, and set the next date"
    for item in to_review(catalogue, today + NOTICE):
        reporter, keys = reading.where[item.id]
        when = item.review_by
        expired = item.review_by is not None and item.review_by < today
        what = f"should have been reviewed by {when}" if expired else f"is to be reviewed by {when}"
        reporter.warn(keys.line("review_by"), f'"{item.title}" {what}', remedy)
