"""A word looked up: exactly, under another name, in the plural, or with a slip of the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.domain.content import Catalogue, Term
from bot.domain.typed_dates import normal
from bot.view_models import ExplainView, TermLine

SLIP_FROM = 4
"""Words shorter than this are matched exactly: one letter off is another word."""
TWO_SLIPS_FROM = 9
NEAREST = 3
NEAR_ENOUGH = 70
"""Of rapidfuzz's ratio, 0 to 100: below it the nearest words have nothing to do with what was asked."""


def explain(catalogue: Catalogue, asked: str) -> ExplainView:
    """The term, or the three nearest. Nothing is stored of what was asked."""
    exact = {name.normal: term for term in catalogue.terms for name in _names(term)}
    if normal(asked) in exact:
        return ExplainView(asked, exact[normal(asked)])
    word = _key(asked)
    names = {name.key: term for term in catalogue.terms for name in _names(term) if name.key}
    for candidate in _singulars(word):
        if candidate in names:
            return ExplainView(asked, names[candidate])
    slips = 0 if len(word) < SLIP_FROM else 1 if len(word) < TWO_SLIPS_FROM else 2
    near = {
        names[name].id: names[name]
        for name in names
        # a slip in a plural is one in its singular
        if any(OSA.distance(form, name) <= slips for form in _singulars(word) if len(form) >= SLIP_FROM)
    }
    if slips and len(near) == 1:
        return ExplainView(asked, next(iter(near.values())), guessed=True)
    return ExplainView(asked[:60], None, _nearest(catalogue, asked))


def _nearest(catalogue: Catalogue, asked: str) -> tuple[TermLine, ...]:
    scored: dict[Term, float] = {}
    word, words = _key(asked), {w for w in words_in(asked) if len(w) >= SLIP_FROM}
    for term in catalogue.terms:
        likeness = max(_likeness(word, words, name) for name in _names(term))
        if likeness >= NEAR_ENOUGH:
            scored[term] = likeness
    best = sorted(scored, key=lambda term: -scored[term])[:NEAREST]
    return tuple(TermLine(term.id, term.term) for term in best)


def _likeness(word: str, words: set[str], name: _Name) -> float:
    """How like two names are, 0 to 100: spelled nearly alike, or sharing a word of some length."""
    return 100.0 if words & name.words else fuzz.ratio(word, name.key)


@dataclass(frozen=True)
class _Name:
    """A term's name in the shapes in which it is compared."""

    normal: str
    key: str
    words: frozenset[str]


@lru_cache(4096)
def _shapes(name: str) -> _Name:
    """Worked out once: names are compared with every message. What people type is never kept so."""
    return _Name(normal(name), _key(name), frozenset(words_in(name)))


def _names(term: Term) -> tuple[_Name, ...]:
    return tuple(_shapes(name) for name in (*term.names, *term.looked_up_as))


def _key(text: str) -> str:
    return "".join(sign for sign in normal(text) if sign.isalnum())


def _singulars(word: str) -> Iterator[str]:
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


def terms_in(catalogue: Catalogue, text: str) -> list[tuple[Term, str]]:
    """The known terms in a text, in the order they stand there, each once, with the name it stands under.

    Nothing is guessed: only whole words under a known name, in the singular or the plural. A shorter name
    inside a longer one (`reach` in `organic reach`) doesn't count by itself.
    """
    said = f" {_spaced(text)} "
    found: dict[str, tuple[int, Term, str]] = {}
    names = {_spaced_name(name): term for term in catalogue.terms for name in term.names}
    for name in sorted((n for n in names if len(n) > 1), key=len, reverse=True):
        for form in (name, f"{name}s"):
            at = said.find(f" {form} ")
            if at >= 0:
                found.setdefault(names[name].id, (at, names[name], name))
                said = said.replace(f" {form} ", f" {'-' * len(form)} ")
    return [(term, name) for _, term, name in sorted(found.values(), key=lambda f: f[0])]


def words_in(text: str) -> list[str]:
    """The words of a text, without signs and capitals."""
    return "".join(sign if sign.isalnum() else " " for sign in normal(text)).split()


def _spaced(text: str) -> str:
    return " ".join(words_in(text))


@lru_cache(4096)
def _spaced_name(name: str) -> str:
    return _spaced(name)


def examples(catalogue: Catalogue) -> tuple[str, ...]:
    """Words one could ask for: the first that tracks explain."""
    taught = [catalogue.items.get(item_id) for track in catalogue.tracks.values() for item_id in track.items]
    terms = [item for item in taught if isinstance(item, Term)] or list(catalogue.terms)
    return tuple(term.term for term in terms[:NEAREST])
