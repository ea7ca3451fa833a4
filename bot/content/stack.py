"""Layers put on each other: a later one adds, replaces what has the same id, and hides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.content.front_matter import Keys
from bot.content.layers import ITEMS, TRACKS, Document, Layer
from bot.content.parse import TrackAddition, parse_lesson, parse_term, parse_track
from bot.content.problem import ProblemReporter, did_you_mean
from bot.content.sources import Sources
from bot.content.whole import LayersReading, Place
from bot.domain.content import Catalogue, Item, Kind, Lesson, Term, Track

_ID_LINE = re.compile(r"^id:\s*([a-z0-9-]+)\s*$", re.MULTILINE)
Thing = Lesson | Term | Track | TrackAddition


def put_on(reading: LayersReading, below: Catalogue, layer: Layer) -> Catalogue:
    """Return a catalogue with one more layer on it; `reading` learns where each thing stands, and what is wrong."""
    reading.layers.append(layer)
    sources = Sources()
    for each in reversed(reading.layers):
        sources = sources.with_more(each.sources)
    _hide(reading, below, layer)
    made = _Stack(reading, dict(below.items), dict(below.tracks))
    for document in layer.documents:
        made.add(document, sources)
    made.extend()
    return Catalogue(
        {i: item for i, item in made.items.items() if i not in reading.hidden},
        {t: _without(track, reading.hidden) for t, track in made.tracks.items() if t not in reading.hidden},
    )


def _without(track: Track, hidden: set[str]) -> Track:
    return replace(track, items=tuple(i for i in track.items if i not in hidden)) if hidden else track


def _hide(reading: LayersReading, below: Catalogue, layer: Layer) -> None:
    """Note what a layer hides; report what there is nothing of below it."""
    for key, known in ((ITEMS, below.items), (TRACKS, below.tracks)):
        for name in layer.hidden.ids.get(key, ()):
            if name in known:
                reading.hidden.add(name)
            elif layer.hidden.keys is not None:
                remedy = did_you_mean(name, known, "Take it out: only what the folders before this one have is hidden")
                layer.hidden.keys.fail(key, f'there is no "{name}" to hide', remedy)
    shown = {i for t, track in below.tracks.items() if t not in reading.hidden for i in track.items}
    gone = [i for t in layer.hidden.ids.get(TRACKS, ()) if t in below.tracks for i in below.tracks[t].items]
    reading.hidden |= {i for i in gone if i not in shown and isinstance(below.items.get(i), Lesson)}


@dataclass
class _Stack:
    """The catalogue being made, while the documents of a layer are put on it."""

    reading: LayersReading
    items: dict[str, Item]
    tracks: dict[str, Track]

    def __post_init__(self) -> None:
        self._additions: list[tuple[TrackAddition, Place]] = []

    def add(self, document: Document, sources: Sources) -> None:
        """Parse a document, and put it in the place of what has its id in a layer below."""
        parse = _parser(document.kind, sources)
        parsed = parse(document.text, document.reporter) if document.text is not None else None
        if parsed is None:
            self.reading.broken |= {document.name, *_ID_LINE.findall(document.text or "")}
            return
        thing, keys = parsed
        here = Place(document.reporter, keys, len(self.reading.layers))
        name = f"track {thing.id}" if document.kind is Kind.TRACK else thing.id
        known = self.reading.where.get(name)
        if known is not None and known.layer == here.layer:
            document.reporter.problem(
                keys.line("id"),
                f'the id "{thing.id}" is taken by {known.reporter.file}',
                "Give this one an id of its own, and never change one that was sent",
            )
            return
        if isinstance(thing, TrackAddition):
            self._additions.append((thing, here))
            return
        self.reading.where[name] = here
        self.reading.hidden.discard(thing.id)
        if isinstance(thing, Track):
            self.tracks[thing.id] = thing
        else:
            self.items[thing.id] = thing

    def extend(self) -> None:
        """Add to the tracks below what this layer adds to them."""
        for addition, here in self._additions:
            track = self.tracks.get(addition.id)
            if track is None:
                remedy = did_you_mean(addition.id, self.tracks, "Give it a title and items: then it is a track itself")
                here.reporter.problem(here.keys.line("id"), f'there is no track "{addition.id}" to add to', remedy)
                continue
            self._see(addition, here)
            there = [i for i in addition.items if i in self.items and i not in track.items]
            items = (*track.items, *there)
            self.tracks[addition.id] = replace(track, items=items)

    def _see(self, addition: TrackAddition, here: Place) -> None:
        for name in addition.items:
            if name not in {*self.items, *self.reading.broken}:
                remedy = did_you_mean(name, self.items, "Add its file, or take it out of adds")
                here.reporter.problem(here.keys.line("adds"), f'there is no lesson or term "{name}"', remedy)


Parsed = tuple[Thing, Keys] | None


def _parser(kind: Kind, sources: Sources) -> Callable[[str, ProblemReporter], Parsed]:
    if kind is Kind.TRACK:
        return parse_track
    if kind is Kind.TERM:
        return lambda text, reporter: parse_term(text, reporter, sources)
    return lambda text, reporter: parse_lesson(text, reporter, sources)
