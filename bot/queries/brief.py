"""A brief before a meeting, from the catalogue: what to know, and what to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.domain.content import Catalogue, Item, Lesson, Term, Track, meeting_line
from bot.queries.glossary import terms_in
from bot.view_models import BriefTerm, BriefView

MOST_TERMS = 5
MOST_QUESTIONS = 3
Found = TypeVar("Found")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def brief(catalogue: Catalogue, about: Track | Term) -> BriefView:
    """Return five terms and three questions about a track or a term, or as many as there are."""
    lessons = list(_lessons(catalogue, about))
    near = _terms_of(catalogue, about) if isinstance(about, Track) else _terms_near(catalogue, about, lessons)
    terms = _first(MOST_TERMS, (term for term in near if term is not None))
    questions = _first(MOST_QUESTIONS, (line for line in map(meeting_line, lessons) if "?" in line))
    return BriefView(
        subject=about.title,
        terms=tuple(BriefTerm(term.id, term.term, _gist(term)) for term in terms),
        questions=tuple(questions),
    )


def _lessons(catalogue: Catalogue, about: Track | Term) -> Iterator[Lesson]:
    """Yield the lessons that have to do with a subject, the nearest first, then all others in their tracks' order."""
    items = catalogue.items
    if isinstance(about, Track):
        yield from _taught_in(catalogue, about)
    else:
        nearest = items.get(about.related or "")
        if isinstance(nearest, Lesson):
            yield nearest
        yield from (lesson for lesson in _every_lesson(catalogue) if about.id in lesson.terms)
        for track in _tracks(catalogue):
            if about.id in track.items:
                yield from _taught_in(catalogue, track)
    yield from _every_lesson(catalogue)


def _terms_of(catalogue: Catalogue, track: Track) -> Iterator[Term | None]:
    """Yield the terms that a track explains or teaches, in its order."""
    for item_id in track.items:
        item = catalogue.items.get(item_id)
        if isinstance(item, Term):
            yield item
        elif item is not None:
            yield from (_term(catalogue, term_id) for term_id in item.terms)


def _terms_near(catalogue: Catalogue, about: Term, lessons: Iterable[Lesson]) -> Iterator[Term | None]:
    """Yield a term, those that its entry speaks of, those that speak of it, and those of the nearest lessons."""
    yield about
    yield from (term for term, _ in terms_in(catalogue, _text(about)))
    yield from catalogue.derived(_speakers).get(about.id, ())
    for lesson in lessons:
        yield from (_term(catalogue, term_id) for term_id in lesson.terms)


def _speakers(catalogue: Catalogue) -> Mapping[str, Sequence[Term]]:
    """Return by a term's id those whose entries speak of it. All entries are searched for it, which is done once."""
    found: dict[str, list[Term]] = {}
    for speaker in catalogue.terms:
        for term, _ in terms_in(catalogue, _text(speaker)):
            found.setdefault(term.id, []).append(speaker)
    return found


def _text(term: Term) -> str:
    return f"{term.meaning} {term.use_when} {term.avoid_when}"


def _tracks(catalogue: Catalogue) -> list[Track]:
    return [track for _, track in sorted(catalogue.tracks.items())]


def _taught_in(catalogue: Catalogue, track: Track) -> Iterator[Lesson]:
    there = (catalogue.items.get(item_id) for item_id in track.items)
    return (item for item in there if isinstance(item, Lesson))


def _every_lesson(catalogue: Catalogue) -> Iterator[Lesson]:
    return (lesson for track in _tracks(catalogue) for lesson in _taught_in(catalogue, track))


def _term(catalogue: Catalogue, term_id: str) -> Term | None:
    found: Item | None = catalogue.items.get(term_id)
    return found if isinstance(found, Term) else None


def _gist(term: Term) -> str:
    return _SENTENCE.split(term.meaning.strip(), maxsplit=1)[0]


def _first(most: int, found: Iterable[Found]) -> list[Found]:
    """Return the first few, each once."""
    kept: list[Found] = []
    for each in found:
        if len(kept) == most:
            break
        if each not in kept:
            kept.append(each)
    return kept
