"""The checks of what only the whole can show: what refers to what, names taken twice, ages, limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.content.files import TRACK
from bot.content.front_matter import Keys
from bot.content.layers import Layer
from bot.content.problem import Findings, ProblemReporter, did_you_mean
from bot.domain.content import WORDS_A_MINUTE, Catalogue, Item, Lesson, Term, Track, words
from bot.domain.expiry import NOTICE, to_review

Objections = Callable[[Item], Sequence[str]]


@dataclass(frozen=True)
class Place:
    """The file a thing stands in: the reporter of its problems, its entries, and the number of its layer, from 1."""

    reporter: ProblemReporter
    keys: Keys
    layer: int


@dataclass(kw_only=True)
class LayersReading:
    """All layers as they were read, and where each thing stands in them."""

    findings: Findings
    layers: list[Layer] = field(default_factory=list)
    where: dict[str, Place] = field(default_factory=dict)
    """The place of each item by its id, of a track by `track ` and its id."""
    broken: set[str] = field(default_factory=set)
    """Ids of files that couldn't be read. References to them aren't reported as well."""
    hidden: set[str] = field(default_factory=set)
    """Ids of items and tracks that a later layer hides, and of the lessons that only hidden tracks have."""

    def on_its_own(self, findings: Findings) -> LayersReading:
        """Return a copy for one more layer, whose problems go to these findings."""
        where = {
            name: replace(place, reporter=ProblemReporter(place.reporter.file, findings))
            for name, place in self.where.items()
        }
        return LayersReading(
            findings=findings,
            layers=list(self.layers),
            where=where,
            broken=set(self.broken),
            hidden=set(self.hidden),
        )


def check_item(reading: LayersReading, item: Item, objections: Objections) -> None:
    """Report an item that takes longer than a minute, or that Slack would refuse."""
    place = reading.where[item.id]
    count = words(item)
    if count > WORDS_A_MINUTE:
        place.reporter.problem(
            place.keys.line("id"),
            f"text, question and reasons come to {count} words, which is more than a minute",
            f"Shorten to {WORDS_A_MINUTE} words, the longest reason included",
        )
    for objection in objections(item):
        place.reporter.problem(
            place.keys.line("id"), f"Slack would refuse this message: {objection}", "Shorten that part"
        )


def check_together(reading: LayersReading, catalogue: Catalogue, unread: Mapping[str, str]) -> None:
    """Report what refers to nothing, and names that are taken twice. `unread`: files that aren't read, by name."""
    gone = reading.broken | reading.hidden
    terms = {i.id for i in catalogue.terms} | gone
    lessons = {i for i in catalogue.items if i not in terms} | gone
    listed = {i for track in catalogue.tracks.values() for i in track.items}
    known = _Known(unread)
    for item in catalogue.items.values():
        place = reading.where[item.id]
        if isinstance(item, Lesson):
            known.see(item.terms, terms, "terms", "term", place)
            if item.id not in listed | reading.hidden and not reading.broken:
                place.reporter.warn(
                    place.keys.line("id"), f'the lesson "{item.id}" is in no track', f"Add it to the items of a {TRACK}"
                )
        elif item.related:
            known.see([item.related], lessons, "related", "lesson", place)
    _names(reading, catalogue)
    for track in catalogue.tracks.values():
        _track(reading, catalogue, track, known)


def _track(reading: LayersReading, catalogue: Catalogue, track: Track, known: _Known) -> None:
    place = reading.where["track " + track.id]
    reporter, keys = place.reporter, place.keys
    known.see(track.items, {*catalogue.items, *reading.broken, *reading.hidden}, "items", "lesson or term", place)
    for name in track.next:
        if name == track.id:
            reporter.warn(keys.line("next"), f'"{name}" is the track itself', "Take it out of next")
        elif name not in {*catalogue.tracks, *reading.broken, *reading.hidden}:
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
    """A check that names refer to something; it reports those that don't. `unread`: files that aren't read, by name."""

    unread: Mapping[str, str]

    def see(self, ids: Sequence[str], known: set[str], key: str, kind: str, place: Place) -> None:
        for name in ids:
            if name in known:
                continue
            remedy = did_you_mean(name, known, f"Add its file, or take it out of {key}")
            if name in self.unread:
                remedy = f"{self.unread[name]} looks like it, and isn't read"
            place.reporter.problem(place.keys.line(key), f'there is no {kind} "{name}"', remedy)


def _names(reading: LayersReading, catalogue: Catalogue) -> None:
    """Report a name that two terms have, at the term of the later layer."""
    taken: dict[str, str] = {}
    for term, name in sorted(_spellings(catalogue.terms), key=lambda found: reading.where[found[0].id].layer):
        first = taken.setdefault(name.casefold(), term.id)
        if first != term.id:
            place = reading.where[term.id]
            elsewhere = place.layer != reading.where[first].layer
            remedy = f'Give yours the id "{first}", which replaces it, or hide that one in hidden.yaml'
            place.reporter.problem(
                place.keys.line("aliases"),
                f'"{name}" is also a name of the term "{first}"',
                remedy if elsewhere else "Keep it in one of them",
            )


def _spellings(terms: Sequence[Term]) -> Iterator[tuple[Term, str]]:
    for term in terms:
        for name in set(term.every_name):
            yield term, name


def check_ages(reading: LayersReading, catalogue: Catalogue, today: date) -> None:
    """Warn of items past or near their review date."""
    remedy = "See whether it still holds, and set the next date"
    for item in to_review(catalogue, today + NOTICE):
        place = reading.where[item.id]
        when = item.review_by
        expired = item.review_by is not None and item.review_by < today
        what = f"should have been reviewed by {when}" if expired else f"is to be reviewed by {when}"
        place.reporter.warn(place.keys.line("review_by"), f'"{item.title}" {what}', remedy)
